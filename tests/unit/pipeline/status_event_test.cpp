// What publishers are told, from real lives of notices.
#include "gateway/pipeline/status_event.hpp"

#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Json with(Json request, std::string_view key, Json value) {
  request[key] = std::move(value);
  return request;
}

/// What has been told so far, in its order.
std::vector<Json> told(LifeBench& bench, std::string_view source = "duenotice") {
  const auto stored = bench.reader().publisher_events(0, 100, "");
  REQUIRE(stored.ok());
  std::vector<Json> events;
  for (const PublisherEvent& each : *stored) {
    const auto event = status_event(each, source);
    REQUIRE(event.ok());
    events.push_back(*parse_json(event->body));
    CHECK(*events.back().find("id") == Json(event->id));
    CHECK(*events.back().find("type") == Json(event->type));
  }
  return events;
}

Json data(const Json& event, std::string_view key) {
  const Json* value = event.find("data")->find(key);
  REQUIRE(value != nullptr);
  return *value;
}

std::string state(const Json& event) { return *data(event, "state").as_string(); }

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> names;
  for (const auto& [name, value] : *object.as_object()) names.push_back(name);
  return names;
}

}  // namespace

TEST_CASE("an accepted notice is told with its identity, its dates and who acts next") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-20");
  request["reference"] = "ticket 17";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const Json event = told(bench, "https://notices.example.com").at(0);
  const Notice notice = bench.show("a").notice;
  CHECK(keys(event) == std::vector<std::string>{"data", "datacontenttype", "id", "sequence", "source",
                                                "specversion", "subject", "time", "type"});
  CHECK(*event.find("specversion") == Json("1.0"));
  CHECK(*event.find("source") == Json("https://notices.example.com"));
  CHECK(*event.find("type") == Json("duenotice.notice.accepted.v1"));
  CHECK(*event.find("subject") == Json(notice.id));
  CHECK(*event.find("time") == Json("2026-03-02T17:00:00.000Z"));
  CHECK(*event.find("datacontenttype") == Json("application/json"));
  CHECK(*event.find("sequence") == Json("0000000000000000002"));
  CHECK(*event.find("id") == Json(notice.id + "-2"));
  const Json expected =
      Json::Object{{"sequence", 2},
                   {"state", "accepted"},
                   {"notice_id", notice.id},
                   {"source", "tests"},
                   {"request_id", "a"},
                   {"reference", "ticket 17"},
                   {"agreement", "test-agreement"},
                   {"agreement_version", "2024-01-01"},
                   {"kind", "all_hold"},
                   {"clause", "2.2"},
                   {"also_clauses", Json::array()},
                   {"channels_left_out", Json::array()},
                   {"account_id", notice.account_id},
                   {"time_zone", "America/New_York"},
                   {"effective_date", "2026-03-20"},
                   {"must_be_sent_by", "2026-03-12"},
                   {"sandbox", false},
                   {"sent_anything", false},
                   {"resend_safe",
                    Json::Object{{"safe", false},
                                 {"why",
                                  "Nothing was taken yet, and the gateway still sends it by itself; a resend "
                                  "would be a second."}}},
                   {"next_actor", "gateway"}};
  CHECK(canonical_json(*event.find("data")) == canonical_json(expected));
}

TEST_CASE("a legal date is told with its instant, its rule and its channel") {
  LifeBench bench(1, "2026-03-02T04:00:00.000Z");
  bench.publish(LifeBench::request("a", "plain"));
  const auto tasks = bench.start_due(Channel::email);
  bench.clock.advance(Milliseconds(1500));
  bench.finish(tasks.at(0), Outcome::sent);
  const Json event = told(bench).at(1);
  CHECK(*event.find("type") == Json("duenotice.notice.deemed_delivered.v1"));
  CHECK(data(event, "deemed_delivered_at") == Json("2026-03-02T04:00:01.500Z"));
  CHECK(data(event, "deemed_delivered_on") == Json("2026-03-01"));
  CHECK(data(event, "deemed_by") ==
        Json(Json::Object{
            {"rule", "agreement-date-of-sending"}, {"clause", "9"}, {"channel", "email"}, {"attempt", 1}}));
  CHECK(data(event, "lead_time_broken") == Json(false));
  CHECK(data(event, "effective_date").is_null());
  CHECK(data(event, "sent_anything") == Json(true));
  CHECK(*data(event, "resend_safe").find("safe") == Json(false));
  CHECK(data(event, "next_actor") == Json("nobody"));
}

