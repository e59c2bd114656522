#pragma once
#include <string>
#include <vector>

#include "gateway/app/arguments.hpp"
#include "gateway/base/result.hpp"

namespace duenotice::app {

struct CommandLine {
  CommonArguments common;
  CommandArguments command;
};

/// The command line asked for help or the version, or has a mistake: what to print and how to end.
struct EarlyEnd {
  int code = 0;
  std::string out;
  std::string err;
  std::string language;  ///< the word of --lang, if it stood there
};

/// `words` without the program's own name.
Result<CommandLine, EarlyEnd> parse_command_line(const std::vector<std::string>& words);

}  // namespace duenotice::app
