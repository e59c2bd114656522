// What people decide about one notice, and what they may not.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Json with(Json request, const char* key, Json value) {
  request[key] = std::move(value);
  return request;
}

void hold_unknown(LifeBench& bench, const std::string& kind = "plain") {
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  REQUIRE(bench.publish(LifeBench::request("a", kind)) == TakenIn::accepted);
  bench.send_one(Outcome::unknown);
  REQUIRE(bench.show("a").notice.state == NoticeState::held);
}

Json on_email() { return Json::Object{{"channel", "email"}}; }

/// Held because it was published in time and read too late: seven days' notice, effective on the 10th.
void hold_late(LifeBench& bench) {
  Json request = with(LifeBench::request("a", "ordered_hold"), "effective_date", "2026-03-10");
  REQUIRE(bench.publish_event(request, "2026-03-02T03:00:00Z") == TakenIn::accepted);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  bench.settle_overdue(Channel::email);
  bench.settle_overdue(Channel::in_site);
  const NoticeFile file = bench.show("a");
  REQUIRE(file.notice.state == NoticeState::held);
}

std::string refusal(const Result<Json>& answer) { return answer ? "" : answer.error().message; }

}  // namespace

TEST_CASE("a notice is cancelled while nothing of it can have gone out, and then nothing goes out") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::transient_failure);
  REQUIRE(bench.order("cancel", "a").ok());
  bench.clock.advance(std::chrono::hours(9));
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").notice.state == NoticeState::cancelled);
  CHECK_THAT(refusal(bench.order("cancel", "a")), Catch::Contains("cancelled already"));
  const auto types = bench.event_types("a");
  CHECK(std::count(types.begin(), types.end(), "notice_cancelled") == 1);
  CHECK(std::count(types.begin(), types.end(), "operator_act") == 1);
}

TEST_CASE("nothing goes out before the time that its publisher demanded, unless a person says so") {
  LifeBench bench(1);
  const std::string time = "2026-03-05T01:00:00.000Z";
  for (const char* id : {"a", "b"})
    bench.publish(with(LifeBench::request(id, "plain"), "send_not_before", "2026-03-05T01:00:00Z"));
  const auto refused = bench.order("retry", "a");
  CHECK_THAT(refusal(refused), Catch::Contains("not sent before " + time));
  CHECK_THAT(refusal(refused), Catch::Contains("--before-its-time"));
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").acts.empty());

  REQUIRE(bench.order("retry_early", "a").ok());
  CHECK(bench.show("a").acts.at(0).what == "retry_early");
  bench.send_one(Outcome::transient_failure);
  // A retry of what a person brought forward waits for its schedule alone.
  CHECK(bench.order("retry", "a").ok());
  bench.send_one(Outcome::sent);
  CHECK(bench.start_due(Channel::email).empty());
  bench.clock.set(time);
  CHECK(bench.start_due(Channel::email).size() == 1);
}

TEST_CASE("what is replayed or released goes out when its publisher wants it, not before") {
  LifeBench bench(1);
  Json request = with(LifeBench::request("a", "plain"), "send_not_before", "2026-03-05T01:00:00Z");
  bench.publish(request);
  REQUIRE(bench.order("retry_early", "a").ok());
  bench.send_one(Outcome::permanent_failure);
  const Json select = Json::Object{{"notices", Json::Array{Json(bench.show("a").notice.id)}}};
  REQUIRE(
      bench.perform(Json::Object{{"act", "replay"}, {"operator", "o"}, {"reason", "r"}, {"select", select}})
          .ok());
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(to_text(*bench.delivery(bench.show("a"), Channel::email).due_at) == "2026-03-05T01:00:00.000Z");
}

