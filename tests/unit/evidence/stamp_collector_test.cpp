#include "gateway/evidence/stamp_collector.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/paced_thread.hpp"
#include "gateway/evidence/sealer.hpp"
#include "tests/support/published_log.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/time_stamp_authority.hpp"
#include "tests/support/waiting.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

const SystemClock system_clock;
SystemRandom system_random;

/// A log with `count` seals that wait for the TSAs of these names.
struct SealedLog : test::PublishedLog {
  SealStore seals = open();

  SealStore open() { return SealStore::open(folder / "seals.db", test::log_key().verifier()).value(); }
  void seal(std::size_t count, const std::vector<std::string>& tsas) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto head = publish(leaves.leaves.size() + 1).value();
      REQUIRE(seals.add(sealed_checkpoint(head.checkpoint, test::log_key().verifier()).value(),
                        system_clock.now(), tsas));
    }
  }
  std::optional<TimeStamp> stamp(std::int64_t id, std::size_t tsa = 0) {
    return seals.seal(id).value()->stamps.at(tsa).stamp;
  }
};

TimeStampClient client(const test::TimeStampAuthority& authority, const std::string& way) {
  return {authority.server(way), system_clock, system_random};
}

/// Is killed after the TSA has answered and before anybody has put the stamp down.
class KilledWithTheAnswer final : public TimeStamper {
 public:
  explicit KilledWithTheAnswer(TimeStampClient& tsa) : tsa_(tsa) {}
  const std::string& name() const override { return tsa_.name(); }
  Result<TimeStamp> stamp(std::string_view data, std::stop_token stop) override {
    const auto answer = tsa_.stamp(data, stop);
    ::kill(::getpid(), answer ? SIGKILL : SIGTERM);
    return answer;
  }

 private:
  TimeStampClient& tsa_;
};

}  // namespace

TEST_CASE("each TSA gives its own stamp, the newest seal first") {
  const test::TimeStampAuthority authority;
  SealedLog log;
  log.seal(2, {"good", "second"});
  TimeStampClient one = client(authority, "good");
  TimeStampClient two = client(authority, "second");
  StampCollector first(log.seals, one);
  StampCollector second(log.seals, two);
  const Instant now = system_clock.now();
  CHECK(first.step(now)->seal == 2);
  CHECK(second.step(now)->seal == 2);
  CHECK(first.step(now)->seal == 1);
  CHECK_FALSE(first.step(now)->seal);
  CHECK(log.stamp(2, 0)->tsa == "CN=good.tsa.test");
  CHECK(log.stamp(2, 1)->tsa == "CN=second.tsa.test");
  CHECK(log.stamp(1, 0));
  CHECK_FALSE(log.stamp(1, 1));
  const std::string sealed = log.seals.seal(2).value()->sealed.note;
  CHECK(verify_time_stamp(log.stamp(2, 0)->token, sealed, authority.roots()));
}

TEST_CASE("a TSA that is away is asked again, ever more rarely, and catches up") {
  test::TimeStampAuthority authority;
  SealedLog log;
  log.seal(1, {"good"});
  TimeStampClient tsa = client(authority, "good");
  authority.stop();
  Instant now = system_clock.now();
  {
    StampCollector collector(log.seals, tsa);
    Milliseconds rest{};
    for (int i = 0; i < 9; ++i) {
      const auto step = collector.step(now);
      REQUIRE(step);
      REQUIRE(step->failure);
      CHECK(step->failure->kind == ErrorKind::unavailable);
      rest = step->next - now;
      CHECK(rest ==
            std::min<Milliseconds>(limits::time_stamp_rest_first * (1 << i), limits::time_stamp_rest_most));
      CHECK_FALSE(collector.step(step->next - 1ms)->seal);  // it is left in peace
      now = step->next;
    }
    CHECK(rest == limits::time_stamp_rest_most);
    log.seal(2, {"good"});
    authority.start();
    CHECK(collector.step(now)->seal == 3);
    CHECK_FALSE(collector.step(now)->failure);
  }
  // What still waits, waits over a restart too.
  StampCollector collector(log.seals, tsa);
  CHECK(collector.step(now)->seal == 1);
  CHECK_FALSE(collector.step(now)->seal);
  for (const std::int64_t id : {1, 2, 3}) CHECK(log.stamp(id));
}

