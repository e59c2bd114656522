#include "gateway/pipeline/channel_desk.hpp"

#include <catch2/catch.hpp>

#include "tests/support/held_journal.hpp"
#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("a desk that is closed during a claim hands nothing out: what was claimed is not started") {
  LifeBench bench(1);
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  HeldJournal journal(bench.journal());
  Log log;
  ChannelDesk desk(Channel::email, 2, 0, bench.life(), journal, bench.clock, log, [](const AfterCommit&) {});
  desk.due_at(bench.clock.now());
  journal.hold();
  desk.pump();
  journal.wait_for_held(1);
  desk.close();
  REQUIRE(bench.show("a").attempts.size() == 1);
  CHECK_FALSE(bench.show("a").attempts[0].outcome.has_value());

  journal.release();
  CHECK_FALSE(desk.take().has_value());
  REQUIRE(journal.run(WorkClass::outcome, [](Transaction&) {}) == Committed::yes);
  const NoticeFile file = bench.show("a");
  CHECK(file.attempts[0].outcome == Outcome::not_started);
  CHECK(file.attempts[0].code == "shutdown");
  CHECK(bench.delivery(file, Channel::email).state == DeliveryState::waiting);
  CHECK(desk.held() == 0);

  // The next process owes it to nobody to say that it might be a duplicate.
  bench.restart();
  CHECK(bench.recover() == 0);
  bench.send_one(Outcome::sent);
  CHECK_FALSE(bench.show("a").attempts[1].possible_duplicate);
}

TEST_CASE("a desk that is closed before its claim runs claims nothing") {
  LifeBench bench(1);
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  Log log;
  ChannelDesk desk(Channel::email, 2, 0, bench.life(), bench.journal(), bench.clock, log,
                   [](const AfterCommit&) {});
  desk.due_at(bench.clock.now());
  // Submitted from the journal's own thread, the claim cannot begin before the desk is closed.
  bench.journal().submit(
      WorkClass::outcome, [](Transaction&) {},
      [&](Committed) {
        desk.pump();
        desk.close();
      });
  for (int i = 0; i < 2; ++i)
    REQUIRE(bench.journal().run(WorkClass::outcome, [](Transaction&) {}) == Committed::yes);
  CHECK(bench.show("a").attempts.empty());
  CHECK(desk.held() == 0);
}
