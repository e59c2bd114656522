// legal-hold, account end, erase.
#include <istream>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/interrupted.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/operations_client.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/clock.hpp"

namespace duenotice::app {
namespace {

Json order_about(std::string_view act, const std::string& account, const OrderArguments& arguments) {
  return Json::Object{{"act", act},
                      {"account", account},
                      {"operator", operator_name(arguments.operator_name)},
                      {"reason", arguments.reason}};
}

void say_line(const Terminal& terminal, const Sentence& sentence) {
  terminal.out << say(terminal.language, sentence) << "\n";
}

std::string text(const Json& answer, std::string_view member) {
  const Json* value = answer.find(member);
  if (value == nullptr) return {};
  if (const std::int64_t* number = value->as_integer()) return std::to_string(*number);
  return value->as_string() != nullptr ? *value->as_string() : std::string();
}

/// Carries it out, and says `done`.
int give(const Context& context, const OrderArguments& arguments, const Json& order, const Sentence& done) {
  const Terminal& terminal = context.terminal;
  if (const Status reason = check_reason(arguments); !reason) {
    terminal.fail(reason.error());
    return exit_usage;
  }
  const auto performed = perform(context.loaded, order);
  if (!performed) return terminal.fail(performed.error());
  if (arguments.json) {
    terminal.out << pretty_json(performed->answer) << "\n";
  } else {
    say_line(terminal, done);
  }
  return exit_ok;
}

/// Empty when the person agrees; else the exit code.
std::optional<int> ask(const Context& context, const EraseArguments& arguments) {
  if (arguments.yes) return std::nullopt;
  const Terminal& terminal = context.terminal;
  if (!terminal.err_is_terminal || !input_is_terminal()) {
    terminal.fail({ErrorKind::invalid, "nobody can be asked here; add --yes to erase without a question"});
    return exit_usage;
  }
  terminal.err << say(terminal.language,
                      Sentence(
                          "Nobody can take this back. Erase everything that can be read about {0}? [y/N] ",
                          {visible(arguments.account)}))
               << std::flush;
  std::string answer;
  std::getline(context.in, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return std::nullopt;
  terminal.err << terminal.say("Nothing was done.") << "\n";
  return exit_wrong;
}

/// Copies of rejected requests in an embedded queue: of these, and of those that an erasure which was
/// interrupted here left behind.
Status forget_copies(const Configuration& configuration) {
  const auto reader = open_journal(configuration.journal);
  if (!reader) return reader.error();
  return forget_dead_letters(configuration, [&](const std::string& id) {
    const auto rejection = (*reader)->rejection(id);
    return rejection.ok() && rejection->request.erased;
  });
}

void print_restricted(const Terminal& terminal, const Json& answer) {
  say_line(terminal, "It is not erased: the account is restricted, to be used as evidence only.");
  for (const Json& hold : *answer.find("holds")->as_array()) {
    say_line(terminal,
             Sentence("  a legal hold is on it since {0}, by {1}: {2}",
                      {text(hold, "since"), visible(text(hold, "operator")), visible(text(hold, "reason"))}));
  }
  if (const std::string until = text(answer, "until"); !until.empty())
    say_line(terminal, Sentence("  its notices are retained until {0}, that day included", {until}));
}

void print_erased(const Terminal& terminal, const Configuration& configuration, const Json& answer) {
  say_line(terminal, Sentence("Erased: what could be read of {0} notices and {1} rejected requests.",
                              {text(answer, "notices"), text(answer, "rejections")}));
  say_line(terminal, Sentence("Copies of rejected requests that wait in queues are gone by {0}.",
                              {text(answer, "copies_gone_by")}));
  const Json* scrubbed = answer.find("scrubbed");
  if (scrubbed == nullptr || scrubbed->as_bool() == nullptr || *scrubbed->as_bool()) return;
  terminal.err
      << say(terminal.language,
             Sentence("The key is destroyed. What was deleted is not yet written over everywhere in {0}: "
                      "somebody reads it, the disk is full, or it is too large to be written anew while the "
                      "gateway runs. Stop the gateway and give the command once more, which does it then.",
                      {visible(configuration.journal.path.string())}))
      << "\n";
}

}  // namespace

int run_legal_hold_add(const Context& context, const LegalHoldAddArguments& arguments) {
  return give(context, arguments, order_about("add_legal_hold", arguments.account, arguments),
              "While this legal hold is on it, the account is not erased.");
}

int run_legal_hold_remove(const Context& context, const LegalHoldRemoveArguments& arguments) {
  Json order = order_about("remove_legal_hold", arguments.account, arguments);
  if (arguments.hold) order["hold"] = *arguments.hold;
  return give(context, arguments, order, "The legal hold is removed.");
}

int run_legal_hold_list(const Context& context, const LegalHoldListArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  say_what_is_sealed(terminal, **reader);
  const auto holds = (*reader)->legal_holds();
  if (!holds) return terminal.fail(holds.error());
  Json list = Json::array();
  Table table({"ACCOUNT", "SINCE", "BY", "REASON", "HOLD"});
  for (const LegalHold& hold : *holds) {
    list.push_back(Json::Object{{"account_id", hold.account},
                                {"hold_id", hold.id},
                                {"since", to_text(hold.since)},
                                {"operator", hold.operator_name},
                                {"reason", hold.reason}});
    table.add({hold.account, to_text(hold.since), hold.operator_name, hold.reason, hold.id});
  }
  if (arguments.json) {
    terminal.out << pretty_json(list) << "\n";
  } else if (holds->empty()) {
    terminal.err << terminal.say("No legal hold is on any account.") << "\n";
  } else {
    table.print(terminal);
  }
  return exit_ok;
}

int run_account_end(const Context& context, const AccountEndArguments& arguments) {
  const auto on = date_option("--on", arguments.on);
  if (!on) {
    context.terminal.fail(on.error());
    return exit_usage;
  }
  Json order = order_about("end_account", arguments.account, arguments);
  order["on"] = to_text(**on);
  return give(context, arguments, order,
              Sentence("The retention of its notices runs from {0}.", {to_text(**on)}));
}

int run_erase(const Context& context, const EraseArguments& arguments) {
  const Terminal& terminal = context.terminal;
  if (const Status reason = check_reason(arguments); !reason) {
    terminal.fail(reason.error());
    return exit_usage;
  }
  if (const auto refused = ask(context, arguments)) return *refused;
  Json order = order_about("erase", arguments.account, arguments);
  order["order"] = arguments.order;
  auto performed = perform(context.loaded, order);
  const bool erased = performed.ok() && text(performed->answer, "state") == "erased";
  const bool erased_before = !performed.ok() && performed.error().kind == ErrorKind::not_found;
  const Configuration& configuration = context.configuration();
  const Status forgotten = erased || erased_before ? forget_copies(configuration) : Status(Done{});
  if (!performed) return terminal.fail(performed.error());
  Json& answer = performed->answer;
  if (erased)
    answer["copies_gone_by"] =
        to_text(TimeZone::utc().date_of(SystemClock().now() + configuration.queue.dead_letter_ttl));
  if (arguments.json) {
    terminal.out << pretty_json(answer) << "\n";
  } else if (erased) {
    print_erased(terminal, configuration, answer);
  } else {
    print_restricted(terminal, answer);
  }
  if (!forgotten) return terminal.fail(forgotten.error());
  return erased ? exit_ok : exit_wrong;
}

}  // namespace duenotice::app
