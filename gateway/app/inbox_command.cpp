#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/notice_json.hpp"

namespace duenotice::app {

namespace {

/// A message's own lines stay lines; everything else in it is made visible.
void print_body(std::ostream& out, std::string_view body) {
  while (!body.empty()) {
    const std::size_t end = body.find('\n');
    std::string_view line = body.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    out << (line.empty() ? "" : "  ") << visible(line) << "\n";
    body.remove_prefix(end == std::string_view::npos ? body.size() : end + 1);
  }
}

}  // namespace

int run_inbox(const Context& context, const InboxArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  const auto entries = (*reader)->inbox(arguments.user, arguments.limit);
  if (!entries) return terminal.fail(entries.error());
  if (arguments.json) {
    terminal.out << pretty_json(inbox_json(*entries)) << "\n";
    return exit_ok;
  }
  if (entries->empty()) terminal.err << terminal.say("This user has no in-site messages.") << "\n";
  for (const InboxEntry& entry : *entries) {
    terminal.out << terminal.paint(visible(entry.message.title), Tone::strong) << "\n  "
                 << terminal.paint(to_text(entry.message.shown_at) + "  " + entry.notice_id, Tone::faint)
                 << "\n\n";
    print_body(terminal.out, entry.message.body);
    terminal.out << "\n";
  }
  return exit_ok;
}

}  // namespace duenotice::app
