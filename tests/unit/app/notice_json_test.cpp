#include "gateway/app/notice_json.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/app/sample_notice.hpp"

using namespace duenotice;
using namespace duenotice::app;

namespace {

std::set<std::string> keys(const Json& object) {
  std::set<std::string> names;
  for (const auto& [name, value] : *object.as_object()) names.insert(name);
  return names;
}

const std::set<std::string> summary_keys = {"notice_id",
                                            "source",
                                            "request_id",
                                            "agreement",
                                            "agreement_version",
                                            "agreement_sha256",
                                            "kind",
                                            "clause",
                                            "also_clauses",
                                            "channels_left_out",
                                            "account_id",
                                            "erased",
                                            "reference",
                                            "state",
                                            "sandbox",
                                            "accepted_at",
                                            "effective_date",
                                            "earliest_effective_date",
                                            "must_be_sent_by",
                                            "lead_time_broken",
                                            "deemed_delivered_at",
                                            "deemed_delivered_on",
                                            "time_zone",
                                            "calendar",
                                            "dates_hold_until",
                                            "late_accepted",
                                            "late_known",
                                            "send_not_before",
                                            "deemed_by",
                                            "sent_anything",
                                            "resend_safe",
                                            "next_actor"};

}  // namespace

TEST_CASE("show has every key, with dates, instants and nulls in their forms") {
  const Json json = file_json(test::sample_notice());
  std::set<std::string> expected = summary_keys;
  expected.insert({"acts", "deliveries", "events", "renderings"});
  CHECK(keys(json) == expected);
  CHECK(*json.find("notice_id") == Json("01J2Z0V7N3KJ6Q8M4T5W9XYABC"));
  CHECK(*json.find("state") == Json("deemed_delivered"));
  CHECK(*json.find("reference") == Json());
  CHECK(*json.find("sandbox") == Json(true));
  CHECK(*json.find("accepted_at") == Json("2026-06-30T15:59:50.000Z"));
  CHECK(*json.find("effective_date") == Json("2026-08-15"));
  CHECK(*json.find("earliest_effective_date") == Json("2026-08-01"));
  CHECK(*json.find("must_be_sent_by") == Json("2026-07-15"));
  CHECK(*json.find("lead_time_broken") == Json(false));
  CHECK(*json.find("deemed_delivered_at") == Json("2026-06-30T16:00:00.000Z"));
  CHECK(*json.find("deemed_delivered_on") == Json("2026-07-01"));
  CHECK(
      *json.find("deemed_by") ==
      Json(Json::Object{
          {"rule", "agreement-date-of-sending"}, {"clause", "12.1"}, {"channel", "email"}, {"attempt", 2}}));
  CHECK(*json.find("sent_anything") == Json(true));
  CHECK(keys(*json.find("resend_safe")) == std::set<std::string>{"safe", "why"});
  CHECK(*json.find("next_actor") == Json("nobody"));
}

TEST_CASE("Deliveries and attempts carry masked addresses and replies that are UTF-8") {
  const Json json = file_json(test::sample_notice());
  const Json::Array& deliveries = *json.find("deliveries")->as_array();
  REQUIRE(deliveries.size() == 2);
  CHECK(keys(deliveries[0]) == std::set<std::string>{"channel", "counts", "address_masked", "state", "reason",
                                                     "due_at", "sandbox", "revision", "attempts", "sent",
                                                     "resend_safe", "next_actor"});
  CHECK(*deliveries[0].find("address_masked") == Json("z***@e***.com"));
  CHECK(*deliveries[0].find("due_at") == Json());
  CHECK(*deliveries[1].find("due_at") == Json("2026-06-30T16:01:00.000Z"));
  CHECK(deliveries[1].find("attempts")->as_array()->empty());
  const Json::Array& attempts = *deliveries[0].find("attempts")->as_array();
  REQUIRE(attempts.size() == 2);
  CHECK(keys(attempts[0]) == std::set<std::string>{"number", "revision", "started_at", "ended_at", "outcome",
                                                   "code", "reply", "message_id", "possible_duplicate",
                                                   "probe", "provider_id", "replay", "receipts"});
  CHECK(*attempts[0].find("outcome") == Json("transient_failure"));
  CHECK(*attempts[0].find("reply") == Json("450 4.2.1 \x1b[2Jtry later \xef\xbf\xbd\r\n"));
  CHECK(*attempts[1].find("message_id") == Json("01J2Z0V7N3KJ6Q8M4T5W9XYABC.1@example.com"));
  CHECK(*attempts[1].find("possible_duplicate") == Json(true));
  CHECK_THAT(pretty_json(json), !Catch::Contains("zhang.wei") && !Catch::Contains("10086"));
}