TEST_CASE("the instant of a legal date is that of the reply, not that of its commit") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  const auto tasks = bench.start_due(Channel::email);
  const Instant read_at = bench.clock.now();
  bench.clock.advance(std::chrono::seconds(3));
  const OutcomeReport report{.outcome = Outcome::sent, .code = "250", .reply = {}, .retry_after = {}};
  const auto record = [&](Transaction& tx) {
    AfterCommit after;
    bench.life().record_outcome(tx, tasks.at(0).attempt_id, report, read_at, after);
  };
  REQUIRE(bench.journal().run(WorkClass::outcome, record) == Committed::yes);
  const Json event = told(bench).at(1);
  CHECK(data(event, "deemed_delivered_at") == Json(to_text(read_at)));
  CHECK(*event.find("time") == Json(to_text(bench.clock.now())));
}

TEST_CASE("a lead time that was broken makes an operator act") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  bench.publish(with(LifeBench::request("a", "all_hold"), "effective_date", "2026-03-10"));
  const auto tasks = bench.start_due(Channel::email);
  bench.clock.set("2026-03-03T05:00:00.000Z");
  bench.finish(tasks.at(0), Outcome::sent);
  const Json event = told(bench).back();
  CHECK(state(event) == "deemed_delivered");
  CHECK(data(event, "lead_time_broken") == Json(true));
  CHECK(data(event, "must_be_sent_by") == Json("2026-03-02"));
  CHECK(data(event, "next_actor") == Json("operator"));
}

TEST_CASE("a failed notice is told with why each delivery failed") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.finish(bench.start_due(Channel::email).at(0), OutcomeReport{.outcome = Outcome::permanent_failure,
                                                                    .code = "5.1.1",
                                                                    .reply = "no such user ada@example.org",
                                                                    .retry_after = {}});
  const Json event = told(bench).back();
  CHECK(*event.find("type") == Json("duenotice.notice.failed.v1"));
  CHECK(data(event, "deliveries") ==
        Json(Json::Array{Json::Object{
            {"channel", "email"}, {"state", "failed"}, {"reason", "refused"}, {"code", "5.1.1"}}}));
  CHECK(data(event, "sent_anything") == Json(false));
  CHECK(*data(event, "resend_safe").find("safe") == Json(true));
  CHECK(data(event, "next_actor") == Json("operator"));
}

TEST_CASE(
    "a held notice is told with its dates at that moment, and whether anything went out is not claimed") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  bench.settings.retry[Channel::email].on_unknown = OnUnknown::hold;
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::unknown);
  const Json unknown = told(bench).back();
  CHECK(state(unknown) == "held");
  CHECK(data(unknown, "sent_anything").is_null());
  CHECK(*data(unknown, "resend_safe").find("safe") == Json(false));
  CHECK(data(unknown, "next_actor") == Json("operator"));

  bench.publish(with(LifeBench::request("b", "all_hold"), "effective_date", "2026-03-10"));
  bench.clock.set("2026-03-04T17:00:00.000Z");
  bench.start_due(Channel::email);
  bench.start_due(Channel::in_site);
  const Json late = told(bench).back();
  CHECK(state(late) == "held");
  CHECK(data(late, "effective_date") == Json("2026-03-10"));
  CHECK(data(late, "must_be_sent_by") == Json("2026-03-02"));
  const Json deliveries = data(late, "deliveries");
  REQUIRE(deliveries.as_array()->size() == 2);
  const Json& first = deliveries.as_array()->front();
  CHECK(*first.find("reason") == Json("late"));
  CHECK(first.find("code")->is_null());
}