TEST_CASE("nothing is cancelled that is under way, was sent or may have been") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  bench.publish(LifeBench::request("a", "plain"));
  const auto task = bench.start_due(Channel::email);
  CHECK_THAT(refusal(bench.order("cancel", "a")), Catch::Contains("under way"));
  bench.finish(task.at(0), Outcome::unknown);
  CHECK_THAT(refusal(bench.order("cancel", "a")), Catch::Contains("without an answer"));
  REQUIRE(bench.order("resolve_resend", "a", on_email()).ok());
  bench.send_one(Outcome::sent);
  CHECK_THAT(refusal(bench.order("cancel", "a")), Catch::Contains("was sent"));
  CHECK(bench.show("a").notice.state == NoticeState::deemed_delivered);
}

TEST_CASE("a retry brings the due time forward and nothing else") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::transient_failure);
  CHECK(bench.start_due(Channel::email).empty());
  REQUIRE(bench.order("retry", "a").ok());
  bench.send_one(Outcome::permanent_failure);
  CHECK_THAT(refusal(bench.order("retry", "a")), Catch::Contains("replay"));
}

TEST_CASE("a resend of an unknown is marked as a possible duplicate, what was certainly not sent is none") {
  LifeBench bench(1);
  hold_unknown(bench);
  const bool not_sent = GENERATE(false, true);
  REQUIRE(bench.order(not_sent ? "resolve_not_sent" : "resolve_resend", "a", on_email()).ok());
  CHECK(bench.show("a").notice.state == NoticeState::sending);
  bench.send_one(Outcome::sent);
  const NoticeFile file = bench.show("a");
  CHECK(file.attempts.at(0).outcome == Outcome::unknown);
  CHECK(file.attempts.at(1).possible_duplicate == !not_sent);
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK_THAT(refusal(bench.order("resolve_resend", "a", on_email())), Catch::Contains("sent"));
}

TEST_CASE("what the provider confirms ends without a date of ours, and the next channel may still make one") {
  LifeBench bench(1);
  hold_unknown(bench, "one_after_another");
  Json evidence = on_email();
  CHECK_THAT(refusal(bench.order("resolve_provider_confirms", "a", evidence)), Catch::Contains("statement"));
  evidence["statement"] = "delivered at nine";
  evidence["evidence_name"] = "reply.eml";
  CHECK_THAT(refusal(bench.order("resolve_provider_confirms", "a", evidence)), Catch::Contains("evidence"));
  evidence["evidence"] = "bWFpbA==";
  REQUIRE(bench.order("resolve_provider_confirms", "a", evidence).ok());
  NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::email).state == DeliveryState::failed);
  CHECK(bench.delivery(file, Channel::email).reason == "provider_confirms");
  CHECK_FALSE(file.notice.deemed.has_value());
  CHECK_FALSE(resend_safety(file.notice.state, std::vector{standing_of(file.deliveries[0])}).safe);
  evidence["statement"] = "delivered at ten";
  CHECK_THAT(refusal(bench.order("resolve_provider_confirms", "a", evidence)),
             Catch::Contains("decided already"));
  CHECK(bench.show("a").acts.size() == 1);
  bench.start_due(Channel::in_site);
  file = bench.show("a");
  REQUIRE(file.notice.deemed.has_value());
  CHECK(file.notice.deemed->channel == Channel::in_site);
}

TEST_CASE("a late held notice gets a lawful date, and its words carry it") {
  LifeBench bench(1);
  hold_late(bench);
  CHECK_THAT(refusal(bench.order("resolve_resend", "a", on_email())), Catch::Contains("--effective-date"));
  // Sent on 4 March in New York: seven days lie between, so the 12th is the first lawful date.
  CHECK_THAT(
      refusal(bench.order("resolve_effective_date", "a", Json::Object{{"effective_date", "2026-03-11"}})),
      Catch::Contains("2026-03-12"));
  REQUIRE(bench.order("resolve_effective_date", "a", Json::Object{{"effective_date", "2026-03-12"}}).ok());
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].hand_over.revision == 2);
  CHECK_THAT(tasks[0].hand_over.content,
             Catch::Contains("March 12, 2026") || Catch::Contains("12 March 2026"));
  // In order: in-site has its turn only when email has failed.
  bench.start_due(Channel::in_site);
  bench.finish(tasks[0], Outcome::sent);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK(file.notice.deemed->channel == Channel::email);
  CHECK(bench.delivery(file, Channel::in_site).state == DeliveryState::not_needed);
  CHECK_FALSE(file.notice.lead_time_broken);
}

