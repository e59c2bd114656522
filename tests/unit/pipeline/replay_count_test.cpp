// Replays: what an order selects, what is counted before it is given, and how it goes.
#include <catch2/catch.hpp>

#include "gateway/pipeline/replay_order.hpp"
#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

void fail(LifeBench& bench, const std::string& id) {
  REQUIRE(bench.publish(LifeBench::request(id, "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::permanent_failure);
  REQUIRE(bench.show(id).notice.state == NoticeState::failed);
}

std::int64_t count(const Result<Json>& answer) { return *answer->find("deliveries")->as_integer(); }

}  // namespace

TEST_CASE("of notices that are named, what was sent goes out once more only where the order says so") {
  LifeBench bench(1);
  fail(bench, "failed");
  bench.publish(LifeBench::request("sent", "plain"));
  bench.send_one(Outcome::sent);
  const Json ids = Json::Array{bench.show("failed").notice.id, bench.show("sent").notice.id};
  const auto replay = [&](const char* reason, Json select) {
    select["notices"] = ids;
    return bench.perform(Json::Object{{"act", "replay"}, {"reason", reason}, {"select", std::move(select)}});
  };
  const auto only_failed = replay("mended", Json::object());
  REQUIRE(only_failed.ok());
  CHECK(count(only_failed) == 1);
  CHECK(count(replay("they lost it", Json::Object{{"state", "sent"}})) == 1);
  CHECK(count(replay("all of them", Json::Object{{"channel", "email"}})) == 2);
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).size() == 2);
}

TEST_CASE("who counts before the order finds the replay that the same words asked for") {
  LifeBench bench(1);
  for (const char* id : {"a", "b"}) fail(bench, id);
  const std::string a = bench.show("a").notice.id;
  const std::string b = bench.show("b").notice.id;
  const auto order = [&](Json ids) {
    return Json(Json::Object{{"act", "replay"},
                             {"operator", "li"},
                             {"reason", "mended"},
                             {"select", Json::Object{{"notices", std::move(ids)}}}});
  };
  const auto made = bench.perform(order(Json::Array{a, b}));
  REQUIRE(made.ok());
  const auto read = read_replay(order(Json::Array{b, a, b}),
                                [&](const std::string& id) { return bench.reader().notice(id); });
  REQUIRE(read.ok());
  CHECK(read->selection.notices.size() == 2);
  const auto job = bench.reader().job_like(sha256(read->selection_json));
  REQUIRE(job.ok());
  CHECK(*job == *made->find("job")->as_string());
}

TEST_CASE(
    "of an ordered notice that is stuck everywhere, a replay sends one channel, and the count says so") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "sms_then_email"));
  const AttemptTask sms = bench.send_one(Outcome::relayed, Channel::sms);
  REQUIRE(bench.report(sms, ReceiptKind::refused));
  bench.send_one(Outcome::permanent_failure, Channel::email);
  REQUIRE(bench.show("a").notice.state == NoticeState::failed);
  const auto passed_over = [&](const Selection& selection) {
    std::int64_t sum = 0;
    const auto counts = bench.reader().count(selection, {}, bench.clock.now());
    for (const SelectionCount& count : *counts) sum += count.passed_over;
    return sum;
  };
  const Selection named{.notices = {bench.show("a").notice.number}};
  CHECK(passed_over(named) == 1);
  CHECK(passed_over({.state = DeliveryState::failed}) == 1);
  CHECK(passed_over({.state = DeliveryState::failed, .channel = Channel::sms}) == 0);
  CHECK(passed_over({.state = DeliveryState::failed, .code = "test"}) == 0);
  REQUIRE(bench
              .perform(Json::Object{
                  {"act", "replay"}, {"reason", "mended"}, {"select", Json::Object{{"state", "failed"}}}})
              .ok());
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).size() == 1);
  CHECK(bench.start_due(Channel::sms).empty());
  CHECK(passed_over(named) == 2);
}

TEST_CASE("the count of a replay says which notices have their date already") {
  LifeBench bench(1);
  Json dated = LifeBench::request("a", "any_move");
  dated["effective_date"] = "2026-06-01";
  bench.publish(dated);
  bench.send_one(Outcome::permanent_failure);
  bench.start_due(Channel::in_site);
  REQUIRE(bench.show("a").notice.deemed.has_value());
  fail(bench, "b");
  const auto counted = bench.reader().count({.state = DeliveryState::failed}, {}, bench.clock.now());
  REQUIRE(counted->size() == 1);
  CHECK(counted->front().deliveries == 2);
  CHECK(counted->front().dated == 1);
  CHECK(counted->front().passed_over == 0);
}

TEST_CASE(
    "a further sending that our own relay has is called neither sent nor unanswered, until it reports") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "sms_plain"));
  REQUIRE(bench.report(bench.send_one(Outcome::relayed, Channel::sms), ReceiptKind::accepted));
  const NoticeFile before = bench.show("a");
  REQUIRE(before.notice.deemed.has_value());
  const auto made = bench.perform(
      Json::Object{{"act", "replay"},
                   {"reason", "they lost it"},
                   {"select", Json::Object{{"notices", Json::Array{before.notice.id}}, {"state", "sent"}}}});
  REQUIRE(made.ok());
  bench.run_replays();
  const AttemptTask further = bench.send_one(Outcome::relayed, Channel::sms);
  const auto progress = [&] {
    return *bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  };
  CHECK(progress().relayed == 1);
  CHECK(progress().unknown == 0);
  CHECK(progress().sent == 0);
  CHECK(progress().over());
  const ReceiptKind said = GENERATE(ReceiptKind::accepted, ReceiptKind::refused);
  REQUIRE(bench.report(further, said));
  CHECK(progress().relayed == 0);
  CHECK(progress().sent == (said == ReceiptKind::accepted ? 1 : 0));
  CHECK(progress().failed == (said == ReceiptKind::refused ? 1 : 0));
  CHECK(bench.show("a").notice.deemed->at == before.notice.deemed->at);
}

TEST_CASE("a further sending that our own relay never reports about is unknown after the same bound") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "sms_plain"));
  REQUIRE(bench.report(bench.send_one(Outcome::relayed, Channel::sms), ReceiptKind::accepted));
  const std::string id = bench.show("a").notice.id;
  const auto made =
      bench.perform(Json::Object{{"act", "replay"},
                                 {"reason", "they lost it"},
                                 {"select", Json::Object{{"notices", Json::Array{id}}, {"state", "sent"}}}});
  bench.run_replays();
  const AttemptTask further = bench.send_one(Outcome::relayed, Channel::sms);
  bench.clock.advance(std::chrono::minutes(4));
  CHECK(bench.settle_overdue(Channel::sms) == 0);
  bench.clock.advance(std::chrono::minutes(1));
  CHECK(bench.settle_overdue(Channel::sms) == 1);
  CHECK(bench.settle_overdue(Channel::sms) == 0);
  CHECK(bench.start_due(Channel::sms).empty());
  const NoticeFile file = bench.show("a");
  CHECK(file.attempts.at(1).outcome == Outcome::unknown);
  CHECK(file.attempts.at(1).code == "no_report");
  CHECK(bench.delivery(file, Channel::sms).state == DeliveryState::sent);
  CHECK(file.events.back().type == "resend_ended");
  const auto progress = [&] {
    return *bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  };
  CHECK(progress().unknown == 1);
  // What the relay says after all still counts.
  REQUIRE(bench.report(further, ReceiptKind::accepted));
  CHECK(progress().sent == 1);
}
