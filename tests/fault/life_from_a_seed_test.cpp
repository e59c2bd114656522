// A whole life of many notices in one process, with crashes at every durable point, replayable from its seed:
//   DUENOTICE_SEED=<n> test_fault_life
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <set>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr int notices_a_life = 40;
constexpr int steps_a_life = 400;

/// What the outside world knows, and forgets nothing of when the gateway dies.
struct World {
  std::map<std::string, Json> queue;  ///< unacknowledged messages by request id
  struct Taken {
    int attempt;
    Instant replied_at;
    bool reply_read;
  };
  std::map<std::string, std::vector<Taken>> mail_server;  ///< by notice id
};

class Life {
 public:
  explicit Life(std::uint64_t seed) : bench_(seed) {
    bench_.settings.standard_retry.unknown_resends = 1000;  // nobody is there to resolve what is held
    bench_.settings.standard_retry.attempts = 1000;
    for (int i = 0; i < notices_a_life; ++i) {
      const std::string id = "r" + std::to_string(i);
      Json request = LifeBench::request(id, i % 3 == 0 ? "email_copy" : "plain");
      if (i % 10 == 9) request["kind"] = "no_such_kind";
      (i % 10 == 9 ? wrong_ : right_).insert(id);
      world_.queue.emplace(id, std::move(request));
    }
  }

  void run() {
    for (int step = 0; step < steps_a_life; ++step) {
      bench_.clock.advance(Milliseconds(static_cast<std::int64_t>(bench_.random.below(20'000))));
      switch (bench_.random.below(3)) {
        case 0:
          consume(true);
          break;
        case 1:
          hand_over_some(true);
          break;
        case 2:
          (void)bench_.start_due(Channel::in_site, 3, crash_now());
          break;
      }
      if (crashed_) restart();
    }
    settle();
  }

  void check() {
    CHECK(world_.queue.empty());
    for (const std::string& id : right_) check_notice(id);
    const auto rejected = bench_.reader().rejected(1000);
    REQUIRE(rejected.ok());
    CHECK(rejected->size() == wrong_.size());
    const auto events = bench_.reader().check_events(std::nullopt);
    REQUIRE(events.ok());
    CHECK(events->fault.empty());
  }

  int crashes = 0;

 private:
  bool crash_now() {
    crashed_ = crashed_ || bench_.random.below(8) == 0;
    return crashed_;
  }

  void restart() {
    ++crashes;
    crashed_ = false;
    bench_.restart();
    bench_.recover();
  }

  void consume(bool may_crash) {
    if (world_.queue.empty()) return;
    auto message = world_.queue.begin();
    std::advance(message, static_cast<long>(bench_.random.below(world_.queue.size())));
    const bool before_commit = may_crash && crash_now();
    (void)bench_.publish(message->second, before_commit);
    if (before_commit) return;
    // Committed; a crash before the acknowledgement leaves the message to be redelivered.
    if (may_crash && crash_now()) return;
    world_.queue.erase(message);
  }

  void hand_over_some(bool may_crash) {
    const bool before_commit = may_crash && crash_now();
    const auto tasks = bench_.start_due(Channel::email, 4, before_commit);
    for (const AttemptTask& task : tasks) {
      if (may_crash && crash_now()) return;  // the intent is durable, the message was never handed over
      const Outcome outcome = mail_server_takes(task, may_crash);
      if (may_crash && crash_now()) return;  // handed over, the outcome is not recorded
      bench_.finish(task, outcome);
    }
  }

  Outcome mail_server_takes(const AttemptTask& task, bool may_fail) {
    auto& taken = world_.mail_server[task.hand_over.notice_id];
    const Instant now = bench_.clock.now();
    switch (may_fail ? bench_.random.below(6) : 0) {
      case 1:
        return Outcome::transient_failure;
      case 2:
        taken.push_back({task.hand_over.attempt, now, false});
        return Outcome::unknown;
      case 3:
        return Outcome::unknown;
      default:
        taken.push_back({task.hand_over.attempt, now, true});
        return Outcome::sent;
    }
  }

  /// Lets everything come to its end without further harm.
  void settle() {
    while (!world_.queue.empty()) consume(false);
    for (int quiet = 0; quiet < 2;) {
      bench_.clock.advance(std::chrono::hours(3));
      bench_.start_due(Channel::in_site, 100);
      const auto tasks = bench_.start_due(Channel::email, 100);
      for (const AttemptTask& task : tasks) bench_.finish(task, mail_server_takes(task, false));
      quiet = tasks.empty() ? quiet + 1 : 0;
    }
  }

  void check_notice(const std::string& id) {
    const NoticeFile file = bench_.show(id);
    INFO("request " << id << ", notice " << file.notice.id);
    CHECK(file.notice.state == NoticeState::deemed_delivered);
    REQUIRE(file.notice.deemed.has_value());
    const auto& taken = world_.mail_server[file.notice.id];

    std::set<int> maybe_second;
    for (const Attempt& attempt : file.attempts) {
      CHECK(attempt.outcome.has_value());
      if (attempt.possible_duplicate) maybe_second.insert(attempt.number);
    }
    // Nothing is claimed that did not happen: the attempt that made the date is one whose reply was read,
    // then.
    bool true_claim = false;
    for (std::size_t i = 0; i < taken.size(); ++i) {
      true_claim = true_claim || (taken[i].attempt == file.notice.deemed->attempt && taken[i].reply_read &&
                                  taken[i].replied_at == file.notice.deemed->at);
      // Whoever got it twice can see that we knew it might be so.
      if (i > 0) CHECK(maybe_second.count(taken[i].attempt) == 1);
    }
    CHECK(true_claim);
    for (const Delivery& delivery : file.deliveries) CHECK(delivery.state == DeliveryState::sent);
  }

  LifeBench bench_;
  World world_;
  std::set<std::string> right_;
  std::set<std::string> wrong_;
  bool crashed_ = false;
};

}  // namespace

TEST_CASE("a life with crashes at every durable point loses nothing and claims nothing that did not happen") {
  const char* given = std::getenv("DUENOTICE_SEED");
  SystemRandom chance;
  const std::uint64_t seed =
      given != nullptr ? std::strtoull(given, nullptr, 10) : chance.below(1'000'000'000);
  std::cout << "DUENOTICE_SEED=" << seed << "\n";
  INFO("replay with DUENOTICE_SEED=" << seed);
  int crashes = 0;
  for (std::uint64_t i = 0; i < 5; ++i) {
    Life life(seed + i);
    life.run();
    life.check();
    crashes += life.crashes;
  }
  CHECK(crashes > 50);
}
