// What a stopped replay gives back: the words with the dates they have now, and the leave to be late.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr auto day_after = "2026-03-06T05:00:00.000Z";

/// Something to be done by the end of 5 March, told by email alone.
Json until_5_march() {
  Json one = LifeBench::request("a", "deadline");
  one["channels"] = Json::Array{"email"};
  one["variables"]["until"] = "2026-03-05";
  return one;
}

Json replay_of(LifeBench& bench, bool accept_late, std::optional<std::string_view> channel = std::nullopt) {
  Json select = Json::Object{{"notices", Json::Array{bench.show("a").notice.id}}};
  if (channel) select["channel"] = *channel;
  return Json::Object{{"act", "replay"},
                      {"reason", accept_late ? "late or not" : "in time"},
                      {"accept_late", accept_late},
                      {"select", std::move(select)}};
}

Result<Json> begin(LifeBench& bench, Json order) {
  auto made = bench.perform(std::move(order));
  if (!made) FAIL(made.error().message);
  bench.run_replays();
  return made;
}

void stop(LifeBench& bench, const Result<Json>& made) {
  REQUIRE(bench.perform(Json::Object{{"act", "stop_replay"}, {"job", *made->find("job")}}).ok());
  bench.run_replays();
}

Delivery mail(LifeBench& bench) {
  const NoticeFile file = bench.show("a");
  return bench.delivery(file, Channel::email);
}

bool late_accepted(LifeBench& bench) { return bench.show("a").notice.late_accepted; }

/// Its mail and the copy by SMS, both held because the lead time cannot be kept any more.
void hold_both(LifeBench& bench) {
  Json request = LifeBench::request("a", "hold_with_copy");
  request["effective_date"] = "2026-03-10";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  for (const Channel channel : {Channel::email, Channel::sms}) {
    bench.start_due(channel);
    const NoticeFile file = bench.show("a");
    REQUIRE(bench.delivery(file, channel).reason == "late");
  }
}

}  // namespace

TEST_CASE("a date that was moved during a replay stays with the words when it is stopped") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = LifeBench::request("a", "any_move");
  request["effective_date"] = "2026-03-10";
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.send_one(Outcome::permanent_failure);
  const std::string address = mail(bench).address;
  bench.clock.advance(std::chrono::hours(72));
  Json order = replay_of(bench, false);
  const bool corrected = GENERATE(false, true);
  if (corrected) order["email"] = "new@customer.example";
  const auto made = begin(bench, order);
  const AttemptTask before = bench.send_one(Outcome::transient_failure);
  const CalendarDate moved = *bench.show("a").notice.effective_date;
  REQUIRE(moved > *parse_date("2026-03-10"));
  stop(bench, made);
  REQUIRE(mail(bench).state == DeliveryState::failed);
  CHECK(mail(bench).address == address);
  CHECK(bench.show("a").notice.effective_date == moved);
  order = replay_of(bench, false);
  order["reason"] = "now really";
  (void)begin(bench, order);
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].hand_over.address == address);
  CHECK(tasks[0].hand_over.revision == (corrected ? 4 : 2));
  CHECK_THAT(tasks[0].hand_over.content, Catch::StartsWith("To: " + address));
  CHECK((tasks[0].hand_over.content == before.hand_over.content) == !corrected);
}

TEST_CASE("what was never tried before a stopped replay has no code after it") {
  LifeBench bench(1, day_after);
  REQUIRE(bench.publish_event(until_5_march(), "2026-03-05T15:00:00Z") == TakenIn::accepted);
  const auto made = begin(bench, replay_of(bench, true));
  bench.send_one(Outcome::transient_failure);
  REQUIRE(mail(bench).last_code == "test");
  stop(bench, made);
  CHECK(mail(bench).state == DeliveryState::held);
  CHECK(mail(bench).reason == "late");
  CHECK(mail(bench).last_code.empty());
  CHECK_FALSE(late_accepted(bench));
}

TEST_CASE("with a stopped replay goes its leave to be late, whatever it was for") {
  LifeBench bench(1);
  REQUIRE(bench.publish(until_5_march()) == TakenIn::accepted);
  const bool was_sent = GENERATE(false, true);
  bench.send_one(was_sent ? Outcome::sent : Outcome::permanent_failure);
  bench.clock.set(day_after);
  const auto made = begin(bench, replay_of(bench, true, "email"));
  REQUIRE(late_accepted(bench));
  stop(bench, made);
  CHECK_FALSE(late_accepted(bench));
  (void)begin(bench, replay_of(bench, false, "email"));
  CHECK(bench.start_due(Channel::email).empty());
}

TEST_CASE("the leave to be late lasts while something of the stopped replay is out, or went out") {
  LifeBench bench(1);
  hold_both(bench);
  const auto made = begin(bench, replay_of(bench, true));
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  stop(bench, made);
  const NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::sms).state == DeliveryState::held);
  CHECK(file.notice.late_accepted);
  const Outcome outcome =
      GENERATE(Outcome::transient_failure, Outcome::permanent_failure, Outcome::sent, Outcome::unknown);
  bench.finish(tasks[0], outcome);
  const bool maybe_out = outcome == Outcome::sent || outcome == Outcome::unknown;
  CHECK(late_accepted(bench) == maybe_out);
}

TEST_CASE("what a person accepted as late stays so when a replay is stopped") {
  LifeBench bench(1);
  hold_both(bench);
  const auto made = begin(bench, replay_of(bench, true, "email"));
  REQUIRE(bench.order("accept_late", "a").ok());
  stop(bench, made);
  CHECK(mail(bench).state == DeliveryState::held);
  CHECK(late_accepted(bench));
  CHECK(bench.start_due(Channel::sms).size() == 1);
}
