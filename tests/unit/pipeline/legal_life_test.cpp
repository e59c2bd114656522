// What the agreement's rules do to a notice, step by step and around the agreement's midnight (New York here,
// UTC-5).
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {
Json with(Json request, std::string_view key, Json value) {
  request[key] = std::move(value);
  return request;
}
CalendarDate day(std::string_view text) { return *parse_date(text); }
const std::filesystem::path rest_days_2026 = SOURCE_DIR "/gateway/app/rest_days.example.toml";
}  // namespace

TEST_CASE("a notice is accepted, sent once and deemed delivered on the agreement's date") {
  LifeBench bench(1, "2026-03-03T04:59:59.999Z");  // 23:59:59.999 on 2 March in New York
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  CHECK(bench.show("a").notice.state == NoticeState::accepted);
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  CHECK(bench.show("a").notice.state == NoticeState::sending);
  CHECK_FALSE(bench.show("a").notice.deemed.has_value());
  bench.finish(tasks[0], Outcome::sent);
  const NoticeFile file = bench.show("a");
  REQUIRE(file.notice.deemed.has_value());
  CHECK(file.notice.deemed->on == day("2026-03-02"));
  CHECK(to_text(file.notice.deemed->at) == "2026-03-03T04:59:59.999Z");
  CHECK(file.notice.deemed->channel == Channel::email);
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK(bench.event_types("a") ==
        std::vector<std::string>{"accepted", "attempt_started", "sent", "deemed_delivered"});
}

TEST_CASE("a reply that is read a millisecond later has the next date") {
  LifeBench bench(1, "2026-03-03T04:59:59.999Z");
  bench.publish(LifeBench::request("a", "plain"));
  const auto tasks = bench.start_due(Channel::email);
  bench.clock.advance(Milliseconds(1));
  bench.finish(tasks[0], Outcome::sent);
  CHECK(bench.show("a").notice.deemed->on == day("2026-03-03"));
}

TEST_CASE("the same request again is a duplicate, another one under its name a conflict") {
  LifeBench bench(1);
  const Json request = LifeBench::request("a", "plain");
  CHECK(bench.publish(request) == TakenIn::accepted);
  CHECK(bench.publish(request) == TakenIn::duplicate);
  const Json other = with(request, "account_id", "account-2");
  CHECK(bench.publish(other) == TakenIn::rejected);
  CHECK(bench.publish(other) == TakenIn::rejected_before);
  const auto rejected = bench.reader().rejected(10);
  REQUIRE(rejected->size() == 1);
  CHECK(rejected->front().code == "conflict");
  CHECK(bench.start_due(Channel::email).size() == 1);
}

TEST_CASE("two events with the same data and names of their own are two rejections") {
  LifeBench bench(1);
  const Json request = LifeBench::request("", "no_such_kind");
  const auto event = [&](std::string id, std::string source) {
    Json data = Json::object();
    for (const auto& [key, value] : *request.as_object()) {
      if (key != "id" && key != "source") data[key] = value;
    }
    return Json(Json::Object{{"specversion", "1.0"},
                             {"type", "duenotice.notice.requested.v1"},
                             {"id", std::move(id)},
                             {"source", std::move(source)},
                             {"data", std::move(data)}});
  };
  CHECK(bench.publish(event("a", "tests")) == TakenIn::rejected);
  CHECK(bench.publish(event("b", "tests")) == TakenIn::rejected);
  CHECK(bench.publish(event("a", "others")) == TakenIn::rejected);
  CHECK(bench.publish(event("a", "tests")) == TakenIn::rejected_before);
  CHECK(bench.reader().rejected(10)->size() == 3);
}

TEST_CASE("a redelivery that comes too late for a new notice is still the duplicate of the accepted one") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  const Json request = with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10");
  CHECK(bench.publish(request) == TakenIn::accepted);
  bench.clock.set("2026-03-20T17:00:00.000Z");
  CHECK(bench.publish(request) == TakenIn::duplicate);
}

TEST_CASE("seven days' notice sent on day D makes D+8 the first lawful date") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  const Json request = LifeBench::request("a", "all_hold");
  CHECK(bench.publish(with(request, "effective_date", "2026-03-09")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->front().code == "lead_time_too_short");
  CHECK(bench.reader().rejected(1)->front().message.find("2026-03-10") != std::string::npos);
  CHECK(bench.publish(with(request, "effective_date", "2026-03-10")) == TakenIn::accepted);
  const Notice notice = bench.show("a").notice;
  CHECK(notice.earliest_effective_date == day("2026-03-10"));
  CHECK(notice.must_be_sent_by == day("2026-03-02"));
}

