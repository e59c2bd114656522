#include "gateway/app/next_page.hpp"

#include "gateway/app/shell_line.hpp"

namespace duenotice::app {

namespace {

template <class Arguments>
ShellLine& add_period(ShellLine& line, const Arguments& arguments) {
  return line.option("--since", arguments.since).option("--until", arguments.until);
}

/// What every listing has, and so the end of the line.
template <class Arguments>
std::string page(ShellLine& line, const Arguments& arguments, const std::string& last) {
  if (arguments.limit != limits::list_rows_default) line.option("--limit", std::to_string(arguments.limit));
  return line.option("--after", last).text();
}

}  // namespace

std::string next_page(const CommonArguments& common, const ListArguments& arguments,
                      const std::string& last) {
  ShellLine line(common, "list");
  line.option("--state", arguments.state)
      .option("--kind", arguments.kind)
      .option("--agreement", arguments.agreement)
      .option("--account", arguments.account)
      .option("--channel", arguments.channel);
  return page(add_period(line, arguments), arguments, last);
}

std::string next_page(const CommonArguments& common, const RejectedArguments& arguments,
                      const std::string& last) {
  ShellLine line(common, "rejected");
  line.flag("--open", arguments.open).option("--code", arguments.code);
  return page(add_period(line, arguments), arguments, last);
}

std::string next_page(const CommonArguments& common, const AuditArguments& arguments,
                      const std::string& last) {
  const AuditFilterArguments& filter = arguments.filter;
  ShellLine line(common, "audit");
  line.option("--account", filter.account)
      .option("--address", filter.address)
      .option("--from", filter.from)
      .option("--to", filter.to)
      .option("--kind", filter.kind)
      .option("--clause", filter.clause)
      .option("--agreement", filter.agreement)
      .option("--channel", filter.channel)
      .option("--state", filter.state)
      .flag("--unmasked", arguments.unmasked);
  return page(line, arguments, last);
}

std::string next_page(const CommonArguments& common, const JobsArguments& arguments,
                      const std::string& last) {
  ShellLine line(common, "jobs");
  return page(line, arguments, last);
}

void say_more(const Terminal& terminal, const std::string& command) {
  terminal.err << visible(say(terminal.language, Sentence("More: {0}", {command}))) << "\n";
}

}  // namespace duenotice::app
