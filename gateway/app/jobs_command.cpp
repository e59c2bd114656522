// Replays: which there are, how one stands, and its end by a person.
#include "gateway/app/advice.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/job_page.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/next_page.hpp"
#include "gateway/app/replay_progress.hpp"
#include "gateway/app/table.hpp"
#include "gateway/base/clock.hpp"

namespace duenotice::app {

namespace {

Cell standing_cell(const Terminal& terminal, const JobProgress& progress) {
  const std::string_view standing = standing_of(progress);
  const Tone tone = standing == "running"                            ? Tone::good
                    : standing == "stopped" || standing == "waiting" ? Tone::warn
                                                                     : Tone::faint;
  return {std::string(terminal.say(standing)), tone};
}

std::string progress_in_words(const Terminal& terminal, const JobProgress& progress) {
  return say(terminal.language, Sentence("{0} of {1}", {std::to_string(settled(progress)),
                                                        std::to_string(progress.deliveries())}));
}

void print_decision(const Terminal& terminal, const char* what, const Act& act) {
  terminal.out << "  " << terminal.say(what) << "  " << to_text(act.at) << "  " << terminal.say("by") << " "
               << visible(act.operator_name) << ": " << visible(act.reason) << "\n";
}

}  // namespace

int run_jobs(const Context& context, const JobsArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto jobs = (*reader)->jobs(arguments.after, arguments.limit, SystemClock().now());
  if (!jobs) return terminal.fail(where_replays_are(jobs.error()));
  if (arguments.json) {
    Json list = Json::array();
    for (const JobProgress& progress : *jobs) list.push_back(job_json(progress));
    terminal.out << pretty_json(list) << "\n";
    return exit_ok;
  }
  if (jobs->empty()) {
    terminal.err << terminal.say(arguments.after ? "There are no more replays." : "There was no replay yet.")
                 << "\n";
    return exit_ok;
  }
  Table table({"JOB", "ASKED AT", "BY", "STATE", "ENDED", "SELECTION", "REASON"});
  table.give_way({"SELECTION", "BY"});
  for (const JobProgress& progress : *jobs) {
    table.add({progress.job.id, to_text(progress.asked.at), progress.asked.operator_name,
               standing_cell(terminal, progress), progress_in_words(terminal, progress),
               selection_in_words(terminal, progress.job), progress.asked.reason});
  }
  table.print(terminal);
  if (jobs->size() == static_cast<std::size_t>(arguments.limit))
    say_more(terminal, next_page(context.common, arguments, jobs->back().job.id));
  return exit_ok;
}

int run_jobs_show(const Context& context, const JobsShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto progress = (*reader)->progress(arguments.job, SystemClock().now());
  if (!progress) return terminal.fail(where_replays_are(progress.error()));
  if (arguments.json) {
    terminal.out << pretty_json(job_json(*progress)) << "\n";
    return exit_ok;
  }
  print_replay(terminal, *progress);
  terminal.out << "\n";
  print_decision(terminal, "asked", progress->asked);
  if (progress->stopped) print_decision(terminal, "stopped", *progress->stopped);
  terminal.out << "  " << terminal.say("selection") << "  "
               << visible(selection_in_words(terminal, progress->job)) << "\n";
  if (progress->job.rate > 0)
    terminal.out << "  "
                 << say(terminal.language,
                        Sentence("at most {0} a second", {std::to_string(progress->job.rate)}))
                 << "\n";
  terminal.out << "  " << terminal.say("state") << "  " << terminal.say(standing_of(*progress)) << ", "
               << progress_in_words(terminal, *progress) << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
