// A rejected request as a person mends it: why, where in the body, and what was decided about it.
#include "gateway/app/advice.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/fault_pointer.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/rejected_filter.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice::app {
namespace {

void print_fault(const Terminal& terminal, const RejectedRequest& request) {
  const auto body = parse_json(request.body);
  if (!body) {
    terminal.out << visible(request.body) << "\n";
    return;
  }
  for (const PointedLine& line : with_fault(*body, request.pointer)) {
    terminal.out << (line.at_fault ? terminal.paint("> " + line.text, Tone::bad) : "  " + line.text) << "\n";
  }
}

/// What was edited, one operation of the JSON Patch a line.
void print_difference(const Terminal& terminal, const std::string& difference) {
  const auto patch = parse_json(difference);
  if (!patch || patch->as_array() == nullptr) {
    terminal.out << "    " << terminal.say("edited; the one or the other is no JSON") << "\n";
    return;
  }
  for (const Json& operation : *patch->as_array()) {
    const Json* value = operation.find("value");
    terminal.out << "    " << visible(text_at(operation, "op") + " " + text_at(operation, "path"))
                 << (value != nullptr ? " " + visible(canonical_json(*value)) : "") << "\n";
  }
}

void print_decision(const Terminal& terminal, const RejectionFile& file) {
  if (!file.act) return;
  terminal.out << "\n"
               << terminal.paint(terminal.say("Decisions"), Tone::strong) << "\n  " << to_text(file.act->at)
               << "  " << terminal.paint(terminal.say(file.act->what), Tone::strong) << "  "
               << terminal.say("by") << " " << visible(file.act->operator_name) << ": "
               << (file.act->erased ? std::string(terminal.say("ERASED")) : visible(file.act->reason))
               << "\n";
  if (file.difference && !file.request.erased) print_difference(terminal, *file.difference);
}

void print_answers(const Terminal& terminal, const RejectedRequest& request) {
  const auto line = [&](std::string_view question, const std::string& answer) {
    terminal.out << terminal.paint(terminal.say(question), Tone::faint) << " " << answer << "\n";
  };
  const ResendSafety resend = rejected_resend();
  line("Was anything sent?", std::string(terminal.say("no")));
  line("Is a resend safe?", std::string(terminal.say("yes")) + ": " + std::string(terminal.say(resend.why)));
  line("Who must act?", std::string(terminal.say(to_text(actor_of(request)))));
}

void print_next(const Terminal& terminal, const std::string& id) {
  const auto line = [&](const char* english) {
    terminal.err << say(terminal.language, Sentence(english, {id})) << "\n";
  };
  line("To mend it: duenotice rejected show {0} --raw > request.json, edit the file, then");
  line("  duenotice rejected release {0} --edit request.json --reason TEXT");
  line("If it needs nothing more: duenotice rejected discard {0} --reason TEXT");
}

int print_raw(const Terminal& terminal, const RejectedRequest& request) {
  terminal.out << request.body;
  if (request.body_bytes != static_cast<std::int64_t>(request.body.size())) {
    terminal.err << say(terminal.language,
                        Sentence("only its first {0} bytes of {1} were kept",
                                 {std::to_string(request.body.size()), std::to_string(request.body_bytes)}))
                 << "\n";
  }
  return exit_ok;
}

}  // namespace

int run_rejected_show(const Context& context, const RejectedShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  const auto file = (*reader)->rejection(arguments.rejection);
  if (!file) return terminal.fail(where_rejections_are(file.error()));
  const RejectedRequest& request = file->request;
  if (arguments.raw && request.erased)
    return terminal.fail({ErrorKind::not_found, "this rejected request was erased with its account"});
  if (arguments.raw) return print_raw(terminal, request);
  if (arguments.json) {
    terminal.out << pretty_json(rejection_json(*file)) << "\n";
    return exit_ok;
  }
  terminal.out << request.id << "  " << terminal.paint(terminal.say(to_text(request.state)), Tone::strong);
  if (!request.became.empty()) terminal.out << "  " << request.became;
  terminal.out << "\n"
               << to_text(request.at) << "  "
               << (request.erased ? std::string(terminal.say("ERASED")) : visible(name_of(request))) << "\n"
               << terminal.paint(request.code, Tone::bad);
  if (!request.pointer.empty()) terminal.out << "  " << visible(request.pointer);
  terminal.out << "\n"
               << (request.erased
                       ? std::string(terminal.say("this rejected request was erased with its account"))
                       : visible(say_text(terminal.language, request.message)))
               << "\n\n";
  if (!request.erased) print_fault(terminal, request);
  if (!request.erased) print_answers(terminal, request);
  print_decision(terminal, *file);
  if (request.state == RejectionState::open) print_next(terminal, request.id);
  return exit_ok;
}

}  // namespace duenotice::app
