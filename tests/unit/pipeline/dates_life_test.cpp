// Dates that a notice names, from its request to its last sending: nothing goes out that is not true any
// more.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Something to be done by the end of 5 March, told by email alone; the bench's clock stands at 1 March,
/// 23:00, in New York.
Json request(const char* until = "2026-03-05", std::optional<std::string> effective_date = std::nullopt) {
  Json one = LifeBench::request("a", "deadline");
  one["channels"] = Json::Array{"email"};
  one["variables"]["until"] = until;
  if (effective_date) one["effective_date"] = *effective_date;
  return one;
}

constexpr auto last_evening = "2026-03-06T04:59:59.000Z";  // 5 March, 23:59:59
constexpr auto day_after = "2026-03-06T05:00:00.000Z";

std::string rejection(LifeBench& bench) {
  const auto rows = bench.reader().rejected(9);
  REQUIRE(rows);
  REQUIRE(rows->size() == 1);
  return rows->front().code + " " + rows->front().pointer + ": " + rows->front().message;
}

std::string refusal(const Result<Json>& answer) { return answer ? "" : answer.error().message; }

DeliveryState state_of(LifeBench& bench, Channel channel) {
  const NoticeFile file = bench.show("a");
  return bench.delivery(file, channel).state;
}

Json replay_of(LifeBench& bench, bool accept_late, std::string_view state) {
  return Json::Object{
      {"act", "replay"},
      {"reason", "again"},
      {"accept_late", accept_late},
      {"select", Json::Object{{"notices", Json::Array{bench.show("a").notice.id}}, {"state", state}}}};
}

/// Accepted in time, refused for now, and looked at again when the day is over.
void outdate(LifeBench& bench) {
  REQUIRE(bench.publish(request()) == TakenIn::accepted);
  bench.send_one(Outcome::transient_failure);
  bench.clock.set(day_after);
  bench.start_due(Channel::email);
  const NoticeFile file = bench.show("a");
  REQUIRE(bench.delivery(file, Channel::email).state == DeliveryState::held);
  REQUIRE(bench.delivery(file, Channel::email).reason == "late");
}

}  // namespace

TEST_CASE("a day that has passed is rejected at its field, with the day from which it could be true") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  REQUIRE(bench.publish(request("2026-02-28")) == TakenIn::rejected);
  CHECK(
      rejection(bench) ==
      "invalid_value /variables/until: until must not be before the day on which the notice is sent, at the "
      "earliest 2026-03-01; a reader would find it past, so give a later day");
}

TEST_CASE("the day is that of the agreement's zone, and that of the sending when it is to wait") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  Json today = request("2026-03-01");
  CHECK(bench.publish(today) == TakenIn::accepted);
  CHECK(bench.show("a").notice.dates_hold_until == parse_date("2026-03-01"));
  Json waits = request("2026-03-01");
  waits["id"] = "b";
  waits["send_not_before"] = "2026-03-02T12:00:00Z";
  CHECK(bench.publish(waits) == TakenIn::rejected);
}

TEST_CASE("two dates that contradict each other are rejected however early") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  REQUIRE(bench.publish(request("2026-03-05", "2026-03-06")) == TakenIn::rejected);
  CHECK(rejection(bench) ==
        "invalid_value /variables/until: until must not be before effective_date; correct one of the two");
}

TEST_CASE("what was published in time and is read too late waits for a person") {
  LifeBench bench(1, day_after);
  REQUIRE(bench.publish_event(request(), "2026-03-05T15:00:00Z") == TakenIn::accepted);
  CHECK(bench.show("a").notice.state == NoticeState::held);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").attempts.empty());
}

TEST_CASE("a retry goes out until the last moment of the day, and is held from then on") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.publish(request());
  bench.send_one(Outcome::transient_failure);
  bench.clock.set(last_evening);
  const AttemptTask task = bench.send_one(Outcome::transient_failure);
  CHECK(task.start_before == parse_instant(day_after));
  bench.clock.set(day_after);
  CHECK(bench.settle_overdue(Channel::email) == 1);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(state_of(bench, Channel::email) == DeliveryState::held);
}

TEST_CASE("it is held although another channel has made the legal date: it would not be true") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  Json by_both = request();
  by_both["channels"] = Json::Array{"email", "in_site"};
  bench.publish(by_both);
  bench.send_one(Outcome::transient_failure);
  REQUIRE(bench.show("a").notice.deemed.has_value());
  bench.clock.set(day_after);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(state_of(bench, Channel::email) == DeliveryState::held);
  CHECK(bench.show("a").notice.state == NoticeState::deemed_delivered);
}