TEST_CASE(
    "a late held notice that is accepted goes out as it is, is not held again, and is marked when it is "
    "late") {
  LifeBench bench(1);
  hold_late(bench);
  REQUIRE(bench.order("accept_late", "a").ok());
  bench.send_one(Outcome::transient_failure);
  bench.clock.advance(std::chrono::hours(48));
  CHECK(bench.settle_overdue(Channel::email) == 0);
  bench.send_one(Outcome::sent);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK(file.notice.lead_time_broken);
  CHECK(bench.delivery(file, Channel::email).revision == 1);
  // A person knew and decided: nothing is left to do.
  CHECK(next_actor(file.notice) == NextActor::nobody);
  const auto& told = file.events.at(file.events.size() - 3);
  CHECK(told.type == events::deemed_delivered);
  CHECK_THAT(told.bytes, Catch::Contains("\"late_accepted\":true"));
}

TEST_CASE(
    "what is near its last lawful midnight goes first, and what has passed it is held without an attempt") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("early", "plain"));
  bench.clock.advance(std::chrono::minutes(1));
  bench.publish(with(LifeBench::request("near", "ordered_hold"), "effective_date", "2026-03-10"));
  auto tasks = bench.start_due(Channel::email, 1);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].hand_over.notice_id == bench.show("near").notice.id);
  bench.finish(tasks[0], {.outcome = Outcome::transient_failure, .retry_after = std::chrono::hours(48)});
  bench.clock.set("2026-03-03T04:55:00.000Z");  // five minutes before New York's midnight
  CHECK(bench.settle_overdue(Channel::email) == 1);
  const NoticeFile file = bench.show("near");
  CHECK(bench.delivery(file, Channel::email).state == DeliveryState::held);
  CHECK(file.attempts.size() == 1);
  bench.start_due(Channel::in_site);  // a faster channel still makes the date
  CHECK(bench.show("near").notice.deemed->channel == Channel::in_site);
}

TEST_CASE("no provider can confirm what was never handed over to it") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.change_transport(true);
  CHECK(bench.start_due(Channel::email).empty());
  REQUIRE(bench.show("a").notice.state == NoticeState::held);
  Json evidence = on_email();
  evidence["statement"] = "delivered at nine";
  evidence["evidence_name"] = "reply.eml";
  evidence["evidence"] = "bWFpbA==";
  CHECK_THAT(refusal(bench.order("resolve_provider_confirms", "a", evidence)),
             Catch::Contains("nothing was ever handed over"));
  CHECK(bench.order("cancel", "a").ok());
}

TEST_CASE("what is late and may have gone out is first found out about, and then gets a lawful date") {
  LifeBench bench(1);
  bench.publish(with(LifeBench::request("a", "ordered_hold"), "effective_date", "2026-03-10"));
  bench.send_one(Outcome::unknown);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  REQUIRE(bench.settle_overdue(Channel::email) == 1);
  const Json lawful = Json::Object{{"effective_date", "2026-03-12"}};
  CHECK_FALSE(bench.order("resolve_effective_date", "a", lawful).ok());
  CHECK_THAT(refusal(bench.order("resolve_resend", "a", on_email())), Catch::Contains("--effective-date"));
  REQUIRE(bench.order("resolve_not_sent", "a", on_email()).ok());
  REQUIRE(bench.settle_overdue(Channel::email) == 1);
  REQUIRE(bench.order("resolve_effective_date", "a", lawful).ok());
  bench.start_due(Channel::in_site);  // it has had the turn since email was held
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK_FALSE(file.notice.lead_time_broken);
}
