#pragma once
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace duenotice::app {

/// One line for a person whose command line `app` could not parse: what is wrong with it and what to do next
/// (CLI11's own words say only the former), with the name that was probably meant.
std::string explain(const CLI::App& app, const CLI::ParseError& error);

}  // namespace duenotice::app