TEST_CASE("a new effective date mends only what it is about, and a person may send the words as they are") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  outdate(bench);
  CHECK_THAT(
      refusal(bench.order("resolve_effective_date", "a", Json::Object{{"effective_date", "2026-03-10"}})),
      Catch::Contains("until must not be before the day on which the notice is sent") &&
          Catch::Contains("publish it anew"));
  REQUIRE(bench.order("accept_late", "a").ok());
  const AttemptTask task = bench.send_one(Outcome::sent);
  CHECK_FALSE(task.start_before.has_value());
  CHECK(bench.show("a").notice.late_accepted);
  CHECK_FALSE(bench.show("a").notice.lead_time_broken);
}

TEST_CASE("a replay of what failed is held again unless a person accepts it as it is") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.publish(request());
  bench.send_one(Outcome::permanent_failure);
  bench.clock.set(day_after);
  const bool accept = GENERATE(false, true);
  REQUIRE(bench.perform(replay_of(bench, accept, "failed")).ok());
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).size() == (accept ? 1 : 0));
  CHECK(state_of(bench, Channel::email) == (accept ? DeliveryState::in_flight : DeliveryState::held));
}

TEST_CASE("what was sent is not sent again with a date that has passed, unless a person accepts it") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.publish(request());
  bench.send_one(Outcome::sent);
  bench.clock.set(day_after);
  const bool accept = GENERATE(false, true);
  REQUIRE(bench.perform(replay_of(bench, accept, "sent")).ok());
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).size() == (accept ? 1 : 0));
  CHECK(bench.show("a").attempts.size() == (accept ? 2 : 1));
}

TEST_CASE("a further sending that waits until its date has passed does not go out") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.publish(request());
  bench.send_one(Outcome::sent);
  REQUIRE(bench.perform(replay_of(bench, false, "sent")).ok());
  bench.run_replays();
  bench.clock.set(day_after);
  CHECK(bench.start_due(Channel::email).empty());
  const auto types = bench.event_types("a");
  CHECK(std::count(types.begin(), types.end(), "resend_ended") == 1);
}

TEST_CASE("a copy that does not fit is left out, on record, unless the request asks for it by name") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.limit_sms(5);
  Json one = LifeBench::request("a", "hold_with_copy");
  one["effective_date"] = "2026-06-01";
  one["recipient"]["phone"] = "+8613800138000";
  REQUIRE(bench.publish(one) == TakenIn::accepted);
  const NoticeFile file = bench.show("a");
  CHECK(file.deliveries.size() == 1);
  CHECK(bench.event_types("a").at(1) == "channel_left_out");
  bench.send_one(Outcome::sent);
  CHECK(bench.show("a").notice.state == NoticeState::deemed_delivered);

  one["id"] = "b";
  one["channels"] = Json::Array{"email", "sms"};
  REQUIRE(bench.publish(one) == TakenIn::rejected);
  CHECK_THAT(rejection(bench), Catch::StartsWith("invalid_value /variables: the text is too long; shorten "
                                                 "the variables, 'summary'"));
}

TEST_CASE("what counts and does not fit rejects the notice, and says what can be done") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.limit_sms(5);
  Json one = LifeBench::request("a", "sms_and_email");
  one["recipient"]["phone"] = "+8613800138000";
  REQUIRE(bench.publish(one) == TakenIn::rejected);
  CHECK_THAT(rejection(bench), Catch::StartsWith("invalid_value /variables: the text is too long; shorten "
                                                 "the variables, 'summary'") &&
                                   Catch::Contains("or leave the channel sms out"));
}

TEST_CASE("a counting channel that does not fit is left out where another one satisfies the clause") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.limit_sms(5);
  Json one = LifeBench::request("a", "sms_then_email");
  one["recipient"]["phone"] = "+8613800138000";
  REQUIRE(bench.publish(one) == TakenIn::accepted);
  CHECK(bench.show("a").deliveries.size() == 1);
  CHECK(bench.event_types("a").at(1) == "channel_left_out");
  bench.send_one(Outcome::sent);
  CHECK(bench.show("a").notice.deemed->channel == Channel::email);

  one["id"] = "b";
  one["channels"] = Json::Array{"email", "sms"};
  CHECK(bench.publish(one) == TakenIn::rejected);
}