TEST_CASE("a period that would end on a rest day ends later, and the record names the calendar") {
  // Seven days from 24 September 2026 end on 1 October; the first working day after the holiday is the 8th.
  LifeBench bench(1, "2026-09-24T17:00:00.000Z", rest_days_2026);
  const Json request = LifeBench::request("a", "all_hold");
  CHECK(bench.publish(with(request, "effective_date", "2026-10-08")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->front().message.find("2026-10-09") != std::string::npos);
  CHECK(bench.publish(with(request, "effective_date", "2026-10-09")) == TakenIn::accepted);
  const Notice notice = bench.show("a").notice;
  CHECK(notice.earliest_effective_date == day("2026-10-09"));
  // Seven days from 1 October end on the 8th itself.
  CHECK(notice.must_be_sent_by == day("2026-10-01"));
  CHECK(notice.calendar.starts_with("rest_days.example.toml sha256:"));
  CHECK(bench.show("a").events.front().bytes.find(notice.calendar) != std::string::npos);

  bench.clock.set("2026-10-01T17:00:00.000Z");
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  bench.finish(tasks[0], Outcome::sent);
  CHECK_FALSE(bench.show("a").notice.lead_time_broken);
}

TEST_CASE("an attempt after the last day that the calendar allows is held, though days alone would do") {
  LifeBench bench(1, "2026-09-22T17:00:00.000Z", rest_days_2026);
  REQUIRE(bench.publish(with(LifeBench::request("a", "all_hold"), "effective_date", "2026-10-08")) ==
          TakenIn::accepted);
  CHECK(bench.show("a").notice.must_be_sent_by == day("2026-09-23"));
  // Eight days before the effective date, but the period would end on a rest day.
  bench.clock.set("2026-09-30T17:00:00.000Z");
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").notice.state == NoticeState::held);
}

TEST_CASE("a date is moved behind the rest days, at intake and at an attempt") {
  LifeBench bench(1, "2026-09-24T17:00:00.000Z", rest_days_2026);
  CHECK(bench.publish(with(LifeBench::request("a", "any_move"), "effective_date", "2026-09-30")) ==
        TakenIn::accepted);
  CHECK(bench.show("a").notice.effective_date == day("2026-10-09"));
  CHECK(bench.show("a").notice.must_be_sent_by == day("2026-10-01"));

  LifeBench later(1, "2026-09-14T17:00:00.000Z", rest_days_2026);
  Json by_email = with(LifeBench::request("b", "any_move"), "channels", Json::Array{"email"});
  CHECK(later.publish(with(by_email, "effective_date", "2026-09-22")) == TakenIn::accepted);
  later.clock.set("2026-09-24T17:00:00.000Z");
  CHECK(later.start_due(Channel::email).size() == 1);
  const Notice moved = later.show("b").notice;
  CHECK(moved.effective_date == day("2026-10-09"));
  CHECK(moved.must_be_sent_by == day("2026-10-01"));
  CHECK(moved.calendar.starts_with("rest_days.example.toml sha256:"));
}

TEST_CASE("without the year in question the record says that no rest day was counted") {
  LifeBench bench(1, "2026-12-28T17:00:00.000Z", rest_days_2026);
  REQUIRE(bench.publish(with(LifeBench::request("a", "all_hold"), "effective_date", "2027-01-05")) ==
          TakenIn::accepted);
  CHECK(bench.show("a").notice.calendar == "none");
  LifeBench without(1, "2026-09-24T17:00:00.000Z");
  REQUIRE(without.publish(with(LifeBench::request("a", "all_hold"), "effective_date", "2026-10-02")) ==
          TakenIn::accepted);
  CHECK(without.show("a").notice.calendar == "none");
}

TEST_CASE("the effective date is checked from send_not_before") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10");
  request["send_not_before"] = "2026-03-03T09:00:00-05:00";
  CHECK(bench.publish(request) == TakenIn::rejected);
  request["effective_date"] = "2026-03-11";
  CHECK(bench.publish(request) == TakenIn::accepted);
  CHECK(bench.start_due(Channel::email).empty());
  bench.clock.set("2026-03-03T14:00:00.000Z");
  CHECK(bench.start_due(Channel::email).size() == 1);
}

TEST_CASE("a late request is moved where the kind says so, and its words carry the moved date") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  CHECK(bench.publish(with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-05")) ==
        TakenIn::accepted);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.effective_date == day("2026-03-10"));
  const auto content = bench.reader().rendering_content(file.notice.id, Channel::email, 1);
  CHECK(content->find("10 March 2026") != std::string::npos);
  CHECK(content->find("5 March 2026") == std::string::npos);
}

