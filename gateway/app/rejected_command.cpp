#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/table.hpp"

namespace duenotice::app {

int run_rejected(const Context& context, const RejectedArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal_reader(context.configuration().journal.path);
  if (!reader) return terminal.fail(reader.error());
  const auto requests = (*reader)->rejected(arguments.limit);
  if (!requests) return terminal.fail(requests.error());
  if (arguments.json) {
    terminal.out << pretty_json(rejected_json(*requests)) << "\n";
    return exit_ok;
  }
  if (requests->empty()) {
    terminal.err << terminal.say("Nothing was rejected.") << "\n";
    return exit_ok;
  }
  Table table({"REJECTED AT", "REQUEST", "CODE", "POINTER", "WHAT TO CHANGE"});
  for (const RejectedRequest& request : *requests) {
    const std::string name = request.request_id.empty() ? "-" : request.source + " " + request.request_id;
    table.add({to_text(request.at), name, Cell(request.code, Tone::bad),
               request.pointer.empty() ? "-" : request.pointer, request.message});
  }
  table.print(terminal);
  return exit_ok;
}

}  // namespace duenotice::app
