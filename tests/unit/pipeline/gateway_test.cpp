// What the threads around the life of a notice do when something happens in between.
#include <algorithm>
#include <catch2/catch.hpp>
#include <regex>

#include "tests/support/gateway_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;
using Catch::Matchers::Contains;

namespace {

Json with_date(Json request, std::string_view day) {
  request["effective_date"] = day;
  return request;
}

/// How many dead letters wait in the journal.
std::size_t outbox(LifeBench& life) {
  std::size_t rows = 0;
  REQUIRE(life.journal().run(WorkClass::outcome, [&](Transaction& tx) { rows = tx.outbox(100).size(); }) ==
          Committed::yes);
  return rows;
}

}  // namespace

TEST_CASE("a hand-over whose last moment passed while its intent was committed does not begin") {
  LifeBench life(1, "2026-03-02T17:00:00.000Z");
  REQUIRE(life.publish(with_date(LifeBench::request("a", "all_hold"), "2026-03-10")) == TakenIn::accepted);
  GatewayBench bench(life);
  bench.journal.hold();
  bench.gateway.start();
  bench.journal.wait_for_held(1);
  life.clock.set("2026-03-03T04:50:00.000Z");  // the provider's ten minutes before midnight in New York
  bench.journal.release();
  CHECK(
      eventually([&] { return life.delivery(life.show("a"), Channel::email).state == DeliveryState::held; }));
  bench.gateway.stop();
  const NoticeFile file = life.show("a");
  CHECK(life.delivery(file, Channel::email).reason == "late");
  CHECK(life.paper().handed_over == 0);
  const auto mail = std::find_if(file.attempts.begin(), file.attempts.end(),
                                 [](const Attempt& attempt) { return attempt.channel == Channel::email; });
  REQUIRE(mail != file.attempts.end());
  CHECK(mail->outcome == Outcome::not_started);
  CHECK(mail->code == "late");
  CHECK_FALSE(file.notice.deemed.has_value());
}

