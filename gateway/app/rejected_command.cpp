#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/next_page.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/rejected_filter.hpp"
#include "gateway/app/table.hpp"

namespace duenotice::app {

int run_rejected(const Context& context, const RejectedArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto filter = make_filter(arguments);
  if (!filter) {
    terminal.fail(filter.error());
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto requests = (*reader)->rejected(*filter);
  if (!requests) return terminal.fail(requests.error());
  if (arguments.json) {
    terminal.out << pretty_json(rejected_json(*requests)) << "\n";
    return exit_ok;
  }
  if (requests->empty()) {
    const bool filtered =
        arguments.open || arguments.code || arguments.since || arguments.until || arguments.after;
    terminal.err << terminal.say(filtered ? "No rejected requests match." : "Nothing was rejected.") << "\n";
    return exit_ok;
  }
  Table table({"REJECTION", "REJECTED AT", "STATE", "REQUEST", "CODE", "POINTER", "WHAT TO CHANGE"});
  for (const RejectedRequest& request : *requests) {
    const bool open = request.state == RejectionState::open;
    table.add({request.id, to_text(request.at),
               Cell(std::string(terminal.say(to_text(request.state))), open ? Tone::plain : Tone::faint),
               request.erased ? std::string(terminal.say("ERASED")) : name_of(request),
               Cell(request.code, open ? Tone::bad : Tone::faint),
               request.pointer.empty() ? "-" : request.pointer,
               say_text(terminal.language, request.message)});
  }
  table.print(terminal);
  if (requests->size() == static_cast<std::size_t>(arguments.limit))
    say_more(terminal, next_page(context.common, arguments, requests->back().id));
  return exit_ok;
}

}  // namespace duenotice::app