TEST_CASE("Receipts, replays, decisions and digests stand where they belong") {
  NoticeFile file = test::sample_notice();
  file.attempts[1].id = 7;
  file.attempts[1].job = 4;
  file.attempts[1].provider_id = "q-1";
  file.replays = {{.number = 4, .id = "JOB", .act = 9, .act_id = "ACT"}};
  file.receipts = {{.attempt = 7,
                    .kind = ReceiptKind::delivered,
                    .at = file.notice.accepted_at,
                    .provider_id = "c-1",
                    .report = "id:1 \xff"}};
  Act act;
  act.number = 9;
  act.id = "ACT";
  act.at = file.notice.accepted_at;
  act.what = "replay";
  act.operator_name = "li";
  act.reason = "relay \"mended\"\n=cmd";
  file.acts = {act};
  file.deliveries[1].state = DeliveryState::failed;
  const Json json = file_json(file);
  const Json::Array& deliveries = *json.find("deliveries")->as_array();
  const Json& sent = (*deliveries[0].find("attempts")->as_array())[1];
  CHECK(*sent.find("provider_id") == Json("q-1"));
  CHECK(*sent.find("replay") == Json("JOB"));
  CHECK(*sent.find("receipts") == Json(Json::Array{Json(Json::Object{{"kind", "delivered"},
                                                                     {"at", "2026-06-30T15:59:50.000Z"},
                                                                     {"provider_id", "c-1"},
                                                                     {"report", "id:1 \xef\xbf\xbd"}})}));
  const Json& first = (*deliveries[0].find("attempts")->as_array())[0];
  CHECK(first.find("replay")->is_null());
  CHECK(first.find("receipts")->as_array()->empty());
  CHECK(*deliveries[0].find("sent") == Json(true));
  CHECK(*deliveries[1].find("sent") == Json(false));
  CHECK(*deliveries[1].find("next_actor") == Json("nobody"));
  const Json& decided = json.find("acts")->as_array()->front();
  CHECK(keys(decided) == std::set<std::string>{"act_id", "at", "what", "operator", "erased", "reason",
                                               "channel", "statement", "evidence_name", "evidence_sha256",
                                               "replay"});
  CHECK(*decided.find("reason") == Json("relay \"mended\"\n=cmd"));
  CHECK(*decided.find("replay") == Json("JOB"));
  const Json& rendering = json.find("renderings")->as_array()->front();
  CHECK(keys(rendering) == std::set<std::string>{"channel", "revision", "reason", "made_at", "address_masked",
                                                 "message_id", "sha256", "template_sha256",
                                                 "sent_by_attempts"});
  CHECK(*rendering.find("sent_by_attempts") == Json(Json::Array{Json(2)}));
}

TEST_CASE("An element of list is the object of show without what hangs on the notice") {
  const NoticeFile file = test::sample_notice();
  Json shown = file_json(file);
  for (const char* key : {"acts", "deliveries", "events", "renderings"}) shown.as_object()->erase(key);
  CHECK(summary_json(file.notice, file.deliveries) == shown);
}

TEST_CASE("What is not known yet is null, never a blank or a zero") {
  NoticeFile file = test::sample_notice();
  file.notice.deemed.reset();
  file.notice.effective_date.reset();
  file.notice.earliest_effective_date.reset();
  file.notice.must_be_sent_by.reset();
  file.notice.state = NoticeState::sending;
  file.deliveries[0].state = DeliveryState::in_flight;
  file.attempts = {file.attempts[1]};
  file.attempts[0].ended_at.reset();
  file.attempts[0].outcome.reset();
  file.attempts[0].code.clear();
  file.attempts[0].reply.clear();
  const Json json = file_json(file);
  for (const char* key : {"deemed_delivered_at", "deemed_delivered_on", "deemed_by", "effective_date",
                          "earliest_effective_date", "must_be_sent_by", "dates_hold_until"}) {
    INFO(key);
    CHECK(json.find(key)->is_null());
  }
  const Json& attempt = json.find("deliveries")->as_array()->front().find("attempts")->as_array()->front();
  for (const char* key : {"ended_at", "outcome", "code", "reply"}) {
    INFO(key);
    CHECK(attempt.find(key)->is_null());
  }
  CHECK(json.find("sent_anything")->is_null());
  CHECK(*json.find("resend_safe")->find("safe") == Json(false));
  CHECK(*json.find("next_actor") == Json("gateway"));
}

