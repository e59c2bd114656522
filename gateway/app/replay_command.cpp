// Sending again: what it would do, a question, and then how it goes.
#include <iostream>
#include <thread>

#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/interrupted.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/list_filter.hpp"
#include "gateway/app/operations_client.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/pipeline/replay_order.hpp"

namespace duenotice::app {
namespace {

Result<Json> select_json(const ReplayArguments& arguments) {
  Json select = Json::object();
  if (!arguments.notices.empty()) {
    Json ids = Json::array();
    for (const std::string& id : arguments.notices) ids.push_back(id);
    select["notices"] = std::move(ids);
  } else if (!arguments.state) {
    return Error{
        ErrorKind::invalid,
        "name notices, or say with --state failed, held or sent which deliveries are to be sent again"};
  }
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

/// The selection as the gateway will read it.
Result<Selection> selection_of(JournalReader& reader, const Json& select, const ReplayArguments& arguments) {
  auto selection = read_selection(select);
  if (!selection) return selection;
  for (const std::string& id : arguments.notices) {
    const auto number = reader.number_of(id);
    if (!number) return number.error();
    selection->notices.push_back(*number);
  }
  if (arguments.email) selection->channel = Channel::email;
  if (arguments.phone) selection->channel = Channel::sms;
  return selection;
}

struct Total {
  std::int64_t deliveries = 0, sent_already = 0, possibly_sent = 0, late = 0, passed_over = 0;
};

Total total_of(const std::vector<SelectionCount>& counts) {
  Total total;
  for (const SelectionCount& count : counts) {
    total.deliveries += count.deliveries;
    total.sent_already += count.sent_already;
    total.possibly_sent += count.possibly_sent;
    total.late += count.late;
    total.passed_over += count.passed_over;
  }
  return total;
}

Json counts_json(const std::vector<SelectionCount>& counts) {
  Json list = Json::array();
  for (const SelectionCount& count : counts) {
    list.push_back(Json::Object{{"channel", to_text(count.channel)},
                                {"deliveries", count.deliveries},
                                {"sent_already", count.sent_already},
                                {"possibly_sent", count.possibly_sent},
                                {"late", count.late},
                                {"passed_over", count.passed_over}});
  }
  return list;
}

void print_counts(const Terminal& terminal, const std::vector<SelectionCount>& counts,
                  const ReplayArguments& arguments) {
  Table table({"CHANNEL", "DELIVERIES", "SENT ALREADY", "POSSIBLY SENT", "TOO LATE", "PASSED OVER"});
  for (const SelectionCount& count : counts) {
    table.add({std::string(terminal.say(to_text(count.channel))), std::to_string(count.deliveries),
               Cell(std::to_string(count.sent_already), count.sent_already > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.possibly_sent), count.possibly_sent > 0 ? Tone::warn : Tone::plain),
               Cell(std::to_string(count.late), count.late > 0 ? Tone::warn : Tone::plain),
               std::to_string(count.passed_over)});
  }
  table.print(terminal);
  const Total total = total_of(counts);
  const auto warn = [&](bool applies, std::string_view sentence) {
    if (applies) terminal.err << terminal.say(sentence) << "\n";
  };
  warn(total.sent_already > 0,
       "Sent already: each of these reaches its recipient once more; no date changes.");
  warn(total.possibly_sent > 0,
       "Possibly sent: an attempt ended without an answer, so the recipient may get it twice; it is marked.");
  warn(total.late > 0 && !arguments.accept_late,
       "Too late: these are held again, unless you give them a lawful date or --accept-late.");
  warn(total.late > 0 && arguments.accept_late,
       "Too late: these go out as they are, and what is sent after its last day is marked lead_time_broken.");
  warn(total.passed_over > 0,
       "Passed over: held for lateness (resolve them), or confirmed by their provider.");
  warn(total.deliveries > limits::replay_items_most,
       "One replay takes the first 100000; give the command again with another reason for the rest.");
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

Json progress_json(const JobProgress& progress, bool gateway_runs, bool asked_before) {
  Json passed_over = Json::object();
  for (const JobProgress::PassedOver& each : progress.passed_over) passed_over[each.why] = each.count;
  return Json::Object{{"job", progress.job.id},
                      {"done", progress.job.state == JobState::done},
                      {"gateway_runs", gateway_runs},
                      {"asked_before", asked_before},
                      {"to_do", progress.to_do},
                      {"sent", progress.sent},
                      {"under_way", progress.under_way},
                      {"waiting_for_retry", progress.waiting},
                      {"failed", progress.failed},
                      {"held", progress.held},
                      {"passed_over", std::move(passed_over)}};
}

void print_summary(const Terminal& terminal, const JobProgress& progress) {
  const auto line = [&](std::string_view what, std::int64_t count, Tone tone) {
    if (count > 0) terminal.out << "  " << terminal.paint(terminal.say(what), tone) << "  " << count << "\n";
  };
  terminal.out << terminal.say("Replay") << " " << progress.job.id << "\n";
  line("sent", progress.sent, Tone::good);
  line("still to be made due", progress.to_do, Tone::plain);
  line("under way", progress.under_way, Tone::plain);
  line("waiting for a retry", progress.waiting, Tone::warn);
  line("failed", progress.failed, Tone::bad);
  line("held", progress.held, Tone::warn);
  for (const JobProgress::PassedOver& each : progress.passed_over)
    terminal.out << "  " << terminal.say("passed over") << "  " << each.count << "  (" << each.why << ")\n";
}

/// Looks on until nothing of it is about to happen. Ctrl-C only ends the looking.
Result<JobProgress> watch(const Context& context, JournalReader& reader, const std::string& job) {
  const Interrupted interrupted;
  const SystemClock clock;
  std::optional<Progress> bar;
  for (;;) {
    auto progress = reader.progress(job, clock.now());
    if (!progress) return progress;
    const std::int64_t open = progress->to_do + progress->under_way;
    std::int64_t ended = progress->sent + progress->waiting + progress->failed + progress->held;
    for (const JobProgress::PassedOver& each : progress->passed_over) ended += each.count;
    if (!bar) bar.emplace(context.terminal, static_cast<std::uint64_t>(open + ended));
    bar->show(static_cast<std::uint64_t>(ended), ended);
    if (open == 0 || interrupted.yes()) {
      bar->clear();
      if (open > 0) {
        context.terminal.err << context.terminal.say(
                                    "You looked away; the gateway goes on. The same command looks on again.")
                             << "\n";
      }
      return progress;
    }
    std::this_thread::sleep_for(limits::replay_watch);
  }
}

int report(const Context& context, JournalReader& reader, const ReplayArguments& arguments,
           const Performed& done) {
  const Terminal& terminal = context.terminal;
  const std::string job = *done.answer.find("job")->as_string();
  const bool asked_before = *done.answer.find("asked_before")->as_bool();
  if (asked_before && !arguments.json) {
    terminal.err
        << terminal.say(
               "This was asked for before, in the same words: it is the same replay, and nothing new was "
               "selected. For another round give another --reason.")
        << "\n";
  }
  const auto progress =
      done.gateway_runs ? watch(context, reader, job) : reader.progress(job, SystemClock().now());
  if (!progress) return terminal.fail(progress.error());
  if (arguments.json) {
    terminal.out << pretty_json(progress_json(*progress, done.gateway_runs, asked_before)) << "\n";
    return exit_ok;
  }
  print_summary(terminal, *progress);
  if (!done.gateway_runs) {
    terminal.err << terminal.say("No gateway is running: it is written down, and acted upon when one starts.")
                 << "\n";
  }
  return exit_ok;
}

}  // namespace

int run_replay(const Context& context, const ReplayArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto usage = [&](const Error& error) {
    const int code = terminal.fail(error);
    return error.kind == ErrorKind::invalid ? exit_usage : code;
  };
  const auto select = select_json(arguments);
  if (!select) return usage(select.error());
  const auto reader = open_journal(context.configuration().journal.path);
  if (!reader) return terminal.fail(reader.error());
  const auto selection = selection_of(**reader, *select, arguments);
  if (!selection) return usage(selection.error());
  const auto counts = (*reader)->count(*selection, arguments.accept_late, SystemClock().now());
  if (!counts) return terminal.fail(counts.error());
  if (arguments.dry_run && arguments.json) {
    terminal.out << pretty_json(Json::Object{{"dry_run", true}, {"channels", counts_json(*counts)}}) << "\n";
    return exit_ok;
  }
  if (!arguments.json) print_counts(terminal, *counts, arguments);
  if (arguments.dry_run) return exit_ok;
  if (arguments.reason.empty())
    return usage({ErrorKind::invalid, "--reason is missing: say why it is sent again; auditors read it"});
  if (const auto end = ask(context, arguments)) return *end;
  Json order = Json::Object{{"act", "replay"},
                            {"operator", operator_name(arguments.operator_name)},
                            {"reason", arguments.reason},
                            {"select", *select},
                            {"rate", arguments.rate},
                            {"accept_late", arguments.accept_late}};
  if (arguments.email) order["email"] = *arguments.email;
  if (arguments.phone) order["phone"] = *arguments.phone;
  const auto done = perform(context.loaded, order);
  if (!done) return usage(done.error());
  return report(context, **reader, arguments, *done);
}

}  // namespace duenotice::app
