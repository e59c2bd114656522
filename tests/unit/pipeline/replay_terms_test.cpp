// What a replay meets that is not as it was accepted: an address that is corrected, a transport that changed.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

void fail(LifeBench& bench, const std::string& id, const std::string& kind = "plain") {
  REQUIRE(bench.publish(LifeBench::request(id, kind)) == TakenIn::accepted);
  bench.send_one(Outcome::permanent_failure);
  REQUIRE(bench.show(id).notice.state == NoticeState::failed);
}

}  // namespace

TEST_CASE("a corrected address takes effect on what still waits, and that goes out once") {
  LifeBench bench(1);
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::transient_failure);
  const NoticeFile before = bench.show("a");
  REQUIRE(bench.delivery(before, Channel::email).due_at > bench.clock.now());
  const Selection selection{.notices = {before.notice.number}, .channel = Channel::email};
  const auto count = [&](const std::string& address) {
    return bench.reader().count(selection, {.address = address}, bench.clock.now())->at(0);
  };
  CHECK(count("new@example.com").corrected_waiting == 1);
  CHECK(count("new@example.com").passed_over == 0);
  CHECK(count("").passed_over == 1);
  CHECK(count(before.deliveries[0].address).passed_over == 1);
  const auto made =
      bench.perform(Json::Object{{"act", "replay"},
                                 {"reason", "moved"},
                                 {"email", "new@example.com"},
                                 {"select", Json::Object{{"notices", Json::Array{before.notice.id}}}}});
  REQUIRE(made.ok());
  bench.run_replays();
  const auto progress = [&] {
    return *bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  };
  CHECK(progress().passed_over.empty());
  SECTION("at once, to the new address alone") {
    CHECK(bench.event_types("a").at(3) == "address_corrected");
    const AttemptTask task = bench.send_one(Outcome::sent);
    CHECK(task.hand_over.address == "new@example.com");
    CHECK(task.hand_over.revision == 2);
    CHECK(bench.show("a").attempts.size() == 2);
    CHECK(bench.start_due(Channel::email).empty());
    CHECK(progress().sent == 1);
  }
  SECTION("and one that is stopped leaves it waiting to the old one") {
    const bool was_tried = GENERATE(false, true);
    const auto tasks = was_tried ? bench.start_due(Channel::email) : std::vector<AttemptTask>();
    REQUIRE(bench.perform(Json::Object{{"act", "stop_replay"}, {"job", *made->find("job")}}).ok());
    if (was_tried) bench.finish(tasks.at(0), Outcome::transient_failure);
    bench.run_replays();
    const NoticeFile after = bench.show("a");
    CHECK(bench.delivery(after, Channel::email).state == DeliveryState::waiting);
    CHECK(bench.delivery(after, Channel::email).address == before.deliveries[0].address);
    bench.clock.advance(std::chrono::hours(1));
    CHECK(bench.send_one(Outcome::sent).hand_over.address == before.deliveries[0].address);
  }
}

TEST_CASE("what was accepted for another transport is passed over, and the count says so before") {
  LifeBench bench(1);
  fail(bench, "a");
  bench.publish(LifeBench::request("b", "plain"));
  bench.send_one(Outcome::sent);
  bench.change_transport(true);
  const Json ids = Json::Array{bench.show("a").notice.id, bench.show("b").notice.id};
  const Selection selection{.notices = {bench.show("a").notice.number, bench.show("b").notice.number},
                            .channel = Channel::email};
  CHECK(bench.reader().count(selection, {}, bench.clock.now())->at(0).passed_over == 0);
  const ReplayTerms terms{.sandboxes = {Channel::email}};
  CHECK(bench.reader().count(selection, terms, bench.clock.now())->at(0).passed_over == 2);
  const auto made =
      bench.perform(Json::Object{{"act", "replay"},
                                 {"reason", "mended"},
                                 {"select", Json::Object{{"notices", ids}, {"channel", "email"}}}});
  REQUIRE(made.ok());
  bench.run_replays();
  const auto progress = bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  REQUIRE(progress->passed_over.size() == 1);
  CHECK(progress->passed_over[0].why == "transport_changed");
  CHECK(progress->passed_over[0].count == 2);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").notice.state == NoticeState::failed);
}
