#pragma once
#include <optional>
#include <string>

#include "gateway/app/arguments.hpp"

namespace duenotice::app {

/// A command of this program for a person to copy, with the configuration and language of the one that says
/// it. It grows by the options that were given; words are quoted for a POSIX shell where they need it.
class ShellLine {
 public:
  ShellLine(const CommonArguments& common, const std::string& command);
  /// As it stands: a name, or a place for the person to fill in.
  ShellLine& word(const std::string& text);
  ShellLine& option(const std::string& name, const std::optional<std::string>& value);
  ShellLine& flag(const std::string& name, bool given = true);
  const std::string& text() const { return line_; }

 private:
  std::string line_;
};

}  // namespace duenotice::app
