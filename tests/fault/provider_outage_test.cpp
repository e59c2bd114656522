// Providers that are away, that come and go, and that take a message and never say so: hours of it in
// simulated time, replayable from its seed:
//   DUENOTICE_SEED=<n> test_fault_life
#include <catch2/catch.hpp>
#include <functional>
#include <iostream>

#include "gateway/pipeline/channel_desk.hpp"
#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr int notices = 60;
constexpr auto step = std::chrono::seconds(10);

std::uint64_t seed_of_this_run() {
  const char* given = std::getenv("DUENOTICE_SEED");
  SystemRandom chance;
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : chance.below(1'000'000'000);
  std::cout << "DUENOTICE_SEED=" << seed << "\n";
  return seed;
}

/// What a provider says to an attempt, or does not.
using Provider = std::function<OutcomeReport(const AttemptTask&)>;

const OutcomeReport taken{.outcome = Outcome::sent, .code = "250", .reply = "250 taken"};
const OutcomeReport away{
    .outcome = Outcome::transient_failure, .code = "connect_failed", .provider_fault = true};
const OutcomeReport silent{
    .outcome = Outcome::unknown, .code = "timeout_final_reply", .provider_fault = true};

/// A gateway's email desk with one hand of its own, in simulated time.
class Outage {
 public:
  /// `retries`: transient failures after which a delivery is given up.
  explicit Outage(std::uint64_t seed, int retries = limits::transient_attempts_default)
      : bench_(seed),
        desk_(Channel::email, 8, 0, bench_.life(), bench_.journal(), bench_.clock, log_,
              [this](const AfterCommit& after) {
                for (const auto& due : after.due) desk_.due_at(due.at);
              }) {
    bench_.settings.standard_retry.attempts = retries;
    for (int i = 0; i < notices; ++i) {
      REQUIRE(bench_.publish(LifeBench::request("r" + std::to_string(i), "plain")) == TakenIn::accepted);
      desk_.due_at(bench_.clock.now());
    }
  }
  ~Outage() {
    desk_.close();
    settle();
  }

  void run(Milliseconds time, const Provider& provider, Milliseconds pace = step) {
    for (const Instant end = bench_.clock.now() + time; bench_.clock.now() < end;
         bench_.clock.advance(pace)) {
      desk_.settle_overdue();
      desk_.pump();
      settle();
      while (desk_.held() > 0) {
        const auto task = desk_.take();
        REQUIRE(task.has_value());
        ++attempts;
        desk_.finish(*task, provider(*task));
        settle();
      }
    }
  }

  std::map<NoticeState, int> states() {
    std::map<NoticeState, int> found;
    for (int i = 0; i < notices; ++i) ++found[bench_.show("r" + std::to_string(i)).notice.state];
    return found;
  }
  int possible_duplicates() {
    int found = 0;
    for (int i = 0; i < notices; ++i) {
      for (const Attempt& attempt : bench_.show("r" + std::to_string(i)).attempts)
        found += attempt.possible_duplicate ? 1 : 0;
    }
    return found;
  }
  /// Transient failures that count towards the retries of some notice, and attempts that do not.
  std::pair<int, int> failures_and_probes() {
    std::pair<int, int> found;
    for (int i = 0; i < notices; ++i) {
      const NoticeFile file = bench_.show("r" + std::to_string(i));
      found.first += bench_.delivery(file, Channel::email).transient_failures;
      for (const Attempt& attempt : file.attempts) found.second += attempt.probe ? 1 : 0;
    }
    return found;
  }
  SeededRandom& random() { return bench_.random; }
  Instant now() const { return bench_.clock.now(); }

  int attempts = 0;

 private:
  /// What was submitted is committed before the first empty unit, and what that submitted before the second.
  void settle() {
    for (int i = 0; i < 3; ++i) (void)bench_.journal().run(WorkClass::outcome, [](Transaction&) {});
  }

  LifeBench bench_;
  Log log_;
  ChannelDesk desk_;
};

}  // namespace