TEST_CASE("a late event that was published in time is held for a person") {
  LifeBench bench(1, "2026-03-05T17:00:00.000Z");
  const Json request = with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10");
  CHECK(bench.publish_event(request, "2026-03-02T23:00:00Z") == TakenIn::accepted);
  CHECK(bench.show("a").notice.state == NoticeState::held);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.start_due(Channel::in_site).empty());
}

TEST_CASE("an attempt that would be too late is held, and sends nothing") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10");
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.clock.set("2026-03-03T05:00:00.000Z");  // 00:00 on the third
  CHECK(bench.start_due(Channel::email).empty());
  const NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::email).state == DeliveryState::held);
  CHECK(bench.delivery(file, Channel::email).reason == "late");
  CHECK(file.attempts.size() == 1);  // the in-site row of the day before
}

TEST_CASE("an attempt too close to midnight for its reply is not started") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  bench.publish(with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10"));
  bench.clock.set("2026-03-03T04:50:00.001Z");  // ten minutes are the provider's guard
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.delivery(bench.show("a"), Channel::email).state == DeliveryState::held);
}

TEST_CASE(
    "an attempt that is too late is moved while nothing went out, with new bytes and a new message id") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-10");
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.send_one(Outcome::transient_failure);
  bench.clock.set("2026-03-04T17:00:00.000Z");
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].hand_over.revision == 2);
  CHECK(tasks[0].hand_over.content.find("12 March 2026") != std::string::npos);
  bench.finish(tasks[0], Outcome::sent);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.effective_date == day("2026-03-12"));
  CHECK_FALSE(file.notice.lead_time_broken);
  CHECK(file.renderings.size() == 2);
}

TEST_CASE("what may have gone out is never moved: it is held") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-10");
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.send_one(Outcome::unknown);
  bench.clock.set("2026-03-04T17:00:00.000Z");
  CHECK(bench.start_due(Channel::email).empty());
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::held);
  CHECK(file.notice.effective_date == day("2026-03-10"));
}

TEST_CASE(
    "an attempt that crosses midnight is delivered on the later day, and says that the lead time is broken") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-10");
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const auto tasks = bench.start_due(Channel::email);
  bench.clock.set("2026-03-03T05:00:00.000Z");
  bench.finish(tasks.at(0), Outcome::sent);
  const Notice notice = bench.show("a").notice;
  CHECK(notice.deemed->on == day("2026-03-03"));
  CHECK(notice.lead_time_broken);
  CHECK(bench.event_types("a").back() == "lead_time_broken");
  CHECK(next_actor(notice) == NextActor::operator_);

  // It waits for a person, who is told, until they say that they know.
  const auto waiting = bench.reader().waiting({}, bench.clock.now());
  REQUIRE(waiting->groups.size() == 1);
  const StuckGroup& group = waiting->groups.front();
  CHECK(group.reason == "lead_time_broken");
  CHECK(group.state == DeliveryState::sent);
  CHECK(group.channel == Channel::email);
  CHECK(group.actor == NextActor::operator_);
  CHECK(group.example == notice.id);
  CHECK(bench.reader().waiting({.channel = Channel::sms}, bench.clock.now())->groups.empty());
  CHECK(bench.reader().backlog(bench.clock.now())->lead_times_broken == 1);
  REQUIRE(bench.order("accept_late", "a").ok());
  CHECK(next_actor(bench.show("a").notice) == NextActor::nobody);
  CHECK(bench.event_types("a").back() == "late_known");
  CHECK_FALSE(bench.show("a").notice.late_accepted);  // nobody decided that it goes out
  CHECK(bench.reader().waiting({}, bench.clock.now())->groups.empty());
  CHECK(bench.reader().backlog(bench.clock.now())->lead_times_broken == 0);
  CHECK_FALSE(bench.order("accept_late", "a").ok());
}

TEST_CASE("what is held for lateness beside a broken lead time waits for a person, who lets it go") {
  LifeBench bench(1);
  Json request = with(LifeBench::request("a", "hold_with_copy"), "effective_date", "2026-03-10");
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const auto mail = bench.start_due(Channel::email);
  REQUIRE(mail.size() == 1);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  CHECK(bench.start_due(Channel::sms).empty());
  bench.finish(mail[0], Outcome::sent);
  REQUIRE(bench.show("a").notice.lead_time_broken);
  const auto waiting = bench.reader().waiting({}, bench.clock.now());
  REQUIRE(waiting->groups.size() == 2);
  for (const StuckGroup& group : waiting->groups) CHECK(group.actor == NextActor::operator_);
  REQUIRE(bench.order("accept_late", "a").ok());
  CHECK(bench.start_due(Channel::sms).size() == 1);
}