TEST_CASE("a cancelled notice is told") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  const Decision cancel{.kind = DecisionKind::cancel,
                        .act_id = "01KJACT",
                        .notice = bench.show("a").notice.number,
                        .operator_name = "wang",
                        .reason = "a mistake"};
  const auto decide = [&](Transaction& tx) {
    AfterCommit after;
    CHECK(bench.life().decide(tx, cancel, after).ok());
  };
  REQUIRE(bench.journal().run(WorkClass::outcome, decide) == Committed::yes);
  const Json event = told(bench).back();
  CHECK(*event.find("type") == Json("duenotice.notice.cancelled.v1"));
  CHECK(data(event, "sent_anything") == Json(false));
  CHECK(data(event, "next_actor") == Json("nobody"));
}

TEST_CASE("a rejection is told with what to change, under its own id") {
  LifeBench bench(1);
  REQUIRE(bench.publish(with(LifeBench::request("a", "plain"), "colour", "red")) == TakenIn::rejected);
  const Json event = told(bench).at(0);
  const std::string id = bench.reader().rejected(1)->front().id;
  CHECK(*event.find("type") == Json("duenotice.notice.rejected.v1"));
  CHECK(*event.find("subject") == Json(id));
  CHECK(*event.find("id") == Json(id + "-2"));
  const RejectedRequest row = bench.reader().rejected(1)->front();
  const Json expected = Json::Object{
      {"sequence", 2},
      {"state", "rejected"},
      {"rejection_id", id},
      {"source", "tests"},
      {"request_id", "a"},
      {"code", "unknown_field"},
      {"pointer", "/colour"},
      {"message", row.message},
      {"sent_anything", false},
      {"resend_safe", Json::Object{{"safe", true},
                                   {"why",
                                    "The request was not accepted, so nothing was sent for it; correct it "
                                    "and publish it again."}}},
      {"next_actor", "publisher"}};
  CHECK(canonical_json(*event.find("data")) == canonical_json(expected));
}

TEST_CASE("what is told of an event stays the same whatever becomes of its notice, and names nobody") {
  LifeBench bench(1);
  const Json request = LifeBench::request("a", "plain");
  bench.publish(request);
  const std::string before = canonical_json(told(bench).at(0));
  bench.send_one(Outcome::sent);
  const auto events = told(bench);
  CHECK(canonical_json(events.at(0)) == before);
  const std::string address = *request.find("recipient")->find("email")->as_string();
  const std::string name = *request.find("recipient")->find("name")->as_string();
  for (const Json& event : events) {
    const std::string text = canonical_json(event);
    CHECK(text.find(address) == std::string::npos);
    CHECK(text.find(name) == std::string::npos);
  }
}

TEST_CASE("a damaged event is an error that says where to look") {
  PublisherEvent event{
      .sequence = 17, .at = {}, .type = "accepted", .bytes = "{", .notice = {}, .rejection = {}};
  event.notice.emplace();
  const auto told = status_event(event, "duenotice");
  REQUIRE_FALSE(told.ok());
  CHECK(told.error().kind == ErrorKind::broken);
  CHECK(told.error().message.find("event 17") != std::string::npos);
  CHECK(told.error().message.find("doctor --deep") != std::string::npos);
}

TEST_CASE("types are found by their state and by their published name") {
  CHECK(status_types().size() == 6);
  CHECK(find_status_type("held")->in_history == "notice_held");
  CHECK(find_status_type("duenotice.notice.failed.v1")->in_history == "notice_failed");
  CHECK_FALSE(find_status_type("sending").has_value());
}