TEST_CASE("Rejected requests and inbox entries have stable keys") {
  RejectedRequest request;
  request.id = "01J2Z0V7N3KJ6Q8M4T5W9XYABD";
  request.code = "missing_field";
  request.pointer = "/kind";
  request.message = "add kind";
  request.body = "{\"recipient\":{\"email\":\"zhang.wei@example.com\"}}";
  request.body_bytes = 49;
  const Json rejected = rejected_json({request});
  CHECK(keys(rejected.as_array()->front()) ==
        std::set<std::string>{"rejection_id", "at", "code", "pointer", "message", "source", "request_id",
                              "content_type", "body_bytes", "body_sha256", "state", "became", "erased",
                              "sent_anything", "resend_safe", "next_actor"});
  CHECK(*rejected.as_array()->front().find("next_actor") == Json("publisher"));
  CHECK(*rejected.as_array()->front().find("sent_anything") == Json(false));
  CHECK(rejected.as_array()->front().find("source")->is_null());
  CHECK_THAT(canonical_json(rejected), !Catch::Contains("zhang.wei"));

  InSiteMessage message;
  message.title = "标题";
  message.body = "正文";
  const Json inbox = inbox_json({{"01J2Z0V7N3KJ6Q8M4T5W9XYABC", message}});
  CHECK(keys(inbox.as_array()->front()) == std::set<std::string>{"notice_id", "shown_at", "title", "body"});
}

TEST_CASE("sent_anything is false only where nothing can have gone out") {
  NoticeFile file = test::sample_notice();
  const auto answer = [&](DeliveryState state, int unknowns) {
    file.deliveries[0].state = state;
    file.deliveries[0].unknowns = unknowns;
    return *summary_json(file.notice, file.deliveries).find("sent_anything");
  };
  CHECK(answer(DeliveryState::waiting, 0) == Json(false));
  CHECK(answer(DeliveryState::failed, 0) == Json(false));
  CHECK(answer(DeliveryState::held, 1).is_null());
  CHECK(answer(DeliveryState::failed, 6).is_null());
  CHECK(answer(DeliveryState::cancelled, 1).is_null());
  CHECK(answer(DeliveryState::waiting, 1).is_null());
  CHECK(answer(DeliveryState::in_flight, 0).is_null());
  CHECK(answer(DeliveryState::relayed, 0).is_null());
  CHECK(answer(DeliveryState::sent, 1) == Json(true));
}

TEST_CASE("What is erased is null, and it is said that it is") {
  NoticeFile file = test::sample_notice();
  file.notice.erased = true;
  file.notice.account_id.clear();
  file.deliveries[0].address_masked.clear();
  file.deliveries[1].state = DeliveryState::failed;
  Act act;
  act.at = file.notice.accepted_at;
  act.erased = true;
  file.acts = {act};
  const Json json = file_json(file);
  CHECK(*json.find("erased") == Json(true));
  for (const char* key : {"account_id", "source", "request_id"}) CHECK(json.find(key)->is_null());
  CHECK(*json.find("next_actor") == Json("nobody"));
  CHECK(*json.find("resend_safe")->find("safe") == Json(false));
  CHECK_THAT(*json.find("resend_safe")->find("why")->as_string(), Catch::Contains("erased"));
  for (const Json& delivery : *json.find("deliveries")->as_array())
    CHECK(*delivery.find("next_actor") == Json("nobody"));
  CHECK(json.find("deliveries")->as_array()->front().find("address_masked")->is_null());
  CHECK(json.find("renderings")->as_array()->front().find("sha256")->is_null());
  CHECK(json.find("acts")->as_array()->front().find("reason")->is_null());
  CHECK(*json.find("deemed_delivered_on") == Json("2026-07-01"));
}