TEST_CASE("the date is that of the sending which completes the number") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  REQUIRE(bench.publish(LifeBench::request("a", "two_of")) == TakenIn::accepted);  // in-site is shown at once
  CHECK_FALSE(bench.show("a").notice.deemed.has_value());
  bench.clock.set("2026-03-05T17:00:00.000Z");
  bench.send_one(Outcome::sent);
  const Notice notice = bench.show("a").notice;
  CHECK(notice.deemed->on == day("2026-03-05"));
  CHECK(notice.deemed->channel == Channel::email);
}

TEST_CASE("a copy never makes the date") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  REQUIRE(bench.publish(LifeBench::request("a", "email_copy")) == TakenIn::accepted);
  const NoticeFile shown = bench.show("a");
  CHECK(bench.delivery(shown, Channel::in_site).state == DeliveryState::sent);
  CHECK_FALSE(shown.notice.deemed.has_value());
  CHECK(shown.notice.state == NoticeState::accepted);
  bench.send_one(Outcome::permanent_failure);
  CHECK(bench.show("a").notice.state == NoticeState::failed);
}

TEST_CASE("in order: the next channel starts when the one before failed, and not otherwise") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  REQUIRE(bench.publish(LifeBench::request("a", "one_after_another")) == TakenIn::accepted);
  CHECK(bench.start_due(Channel::in_site).empty());
  CHECK_FALSE(bench.delivery(bench.show("a"), Channel::in_site).due_at.has_value());
  bench.send_one(Outcome::permanent_failure);
  bench.start_due(Channel::in_site);
  const NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::in_site).state == DeliveryState::sent);
  CHECK(file.notice.deemed->channel == Channel::in_site);
  CHECK(file.notice.deemed->rule == "entry-into-system");

  REQUIRE(bench.publish(LifeBench::request("b", "one_after_another")) == TakenIn::accepted);
  bench.send_one(Outcome::sent);
  CHECK(bench.delivery(bench.show("b"), Channel::in_site).state == DeliveryState::not_needed);
  CHECK(bench.reader().inbox("user-1", 10)->size() == 1);
}

TEST_CASE("in-site rows wait out the last seconds before midnight") {
  LifeBench bench(1, "2026-03-03T04:59:50.001Z");
  REQUIRE(bench.publish(LifeBench::request("a", "two_of")) == TakenIn::accepted);
  CHECK(bench.reader().inbox("user-1", 10)->empty());
  const NoticeFile file = bench.show("a");
  CHECK(to_text(*bench.delivery(file, Channel::in_site).due_at) == "2026-03-03T05:00:00.000Z");
  bench.clock.set("2026-03-03T05:00:00.000Z");
  bench.start_due(Channel::in_site);
  CHECK(bench.reader().inbox("user-1", 10)->size() == 1);
}

TEST_CASE("a task says from when it must not be handed over any more") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-10");
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.at(0).start_before.has_value());
  CHECK(to_text(*tasks[0].start_before) ==
        "2026-03-03T04:50:00.000Z");  // ten minutes are the provider's guard
  bench.publish(LifeBench::request("b", "plain"));
  CHECK_FALSE(bench.start_due(Channel::email).at(0).start_before.has_value());
}

TEST_CASE("a slow channel that is too late leaves the date to a faster one, and goes out when it is made") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "any_move"), "effective_date", "2026-03-10");
  request["send_not_before"] = "2026-03-02T23:55:00-05:00";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.clock.set(
      "2026-03-03T04:55:00.000Z");  // five minutes before midnight: too late for email, not for in-site
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.delivery(bench.show("a"), Channel::email).state == DeliveryState::held);
  bench.start_due(Channel::in_site);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.deemed->on == day("2026-03-02"));
  CHECK(file.notice.effective_date == day("2026-03-10"));
  bench.send_one(Outcome::sent);
  CHECK(bench.delivery(bench.show("a"), Channel::email).state == DeliveryState::sent);
  CHECK(bench.show("a").notice.deemed->on == day("2026-03-02"));
}

TEST_CASE("in order: a channel that is too late gives its turn to the next") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "ordered_hold"), "effective_date", "2026-03-10");
  request["send_not_before"] = "2026-03-02T23:55:00-05:00";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.clock.set("2026-03-03T04:55:00.000Z");
  CHECK(bench.start_due(Channel::email).empty());
  bench.start_due(Channel::in_site);
  CHECK(bench.show("a").notice.deemed->channel == Channel::in_site);
  CHECK(bench.show("a").notice.deemed->on == day("2026-03-02"));
}
