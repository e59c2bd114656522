// How status events leave the journal: in order, none lost, none invented, and none twice but for a death.
#include "gateway/pipeline/status_courier.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/support/life_bench.hpp"
#include "tests/support/waiting.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Catch::Matchers::Contains;

namespace {

/// A broker in a test's memory that can be away, and that may never answer.
class PaperBroker final : public queue::EventPublisher {
 public:
  Status publish_events(std::span<const queue::StatusEvent> events) override {
    std::unique_lock lock(mutex_);
    ++calls_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return !silent_ || interrupted_; });
    if (interrupted_) return Error{ErrorKind::unavailable, "interrupted"};
    if (away_) return Error{ErrorKind::unavailable, "the broker is away"};
    for (const queue::StatusEvent& event : events) ids_.push_back(event.id);
    return Done{};
  }
  void interrupt() override {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    changed_.notify_all();
  }

  void set_away(bool away) {
    const std::lock_guard lock(mutex_);
    away_ = away;
  }
  void fall_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
  }
  std::vector<std::string> ids() {
    const std::lock_guard lock(mutex_);
    return ids_;
  }
  int calls() {
    const std::lock_guard lock(mutex_);
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> ids_;
  int calls_ = 0;
  bool away_ = false;
  bool silent_ = false;
  bool interrupted_ = false;
};

struct Desk {
  explicit Desk(LifeBench& life) : life_(life) {}
  StatusCourier start() { return {broker, life_.journal(), "duenotice", random, log_}; }
  std::string log() const { return written_.str(); }

  PaperBroker broker;
  SystemRandom random;

 private:
  LifeBench& life_;
  std::ostringstream written_;
  Log log_{LogLevel::info, LogFormat::json, written_};
};

/// The ids that the journal says there are.
std::vector<std::string> of_the_journal(LifeBench& life) {
  std::vector<std::string> ids;
  const auto stored = life.reader().publisher_events(0, 10'000, "");
  for (const PublisherEvent& event : *stored) {
    const std::string& subject = event.notice ? event.notice->id : event.rejection->id;
    ids.push_back(subject + "-" + std::to_string(event.sequence));
  }
  return ids;
}

std::int64_t cursor(LifeBench& life) {
  std::int64_t stands = 0;
  REQUIRE(life.journal().run(WorkClass::outcome, [&](Transaction& tx) {
    stands = tx.cursor(StatusCourier::cursor);
  }) == Committed::yes);
  return stands;
}

void publish(LifeBench& life, const std::string& id) {
  REQUIRE(life.publish(LifeBench::request(id, "plain")) == TakenIn::accepted);
}

}  // namespace

TEST_CASE("what the journal holds is told in its order, and what comes later when it is woken") {
  LifeBench life(1);
  publish(life, "a");
  publish(life, "b");
  life.publish(LifeBench::request("c", "no_such_kind"));
  Desk desk(life);
  StatusCourier courier = desk.start();
  CHECK(eventually([&] { return desk.broker.ids().size() == 3; }));
  life.finish(life.start_due(Channel::email, 1).at(0), Outcome::sent);
  courier.wake();
  CHECK(eventually([&] { return desk.broker.ids().size() == 4; }));
  courier.stop(std::chrono::seconds(5));
  CHECK(desk.broker.ids() == of_the_journal(life));
  CHECK(courier.standing().fault == "");
  CHECK(courier.standing().sequence == cursor(life));
}

TEST_CASE("after a restart only what is new is told") {
  LifeBench life(1);
  Desk desk(life);
  publish(life, "a");
  desk.start().stop(std::chrono::seconds(5));
  REQUIRE(desk.broker.ids().size() == 1);
  publish(life, "b");
  desk.start().stop(std::chrono::seconds(5));
  CHECK(desk.broker.ids() == of_the_journal(life));
}

TEST_CASE("while the broker is away everything waits, one line says so, and one that it is over") {
  LifeBench life(1);
  Desk desk(life);
  desk.broker.set_away(true);
  publish(life, "a");
  StatusCourier courier = desk.start();
  CHECK(eventually([&] { return desk.broker.calls() >= 2; }));
  CHECK(courier.standing().fault == "the broker is away");
  for (int i = 0; i < 20; ++i) publish(life, "b" + std::to_string(i));
  CHECK(cursor(life) == 0);
  desk.broker.set_away(false);
  CHECK(eventually([&] { return desk.broker.ids().size() == 21; }));
  courier.stop(std::chrono::seconds(5));
  CHECK(desk.broker.ids() == of_the_journal(life));
  const std::string log = desk.log();
  CHECK_THAT(log, Contains(R"("event":"status_events_wait","from":2,"reason":"the broker is away")"));
  CHECK_THAT(log, Contains(R"("event":"status_events_go_out_again")"));
  CHECK(std::count(log.begin(), log.end(), '\n') == 2);
}

TEST_CASE("a stop does not wait for a broker that never answers, and the event goes out next time") {
  LifeBench life(1);
  publish(life, "a");
  Desk desk(life);
  desk.broker.fall_silent();
  StatusCourier courier = desk.start();
  CHECK(eventually([&] { return desk.broker.calls() == 1; }));
  courier.stop(Milliseconds(1));
  CHECK(desk.broker.ids().empty());
  CHECK(cursor(life) == 0);
  Desk next(life);
  next.start().stop(std::chrono::seconds(5));
  CHECK(next.broker.ids() == of_the_journal(life));
}

TEST_CASE("a stop still tells what was committed just before it") {
  LifeBench life(1);
  Desk desk(life);
  StatusCourier courier = desk.start();
  for (int i = 0; i < 1'200; ++i) publish(life, std::to_string(i));
  courier.stop(long_enough);
  CHECK(desk.broker.ids().size() == 1'200);
  CHECK(desk.broker.ids() == of_the_journal(life));
}
