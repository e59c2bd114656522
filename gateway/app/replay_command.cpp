// Sending again: what it would do, a question, and then how it goes.
#include <array>

#include "gateway/app/advice.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/interrupted.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/list_filter.hpp"
#include "gateway/app/operations_client.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/replay_counts.hpp"
#include "gateway/app/replay_progress.hpp"
#include "gateway/app/unknown_words.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/pipeline/replay_order.hpp"

namespace duenotice::app {
namespace {

/// The first filter that does not go with named notices, by the name of its option.
std::optional<std::string> a_filter(const ReplayArguments& arguments) {
  const std::array filters{std::pair("--code", arguments.code), std::pair("--kind", arguments.kind),
                           std::pair("--agreement", arguments.agreement),
                           std::pair("--since", arguments.since), std::pair("--until", arguments.until)};
  for (const auto& [name, value] : filters) {
    if (value) return name;
  }
  return std::nullopt;
}

Result<Json> select_json(const ReplayArguments& arguments) {
  Json select = Json::object();
  if (!arguments.notices.empty()) {
    if (const auto filter = a_filter(arguments)) {
      return Error{ErrorKind::invalid,
                   *filter + " does not go with notices that are named; leave one of the two out"};
    }
    Json ids = Json::array();
    for (const std::string& id : arguments.notices) ids.push_back(id);
    select["notices"] = std::move(ids);
  } else if (!arguments.state) {
    return Error{
        ErrorKind::invalid,
        "name notices, or say with --state failed, held or sent which deliveries are to be sent again"};
  }
  if (const auto state = replay_state_option("--state", arguments.state); !state) return state.error();
  if (const auto channel = channel_option("--channel", arguments.channel); !channel) return channel.error();
  const auto put = [&](const char* member, const std::optional<std::string>& value) {
    if (value) select[member] = *value;
  };
  put("state", arguments.state);
  put("channel", arguments.channel);
  put("code", arguments.code);
  put("kind", arguments.kind);
  put("agreement", arguments.agreement);
  const auto period = parse_period(arguments.since, arguments.until);
  if (!period) return period.error();
  if (period->since) select["since"] = to_text(*period->since);
  if (period->until) select["until"] = to_text(*period->until);
  return select;
}

/// What is ordered, as the gateway will read it; a dry run may leave the reason out.
Json order_json(const ReplayArguments& arguments, Json select) {
  Json order = Json::Object{{"act", "replay"},
                            {"operator", operator_name(arguments.operator_name)},
                            {"reason", arguments.reason},
                            {"select", std::move(select)},
                            {"rate", arguments.rate},
                            {"accept_late", arguments.accept_late}};
  if (arguments.email) order["email"] = *arguments.email;
  if (arguments.phone) order["phone"] = *arguments.phone;
  return order;
}

/// Empty when the person agrees; else the exit code.
std::optional<int> ask(const Context& context, const ReplayArguments& arguments) {
  if (arguments.yes) return std::nullopt;
  const Terminal& terminal = context.terminal;
  if (!terminal.err_is_terminal || !input_is_terminal()) {
    terminal.fail({ErrorKind::invalid, "nobody can be asked here; add --yes to replay without a question"});
    return exit_usage;
  }
  terminal.err << terminal.say("Send these again? [y/N] ") << std::flush;
  std::string answer;
  std::getline(context.in, answer);
  if (answer == "y" || answer == "Y" || answer == "yes") return std::nullopt;
  terminal.err << terminal.say("Nothing was done.") << "\n";
  return exit_wrong;
}

/// What a person is told when the command ends; the exit code.
int farewell(const Terminal& terminal, LookedUntil until) {
  const auto tell = [&](std::string_view sentence) { terminal.err << terminal.say(sentence) << "\n"; };
  switch (until) {
    case LookedUntil::the_end:
      return exit_ok;
    case LookedUntil::the_person_left:
      tell("You looked away; the gateway goes on. The same command looks on again.");
      return exit_ok;
    case LookedUntil::the_gateway_left:
      tell("The gateway has stopped: it goes on when it starts again. The same command looks on again.");
      return exit_unavailable;
    case LookedUntil::nothing_moved:
      tell(
          "Nothing moves; is the provider away? The gateway goes on by itself. The same command looks on "
          "again.");
      return exit_unavailable;
  }
  return exit_ok;
}

/// What it means that these very words were used before.
void say_asked_before(const Terminal& terminal, bool over) {
  terminal.err << terminal.say(over
                                   ? "This was asked for before, in the same words, and is done: nothing is "
                                     "sent again. For another round give another --reason."
                                   : "This was asked for before, in the same words: the same replay goes on.")
               << "\n";
}

/// How the replay goes that is written down now.
int look_on(const Context& context, JournalReader& reader, const ReplayArguments& arguments,
            const Performed& done) {
  const Terminal& terminal = context.terminal;
  const std::string job = *done.answer.find("job")->as_string();
  const bool asked_before = *done.answer.find("asked_before")->as_bool();
  const auto before = reader.progress(job, SystemClock().now());
  if (!before) return terminal.fail(before.error());
  const bool over = before->over();
  if (asked_before) say_asked_before(terminal, over);
  Looked looked{*before, LookedUntil::the_end};
  if (done.gateway_runs && !over) {
    auto watched = watch_replay(context, reader, job);
    if (!watched) return terminal.fail(watched.error());
    looked = std::move(*watched);
  }
  if (arguments.json) {
    terminal.out << pretty_json(replay_json(looked.progress, done.gateway_runs, asked_before)) << "\n";
  } else {
    print_replay(terminal, looked.progress);
  }
  if (!done.gateway_runs && !over) {
    terminal.err << terminal.say("No gateway is running: it is written down, and acted upon when one starts.")
                 << "\n";
  }
  return farewell(terminal, looked.until);
}

/// A dry run in the words of an earlier replay: nothing new would be selected.
int count_no_more(const Context& context, JournalReader& reader, const ReplayArguments& arguments,
                  const std::string& job) {
  const Terminal& terminal = context.terminal;
  const auto progress = reader.progress(job, SystemClock().now());
  if (!progress) return terminal.fail(progress.error());
  if (progress->stopped) {
    terminal.fail(was_stopped(job));
    return exit_usage;
  }
  if (arguments.json) {
    print_dry_run(terminal, {}, &*progress);
    return exit_ok;
  }
  say_asked_before(terminal, progress->over());
  print_replay(terminal, *progress);
  return exit_ok;
}

/// How many deliveries of the named notices were sent, where those are left out.
Result<std::int64_t> left_out(JournalReader& reader, Selection selection) {
  if (!selection.leaves_out_sent) return 0;
  selection.leaves_out_sent = false;
  selection.state = DeliveryState::sent;
  const auto counts = reader.count(selection, {}, SystemClock().now());
  if (!counts) return counts.error();
  std::int64_t sent = 0;
  for (const SelectionCount& count : *counts) sent += count.deliveries;
  return sent;
}

/// The same as `order`, and what the configuration says of the channels now.
ReplayTerms terms_of(const Context& context, const ReplayOrder& order) {
  ReplayTerms terms{.accept_late = order.accept_late, .address = order.address, .sandboxes = {}};
  const Configuration& configuration = context.configuration();
  if (configuration.email.sandbox) terms.sandboxes.push_back(Channel::email);
  if (configuration.sms.sandbox) terms.sandboxes.push_back(Channel::sms);
  return terms;
}

/// Why a corrected address has nothing to go with.
void say_no_channel_for(const Terminal& terminal, const ReplayArguments& arguments) {
  if (arguments.state) return;
  if (arguments.phone)
    terminal.err << terminal.say("The corrected number has nothing to go with: no delivery by sms is here.")
                 << "\n";
  if (arguments.email)
    terminal.err << terminal.say(
                        "The corrected address has nothing to go with: no delivery by email is here.")
                 << "\n";
}

/// Counts and warns; empty when the person agrees to what would be sent, else the exit code.
std::optional<int> count_and_ask(const Context& context, JournalReader& reader, const ReplayOrder& order,
                                 const ReplayArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto counts = reader.count(order.selection, terms_of(context, order), SystemClock().now());
  if (!counts) return terminal.fail(counts.error());
  const auto sent = left_out(reader, order.selection);
  if (!sent) return terminal.fail(sent.error());
  if (arguments.dry_run && arguments.json) {
    print_dry_run(terminal, {*counts, *sent}, nullptr);
    return counts->empty() ? exit_not_found : exit_ok;
  }
  if (counts->empty()) {
    explain_unknown_words(context, reader, arguments.kind, arguments.agreement);
    terminal.err << terminal.say("Nothing fits: no delivery would be sent again.") << "\n";
    say_no_channel_for(terminal, arguments);
    say_left_out(terminal, *sent);
    terminal.err << terminal.say("`duenotice failed` says what waits for a person, and how to replay it.")
                 << "\n";
    return exit_not_found;
  }
  if (!arguments.json) print_counts(terminal, {*counts, *sent}, arguments.accept_late);
  if (arguments.dry_run) return exit_ok;
  return ask(context, arguments);
}

}  // namespace

int run_replay(const Context& context, const ReplayArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto usage = [&](const Error& error) {
    const int code = terminal.fail(where_notices_are(error));
    return error.kind == ErrorKind::invalid ? exit_usage : code;
  };
  auto select = select_json(arguments);
  if (!select) return usage(select.error());
  if (!arguments.dry_run || !arguments.reason.empty()) {
    if (const Status reason = check_reason(arguments); !reason) return usage(reason.error());
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const Json order = order_json(arguments, *std::move(select));
  const auto wanted = read_replay(order, [&](const std::string& id) { return (*reader)->notice(id); });
  if (!wanted) return usage(wanted.error());
  const auto before = (*reader)->job_like(sha256(wanted->selection_json));
  if (!before) return terminal.fail(before.error());
  if (arguments.dry_run && *before) return count_no_more(context, **reader, arguments, **before);
  if (!*before) {
    if (const auto end = count_and_ask(context, **reader, *wanted, arguments)) return *end;
  }
  const auto done = perform(context.loaded, order);
  if (!done) return usage(done.error());
  return look_on(context, **reader, arguments, *done);
}

}  // namespace duenotice::app
