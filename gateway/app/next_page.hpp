#pragma once
#include <string>

#include "gateway/app/arguments.hpp"
#include "gateway/app/terminal.hpp"

namespace duenotice::app {

/// The command that lists what comes after the row `last`: the one that was given, with the same filters
/// and configuration.
/// Words are quoted for a POSIX shell where they need it.
std::string next_page(const CommonArguments& common, const ListArguments& arguments, const std::string& last);
std::string next_page(const CommonArguments& common, const RejectedArguments& arguments,
                      const std::string& last);
std::string next_page(const CommonArguments& common, const AuditArguments& arguments,
                      const std::string& last);
std::string next_page(const CommonArguments& common, const JobsArguments& arguments, const std::string& last);

/// Tells the person how to see more.
void say_more(const Terminal& terminal, const std::string& command);

}  // namespace duenotice::app