TEST_CASE(
    "a provider that is down for two hours costs few attempts, and everything goes out when it is back") {
  const std::uint64_t seed = seed_of_this_run();
  INFO("replay with DUENOTICE_SEED=" << seed);
  Outage outage(seed);
  outage.run(std::chrono::hours(2), [](const AttemptTask&) { return away; });
  // Those before it opened, with what was in hand, and a probe each five minutes at the least.
  CHECK(outage.attempts <= limits::breaker_faults + 8 + 32);
  CHECK(outage.states()[NoticeState::deemed_delivered] == 0);
  CHECK(outage.states()[NoticeState::failed] == 0);
  outage.run(std::chrono::hours(4), [](const AttemptTask&) { return taken; });
  CHECK(outage.states()[NoticeState::deemed_delivered] == notices);
  CHECK(outage.possible_duplicates() == 0);
}

TEST_CASE("a provider that is away for two days uses up no retry, however few there are") {
  const std::uint64_t seed = seed_of_this_run();
  INFO("replay with DUENOTICE_SEED=" << seed);
  Outage outage(seed, 2);
  outage.run(
      std::chrono::hours(48), [](const AttemptTask&) { return away; }, std::chrono::minutes(5));
  CHECK(outage.states()[NoticeState::failed] == 0);
  CHECK(outage.states()[NoticeState::held] == 0);
  const auto [failures, probes] = outage.failures_and_probes();
  CHECK(failures == limits::breaker_faults);  // those that opened the breaker
  CHECK(probes > 10 * notices / 2);
  CHECK(probes + failures == outage.attempts);
  outage.run(std::chrono::hours(1), [](const AttemptTask&) { return taken; });
  CHECK(outage.states()[NoticeState::deemed_delivered] == notices);
  CHECK(outage.possible_duplicates() == 0);
}

TEST_CASE("a provider that comes and goes gets every notice in the end, each exactly once") {
  const std::uint64_t seed = seed_of_this_run();
  INFO("replay with DUENOTICE_SEED=" << seed);
  Outage outage(seed);
  std::map<std::string, int> taken_by_provider;
  bool is_up = false;
  Instant turn = outage.now();
  const auto flapping = [&](const AttemptTask& task) {
    while (turn <= outage.now()) {
      is_up = !is_up;
      turn += std::chrono::seconds(static_cast<std::int64_t>(5 + outage.random().below(600)));
    }
    if (!is_up) return away;
    ++taken_by_provider[task.hand_over.notice_id];
    return taken;
  };
  outage.run(std::chrono::hours(6), flapping);
  CHECK(outage.states()[NoticeState::deemed_delivered] == notices);
  CHECK(taken_by_provider.size() == notices);
  for (const auto& [notice, times] : taken_by_provider) CHECK(times == 1);
}

TEST_CASE(
    "a provider that takes messages and never says so makes few duplicates, and each is marked as one") {
  const std::uint64_t seed = seed_of_this_run();
  INFO("replay with DUENOTICE_SEED=" << seed);
  Outage outage(seed);
  std::map<std::string, int> taken_by_provider;
  outage.run(std::chrono::hours(2), [&](const AttemptTask& task) {
    ++taken_by_provider[task.hand_over.notice_id];
    return silent;
  });
  CHECK(outage.attempts <= limits::breaker_faults + 8 + 32);
  CHECK(outage.states()[NoticeState::deemed_delivered] == 0);
  outage.run(std::chrono::hours(6), [&](const AttemptTask& task) {
    ++taken_by_provider[task.hand_over.notice_id];
    return taken;
  });
  int duplicates = 0;
  for (const auto& [notice, times] : taken_by_provider) duplicates += times - 1;
  CHECK(outage.possible_duplicates() == duplicates);
  const auto states = outage.states();
  // What stayed without an answer too often waits for a person; nothing else is left.
  CHECK(states.count(NoticeState::failed) == 0);
  const int held = states.count(NoticeState::held) == 0 ? 0 : states.at(NoticeState::held);
  CHECK(states.at(NoticeState::deemed_delivered) + held == notices);
}
