#include "gateway/app/next_page.hpp"

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

/// A command line that grows by the options that were given.
class Words {
 public:
  Words(const CommonArguments& common, const std::string& command) : line_("duenotice") {
    if (common.config) option("--config", common.config->string());
    if (!common.language.empty()) option("--lang", common.language);
    line_ += " " + command;
  }
  Words& option(const std::string& name, const std::optional<std::string>& value) {
    // With `=`, because a value that begins with a dash would be taken for an option.
    if (value) line_ += " " + name + (value->starts_with('-') ? "=" : " ") + quoted(*value);
    return *this;
  }
  Words& flag(const std::string& name, bool given) {
    if (given) line_ += " " + name;
    return *this;
  }
  template <class Arguments>
  Words& period(const Arguments& arguments) {
    return option("--since", arguments.since).option("--until", arguments.until);
  }
  /// What every listing has, and so the end of the line.
  template <class Arguments>
  std::string page(const Arguments& arguments, const std::string& last) {
    if (arguments.limit != limits::list_rows_default) option("--limit", std::to_string(arguments.limit));
    return option("--after", last).line_;
  }

 private:
  std::string line_;
};

}  // namespace

std::string next_page(const CommonArguments& common, const ListArguments& arguments,
                      const std::string& last) {
  return Words(common, "list")
      .option("--state", arguments.state)
      .option("--kind", arguments.kind)
      .option("--agreement", arguments.agreement)
      .option("--account", arguments.account)
      .option("--channel", arguments.channel)
      .period(arguments)
      .page(arguments, last);
}

std::string next_page(const CommonArguments& common, const RejectedArguments& arguments,
                      const std::string& last) {
  return Words(common, "rejected")
      .flag("--open", arguments.open)
      .option("--code", arguments.code)
      .period(arguments)
      .page(arguments, last);
}

std::string next_page(const CommonArguments& common, const AuditArguments& arguments,
                      const std::string& last) {
  const AuditFilterArguments& filter = arguments.filter;
  return Words(common, "audit")
      .option("--account", filter.account)
      .option("--address", filter.address)
      .option("--from", filter.from)
      .option("--to", filter.to)
      .option("--kind", filter.kind)
      .option("--clause", filter.clause)
      .option("--agreement", filter.agreement)
      .option("--channel", filter.channel)
      .option("--state", filter.state)
      .flag("--unmasked", arguments.unmasked)
      .page(arguments, last);
}

void say_more(const Terminal& terminal, const std::string& command) {
  terminal.err << visible(say(terminal.language, Sentence("More: {0}", {command}))) << "\n";
}

}  // namespace duenotice::app
