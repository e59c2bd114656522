// A rejected request as a person mends it: why, and where in the body.
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/fault_pointer.hpp"
#include "gateway/app/journal_access.hpp"

namespace duenotice::app {
namespace {

std::string_view state_of(const StoredRejection& rejection) {
  if (rejection.open) return "open";
  return rejection.became.empty() ? "discarded" : "released";
}

Json rejection_json(const StoredRejection& rejection) {
  return Json::Object{{"rejection_id", rejection.id},
                      {"state", state_of(rejection)},
                      {"became", rejection.became.empty() ? Json() : Json(rejection.became)},
                      {"code", rejection.code},
                      {"pointer", as_utf8(rejection.pointer)},
                      {"message", as_utf8(rejection.message)},
                      {"content_type", rejection.content_type},
                      {"body_bytes", rejection.body_bytes},
                      {"body", as_utf8(rejection.body)}};
}

}  // namespace

int run_rejected_show(const Context& context, const RejectedShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal.path);
  if (!reader) return terminal.fail(reader.error());
  const auto rejection = (*reader)->rejection(arguments.rejection);
  if (!rejection) return terminal.fail(rejection.error());
  if (arguments.json) {
    terminal.out << pretty_json(rejection_json(*rejection)) << "\n";
    return exit_ok;
  }
  terminal.out << rejection->id << "  " << terminal.paint(terminal.say(state_of(*rejection)), Tone::strong);
  if (!rejection->became.empty()) terminal.out << "  " << rejection->became;
  terminal.out << "\n" << terminal.paint(rejection->code, Tone::bad);
  if (!rejection->pointer.empty()) terminal.out << "  " << visible(rejection->pointer);
  terminal.out << "\n" << visible(rejection->message) << "\n\n";
  const auto body = parse_json(rejection->body);
  if (!body) {
    terminal.out << visible(rejection->body) << "\n";
    return exit_ok;
  }
  for (const PointedLine& line : with_fault(*body, rejection->pointer)) {
    terminal.out << (line.at_fault ? terminal.paint("> " + line.text, Tone::bad) : "  " + line.text) << "\n";
  }
  return exit_ok;
}

}  // namespace duenotice::app
