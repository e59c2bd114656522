#pragma once
#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace duenotice::app {

/// Lets no option and no argument of `app` or of a command below it be blank: what a script's empty variable
/// gives must not stand for "all of them" or "as before". An empty `--code` is one: that of nobody's answer.
void refuse_blank_words(CLI::App& app);

/// One line for a person whose command line `app` could not parse: what is wrong with it and what to do next
/// (CLI11's own words say only the former), with the name that was probably meant.
std::string explain(const CLI::App& app, const CLI::ParseError& error);

}  // namespace duenotice::app