TEST_CASE("a hand-over in the last moment begins, and its end is logged") {
  LifeBench life(1, "2026-03-02T17:00:00.000Z");
  REQUIRE(life.publish(with_date(LifeBench::request("a", "all_hold"), "2026-03-10")) == TakenIn::accepted);
  GatewayBench bench(life);
  bench.journal.hold();
  bench.gateway.start();
  bench.journal.wait_for_held(1);
  life.clock.set("2026-03-03T04:49:59.999Z");
  bench.journal.release();
  CHECK(eventually([&] { return life.show("a").notice.deemed.has_value(); }));
  bench.gateway.stop();
  CHECK(life.paper().handed_over == 1);
  // A line has the machine's own instant.
  const std::string log = std::regex_replace(bench.log(), std::regex(R"("at":"[^"]*")"), R"("at":"…")");
  const std::string begins = R"({"notice":")" + life.show("a").notice.id + R"(","at":"…","level":"info",)";
  CHECK_THAT(log, Contains(begins + R"("event":"sent","attempt":1,"channel":"email","code":"250",)"
                                    R"("sandbox":false})"));
  CHECK_THAT(log, Contains(begins + R"("event":"deemed_delivered","attempt":1,"channel":"email",)"));
  CHECK_THAT(bench.log(), !Contains("example.org") && !Contains("Ada"));
}

TEST_CASE("deliveries that are due on a channel which is not configured any more are spoken of and kept") {
  LifeBench life(1);
  REQUIRE(life.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  life.remove_email();
  GatewayBench bench(life);
  bench.gateway.start();
  bench.gateway.stop();
  CHECK_THAT(bench.log(), Contains(R"("level":"error","event":"channel_not_configured","channel":"email",)"
                                   R"("due":"2026-03-02T04:00:00.000Z")"));
  const NoticeFile file = life.show("a");
  CHECK(file.attempts.empty());
  CHECK(life.delivery(file, Channel::email).state == DeliveryState::waiting);
}

TEST_CASE("a message that a constraint keeps out is a rejection of its own kind, and intake goes on") {
  LifeBench life(1);
  GatewayBench bench(life);
  bench.gateway.start();
  bench.journal.undo_next(1);
  const std::string body = canonical_json(LifeBench::request("a", "plain"));
  const auto tag = bench.queue.put(body);
  CHECK(eventually([&] { return bench.queue.is_acknowledged(tag); }));
  CHECK(eventually([&] { return bench.queue.letters().size() == 1; }));
  CHECK(bench.queue.letters()[0].code == "not_recorded");
  CHECK(bench.queue.letters()[0].body == body);
  const auto rejected = life.reader().rejected(10);
  REQUIRE(rejected->size() == 1);
  CHECK(rejected->front().code == "not_recorded");
  CHECK(rejected->front().request_id == "a");
  CHECK_FALSE(life.reader().show("tests", "a").ok());

  // Its name is not taken: once the fault is mended it may be published again.
  const auto again = bench.queue.put(body);
  CHECK(eventually([&] { return bench.queue.is_acknowledged(again); }));
  CHECK(life.reader().show("tests", "a").ok());
  bench.gateway.stop();
  CHECK(bench.broken() == "");
  CHECK_THAT(bench.log(), Contains(R"("event":"intake_undone","bytes":)") &&
                              Contains(R"("event":"rejected","bytes":)") &&
                              Contains(R"("code":"not_recorded")"));
}

TEST_CASE("a message that a constraint keeps out again is news again") {
  LifeBench life(1);
  GatewayBench bench(life);
  bench.gateway.start();
  const std::string body = canonical_json(LifeBench::request("a", "plain"));
  for (std::size_t times = 1; times <= 2; ++times) {
    bench.journal.undo_next(1);
    const auto tag = bench.queue.put(body);
    CHECK(eventually([&] { return bench.queue.is_acknowledged(tag); }));
    CHECK(eventually([&] { return bench.queue.letters().size() == times; }));
    CHECK(life.reader().rejected(10)->size() == times);
  }
  bench.gateway.stop();
}

TEST_CASE("a rejection that a constraint keeps out is not replaced by one that blames the gateway") {
  LifeBench life(1);
  GatewayBench bench(life);
  bench.gateway.start();
  bench.journal.undo_next(1);
  const auto tag = bench.queue.put("{");
  CHECK(eventually([&] { return bench.broken() == "the journal"; }));
  bench.gateway.stop();
  CHECK_FALSE(bench.queue.is_acknowledged(tag));
  CHECK(life.reader().rejected(10)->empty());
}

TEST_CASE("a journal that keeps even the rejection out is broken, and the message stays in the queue") {
  LifeBench life(1);
  GatewayBench bench(life);
  bench.gateway.start();
  bench.journal.undo_next(2);
  const auto tag = bench.queue.put(canonical_json(LifeBench::request("a", "plain")));
  CHECK(eventually([&] { return bench.broken() == "the journal"; }));
  bench.gateway.stop();
  CHECK_FALSE(bench.queue.is_acknowledged(tag));
  CHECK(life.reader().rejected(10)->empty());
}

TEST_CASE("a journal that takes nothing at the start is a broken environment, and nothing is begun") {
  LifeBench life(1);
  REQUIRE(life.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  GatewayBench bench(life);
  life.journal().close();
  CHECK_THROWS_WITH(bench.gateway.start(), Contains("the journal took nothing at the start"));
  bench.gateway.stop();
  CHECK(life.paper().handed_over == 0);
}

TEST_CASE("a stop interrupts dead letters that nobody confirms, and they wait in the journal") {
  LifeBench life(1);
  life.settings.drain = Milliseconds(0);
  GatewayBench bench(life);
  bench.queue.fall_silent();
  bench.gateway.start();
  const auto tag = bench.queue.put("{");
  CHECK(eventually([&] { return bench.queue.is_publishing(); }));
  bench.gateway.stop();
  CHECK(bench.queue.is_winding_down());
  CHECK(bench.queue.is_acknowledged(tag));
  CHECK(outbox(life) == 1);
}