TEST_CASE("an answer that is wrong is not stored") {
  const test::TimeStampAuthority authority;
  SealedLog log;
  for (const char* way : {"other_nonce", "other_data", "expired", "untrusted", "garbage"}) {
    log.seal(1, {way});
    TimeStampClient tsa = client(authority, way);
    StampCollector collector(log.seals, tsa);
    const auto step = collector.step(system_clock.now());
    REQUIRE(step);
    CHECK(step->failure);
    CHECK_FALSE(log.stamp(*step->seal));
    CHECK(log.seals.count_waiting(way).value() == 1);
  }
}

TEST_CASE("a clock that is put back does not silence a collector") {
  const test::TimeStampAuthority authority;
  SealedLog log;
  log.seal(1, {"busy"});
  TimeStampClient tsa = client(authority, "busy");
  StampCollector collector(log.seals, tsa);
  const Instant now = system_clock.now();
  CHECK(collector.step(now + std::chrono::hours(24 * 365))->failure);
  CHECK(collector.step(now)->next == now + limits::time_stamp_rest_first);
  CHECK(collector.step(now + limits::time_stamp_rest_first)->failure);
}

TEST_CASE("seals of a week without a TSA are given up, the oldest first") {
  SealedLog log;
  log.seal(2, {"away"});
  const auto sealed = log.seals.newest().value()->sealed;
  sqlite::Database(log.folder / "seals.db", sqlite::Database::Mode::read_write, 1'000)
      .run("WITH RECURSIVE copies(n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM copies WHERE n < " +
           std::to_string(limits::time_stamps_waiting_most) +
           ") INSERT INTO seal(size, note, sealed_at) SELECT size, note, sealed_at FROM seal, copies"
           " WHERE id = 2");
  CHECK(log.seals.count_waiting("away").value() == 2);
  REQUIRE(log.seals.add(sealed, system_clock.now(), {}).value() == limits::time_stamps_waiting_most + 1);
  CHECK(log.seals.count_waiting("away").value() == 1);
  CHECK(log.seals.waiting_for("away").value()->id == 2);
  REQUIRE(log.seals.add(sealed, system_clock.now(), {}));
  CHECK(log.seals.count_waiting("away").value() == 0);
  CHECK_FALSE(log.seals.waiting_for("away").value());
}

TEST_CASE("a kill between the answer and the store loses nothing") {
  const test::TimeStampAuthority authority;
  SealedLog log;
  log.seal(1, {"good"});
  TimeStampClient tsa = client(authority, "good");
  const pid_t victim = ::fork();
  REQUIRE(victim >= 0);
  if (victim == 0) {
    SealStore own = log.open();
    KilledWithTheAnswer killed(tsa);
    (void)StampCollector(own, killed).step(system_clock.now());
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(victim, &status, 0) == victim);
  REQUIRE(WIFSIGNALED(status));
  CHECK(WTERMSIG(status) == SIGKILL);
  CHECK_FALSE(log.stamp(1));
  StampCollector collector(log.seals, tsa);
  CHECK(collector.step(system_clock.now())->seal == 1);
  CHECK(log.stamp(1));
}

TEST_CASE("threads seal and collect by themselves") {
  const test::TimeStampAuthority authority;
  SealedLog log;
  REQUIRE(log.publish(3));
  TimeStampClient tsa = client(authority, "good");
  SealStore of_sealer = log.open();
  SealStore of_collector = log.open();
  Sealer sealer(log.heads, of_sealer, test::log_key().verifier(), {10min, {}}, {"good"});
  StampCollector collector(of_collector, tsa);
  const PacedThread sealing(system_clock,
                            [&](Instant now, const std::stop_token&) { return sealer.step(now)->next; });
  const PacedThread collecting(system_clock, [&](Instant now, const std::stop_token& stop) {
    return collector.step(now, stop)->next;
  });
  CHECK(test::eventually([&] {
    const auto seal = log.seals.newest().value();
    return seal && seal->stamps.at(0).stamp;
  }));
}

TEST_CASE("a thread is called when it asked to be, and when the clock was put back") {
  test::TestClock clock("2026-03-31T10:00:00Z");
  std::atomic<int> calls = 0;
  const PacedThread thread(clock, [&](Instant now, const std::stop_token&) {
    ++calls;
    return now + 10min;
  });
  REQUIRE(test::eventually([&] { return calls == 1; }));
  clock.advance(10min);
  REQUIRE(test::eventually([&] { return calls == 2; }));
  clock.advance(-24h);
  CHECK(test::eventually([&] { return calls == 3; }));
}
