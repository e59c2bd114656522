#include "gateway/app/replay_progress.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "gateway/app/gateway_presence.hpp"
#include "gateway/app/interrupted.hpp"
#include "gateway/app/job_page.hpp"
#include "gateway/app/progress.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/notice/passed_over.hpp"

namespace duenotice::app {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Notices when a replay has stood still for too long.
class Standstill {
 public:
  bool with(const JobProgress& progress) {
    // What never changes back: while nothing joins it, the replay stands still.
    const std::pair now(progress.to_do, settled(progress));
    if (now != before_) {
      before_ = now;
      since_ = SteadyClock::now();
    }
    return SteadyClock::now() - since_ >= limits::replay_patience;
  }

 private:
  std::pair<std::int64_t, std::int64_t> before_{-1, -1};
  SteadyClock::time_point since_;
};

struct WhyPassedOver {
  std::string_view word, sentence;
};
constexpr std::array sentences{
    WhyPassedOver{passed_over::waiting_already, "waits to be sent anyway"},
    WhyPassedOver{passed_over::waits_its_turn, "another channel of the notice has its turn"},
    WhyPassedOver{passed_over::under_way, "an attempt is under way"},
    WhyPassedOver{passed_over::sent_meanwhile, "sent meanwhile, after they were selected"},
    WhyPassedOver{passed_over::changed_meanwhile, "something else became of them meanwhile"},
    WhyPassedOver{passed_over::cancelled, "cancelled"},
    WhyPassedOver{passed_over::not_needed, "not needed"},
    WhyPassedOver{passed_over::late, "held because it is late: resolve it, or replay with --accept-late"},
    WhyPassedOver{passed_over::provider_confirms, "the provider says that it has it"},
    WhyPassedOver{passed_over::transport_changed,
                  "accepted for the sandbox while the channel is real now, or the other way round"},
    WhyPassedOver{passed_over::shown_already, "shown in the inbox already"},
    WhyPassedOver{passed_over::outdated, "names a date that has passed since: --accept-late sends it anyway"},
    WhyPassedOver{passed_over::resend_wanted_already, "another replay is sending it again"},
    WhyPassedOver{passed_over::replay_stopped, "the replay was stopped before they were sent"},
    WhyPassedOver{passed_over::words_not_made,
                  "its words cannot be made again: its version of the agreement is not loaded, or "
                  "its channel not configured"}};

std::string_view reason(std::string_view word) {
  const auto found = std::find_if(sentences.begin(), sentences.end(),
                                  [&](const WhyPassedOver& each) { return each.word == word; });
  return found == sentences.end() ? word : found->sentence;
}

}  // namespace

Result<Looked> watch_replay(const Context& context, JournalReader& reader, const std::string& job) {
  const Interrupted interrupted;
  const SystemClock clock;
  std::optional<Progress> bar;
  Standstill standstill;
  for (;;) {
    const auto began = SteadyClock::now();
    auto progress = reader.progress(job, clock.now());
    if (!progress) return progress.error();
    const std::int64_t ended = progress->ended();
    if (!bar) bar.emplace(context.terminal, static_cast<std::uint64_t>(progress->open() + ended), "sending");
    bar->show(static_cast<std::uint64_t>(ended), ended);
    std::optional<LookedUntil> until;
    if (progress->open() == 0) {
      until = LookedUntil::the_end;
    } else if (interrupted.yes()) {
      until = LookedUntil::the_person_left;
    } else if (gateway_is_away(context.configuration().control.socket)) {
      until = LookedUntil::the_gateway_left;
    } else if (standstill.with(*progress)) {
      until = LookedUntil::nothing_moved;
    }
    if (until) {
      bar->clear();
      return Looked{std::move(*progress), *until};
    }
    // The looking must not cost more than what it looks at.
    const auto took = SteadyClock::now() - began;
    std::this_thread::sleep_for(std::max<SteadyClock::duration>(limits::replay_watch, 4 * took));
  }
}

Json progress_json(const JobProgress& progress) {
  Json passed_over = Json::object();
  for (const JobProgress::PassedOver& each : progress.passed_over) passed_over[each.why] = each.count;
  return Json::Object{{"job", progress.job.id},
                      {"done", progress.job.state == JobState::done},
                      {"state", standing_of(progress)},
                      {"to_do", progress.to_do},
                      {"sent", progress.sent},
                      {"under_way", progress.under_way},
                      {"waiting_for_retry", progress.waiting},
                      {"failed", progress.failed},
                      {"unknown", progress.unknown},
                      {"relayed", progress.relayed},
                      {"held", progress.held},
                      {"passed_over", std::move(passed_over)}};
}

Json replay_json(const JobProgress& progress, bool gateway_runs, bool asked_before) {
  Json json = progress_json(progress);
  json["asked_before"] = asked_before;
  json["gateway_runs"] = gateway_runs;
  return json;
}

void print_replay(const Terminal& terminal, const JobProgress& progress) {
  const auto line = [&](std::string_view what, std::int64_t count, Tone tone) {
    if (count > 0) terminal.out << "  " << terminal.paint(terminal.say(what), tone) << "  " << count << "\n";
  };
  terminal.out << terminal.say("Replay") << " " << progress.job.id << "\n";
  line("sent", progress.sent, Tone::good);
  line("still to be made due", progress.to_do, Tone::plain);
  line("under way", progress.under_way, Tone::plain);
  line("with our own relay, whose report is still to come", progress.relayed, Tone::warn);
  line("waiting for a retry", progress.waiting, Tone::warn);
  line("failed", progress.failed, Tone::bad);
  line("ended without an answer", progress.unknown, Tone::warn);
  line("held", progress.held, Tone::warn);
  for (const JobProgress::PassedOver& each : progress.passed_over) {
    terminal.out << "  " << terminal.say("passed over") << "  " << each.count << "  ("
                 << terminal.say(reason(each.why)) << ")\n";
  }
}

}  // namespace duenotice::app
