#include "gateway/app/shell_line.hpp"

#include <algorithm>
#include <cctype>

namespace duenotice::app {

namespace {

std::string quoted(const std::string& word) {
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("_-.:/@+").find(c) != std::string_view::npos;
  });
  if (plain) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

ShellLine::ShellLine(const CommonArguments& common, const std::string& command) : line_("duenotice") {
  if (common.config) option("--config", common.config->string());
  if (!common.language.empty()) option("--lang", common.language);
  word(command);
}

ShellLine& ShellLine::word(const std::string& text) {
  line_ += " " + text;
  return *this;
}

ShellLine& ShellLine::option(const std::string& name, const std::optional<std::string>& value) {
  // With `=`, because a value that begins with a dash would be taken for an option.
  if (value) line_ += " " + name + (value->starts_with('-') ? "=" : " ") + quoted(*value);
  return *this;
}

ShellLine& ShellLine::flag(const std::string& name, bool given) { return given ? word(name) : *this; }

}  // namespace duenotice::app
