// What a relay says later about an attempt, in every order.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

constexpr Channel sms = Channel::sms;

const Delivery& sms_of(LifeBench& bench, const NoticeFile& file) { return bench.delivery(file, sms); }

AttemptTask relayed(LifeBench& bench, const std::string& kind = "sms_plain") {
  REQUIRE(bench.publish(LifeBench::request("a", kind)) == TakenIn::accepted);
  return bench.send_one(Outcome::relayed, sms);
}

}  // namespace

TEST_CASE("what our relay took is no sending: the carrier's acceptance is, dated when it was read") {
  LifeBench bench(1);
  const AttemptTask task = relayed(bench);
  NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::sending);
  CHECK(sms_of(bench, file).state == DeliveryState::relayed);
  CHECK_FALSE(file.notice.deemed.has_value());
  bench.clock.advance(std::chrono::minutes(2));
  CHECK(bench.report(task, ReceiptKind::accepted, "carrier-7"));
  file = bench.show("a");
  REQUIRE(file.notice.deemed.has_value());
  CHECK(file.notice.deemed->at == bench.clock.now());
  CHECK(file.attempts[0].outcome == Outcome::sent);
  CHECK(file.attempts[0].provider_id == "carrier-7");
  CHECK(file.attempts[0].reply == "relayed");
}

TEST_CASE("delivery reports come in any order and twice, and the first good one makes the date, once") {
  const std::vector<std::vector<ReceiptKind>> orders{
      {ReceiptKind::accepted, ReceiptKind::delivered},
      {ReceiptKind::delivered, ReceiptKind::accepted},
      {ReceiptKind::buffered, ReceiptKind::accepted, ReceiptKind::accepted, ReceiptKind::delivered},
      {ReceiptKind::delivered},
  };
  for (const auto& order : orders) {
    LifeBench bench(1);
    const AttemptTask task = relayed(bench);
    std::optional<Instant> first;
    for (const ReceiptKind kind : order) {
      bench.clock.advance(std::chrono::seconds(10));
      CHECK(bench.report(task, kind));
      if (kind != ReceiptKind::buffered && !first) first = bench.clock.now();
      CHECK(bench.show("a").notice.deemed.has_value() == first.has_value());
    }
    CHECK(bench.show("a").notice.deemed->at == *first);
    CHECK(bench.show("a").attempts.size() == 1);
  }
}

TEST_CASE(
    "a report that is faster than the relay's own answer waits for it, and a crash between loses neither") {
  LifeBench bench(1);
  REQUIRE(bench.publish(LifeBench::request("a", "sms_plain")) == TakenIn::accepted);
  const auto tasks = bench.start_due(sms);
  REQUIRE(tasks.size() == 1);
  const Instant read_at = bench.clock.now();
  CHECK(bench.report(tasks[0], ReceiptKind::accepted));
  CHECK_FALSE(bench.show("a").notice.deemed.has_value());
  bench.clock.advance(std::chrono::seconds(3));
  SECTION("the answer comes") { bench.finish(tasks[0], Outcome::relayed); }
  SECTION("the answer is lost with the process") {
    bench.restart();
    CHECK(bench.recover() == 1);
  }
  REQUIRE(bench.show("a").notice.deemed.has_value());
  CHECK(bench.show("a").notice.deemed->at == read_at);
  CHECK(bench.start_due(sms).empty());
}

TEST_CASE("what the carrier refused has failed, and in order the next channel is due") {
  LifeBench bench(1);
  const AttemptTask task = relayed(bench, "sms_then_email");
  CHECK(bench.report(task, ReceiptKind::refused));
  const NoticeFile file = bench.show("a");
  CHECK(sms_of(bench, file).state == DeliveryState::failed);
  CHECK(sms_of(bench, file).last_code == "reported_refused");
  CHECK(bench.start_due(Channel::email).size() == 1);
}

TEST_CASE("a relay that never reports leaves it unknown, and a person is asked, a late report still counts") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  const AttemptTask task = relayed(bench);
  bench.clock.advance(std::chrono::minutes(4));
  CHECK(bench.settle_overdue(sms) == 0);
  bench.clock.advance(std::chrono::minutes(1));
  CHECK(bench.settle_overdue(sms) == 1);
  NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::held);
  CHECK(sms_of(bench, file).reason == "outcome_unknown");
  CHECK(file.attempts[0].outcome == Outcome::unknown);
  CHECK(bench.settle_overdue(sms) == 0);
  bench.clock.advance(std::chrono::hours(30));
  CHECK(bench.report(task, ReceiptKind::accepted));
  file = bench.show("a");
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK(file.notice.deemed->at == bench.clock.now());
}

TEST_CASE("a refusal that comes late makes an unknown attempt a failed one, and no duplicate of the next") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  const AttemptTask task = relayed(bench);
  bench.clock.advance(std::chrono::minutes(6));
  REQUIRE(bench.settle_overdue(sms) == 1);
  CHECK(bench.report(task, ReceiptKind::refused));
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::failed);
  CHECK(resend_safety(file.notice.state, {}).safe);
  CHECK(sms_of(bench, file).unknowns == 0);
}

TEST_CASE(
    "a report that outruns a second attempt settles the delivery, the second is recorded and changes "
    "nothing") {
  LifeBench bench(1);
  bench.settings.standard_retry.unknown_resends = 1;
  const AttemptTask first = relayed(bench);
  bench.clock.advance(std::chrono::minutes(6));
  REQUIRE(bench.settle_overdue(sms) == 1);
  bench.clock.advance(std::chrono::hours(3));
  const auto second = bench.start_due(sms);
  REQUIRE(second.size() == 1);
  CHECK(bench.report(first, ReceiptKind::accepted));
  const Instant deemed_at = bench.show("a").notice.deemed->at;
  bench.clock.advance(std::chrono::minutes(1));
  bench.finish(second[0], Outcome::relayed);
  bench.report(second[0], ReceiptKind::accepted);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.deemed->at == deemed_at);
  CHECK(file.notice.deemed->attempt == 1);
  CHECK(file.attempts[1].possible_duplicate);
  CHECK(file.attempts[1].outcome == Outcome::sent);
  CHECK(bench.settle_overdue(sms) == 0);
}

TEST_CASE(
    "a message that never arrives is followed by a courtesy sending on a channel not tried, the date stays") {
  for (const bool swapped : {false, true}) {
    LifeBench bench(1);
    const AttemptTask task = relayed(bench, "sms_then_email");
    if (swapped) bench.report(task, ReceiptKind::undelivered);
    bench.report(task, ReceiptKind::accepted);
    const auto deemed = bench.show("a").notice.deemed;
    REQUIRE(deemed.has_value());
    if (!swapped) {
      CHECK(bench.start_due(Channel::email).empty());
      bench.clock.advance(std::chrono::hours(1));
      bench.report(task, ReceiptKind::undelivered);
    }
    bench.send_one(Outcome::sent);
    const NoticeFile file = bench.show("a");
    CHECK(file.notice.deemed->channel == sms);
    CHECK(file.notice.deemed->at == deemed->at);
    bench.report(task, ReceiptKind::delivered);
    CHECK(bench.start_due(Channel::email).empty());
  }
}

TEST_CASE("a report about nothing of ours is not taken") {
  LifeBench bench(1);
  AttemptTask task = relayed(bench);
  task.hand_over.attempt = 2;
  CHECK_FALSE(bench.report(task, ReceiptKind::accepted));
  task.hand_over.notice_id = "01KJNOTICE0000000000000001";
  CHECK_FALSE(bench.report(task, ReceiptKind::accepted));
  CHECK_FALSE(bench.show("a").notice.deemed.has_value());
}

TEST_CASE("what a person called not sent is counted anew: a late refusal of it clears no later attempt") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  const AttemptTask first = relayed(bench);
  bench.clock.advance(std::chrono::minutes(6));
  REQUIRE(bench.settle_overdue(sms) == 1);
  REQUIRE(bench.order("resolve_not_sent", "a", Json::Object{{"channel", "sms"}}).ok());
  bench.send_one(Outcome::relayed, sms);
  bench.clock.advance(std::chrono::minutes(6));
  REQUIRE(bench.settle_overdue(sms) == 1);
  CHECK(bench.report(first, ReceiptKind::refused));
  const NoticeFile file = bench.show("a");
  CHECK(sms_of(bench, file).unknowns == 1);
  CHECK(file.attempts.at(1).outcome == Outcome::unknown);
  CHECK_FALSE(bench.order("cancel", "a").ok());
}

TEST_CASE("a late acceptance counts whatever was decided or reported before it") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  const AttemptTask task = relayed(bench);
  SECTION("the person was sure that it had not gone out, and cancelled it") {
    bench.clock.advance(std::chrono::minutes(6));
    REQUIRE(bench.settle_overdue(sms) == 1);
    REQUIRE(bench.order("resolve_not_sent", "a", Json::Object{{"channel", "sms"}}).ok());
    REQUIRE(bench.order("cancel", "a").ok());
  }
  SECTION("the carrier had said that it refused it") {
    CHECK(bench.report(task, ReceiptKind::refused));
    REQUIRE(bench.show("a").notice.state == NoticeState::failed);
  }
  CHECK(bench.report(task, ReceiptKind::accepted));
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::deemed_delivered);
  CHECK(file.notice.deemed->at == bench.clock.now());
}

TEST_CASE(
    "where both channels are demanded, a report read earlier and applied later does not make the date "
    "earlier") {
  LifeBench bench(1);
  bench.clock.set("2026-03-03T04:59:50.000Z");  // ten seconds before New York's midnight
  REQUIRE(bench.publish(LifeBench::request("a", "sms_and_email")) == TakenIn::accepted);
  const auto tasks = bench.start_due(sms);
  REQUIRE(tasks.size() == 1);
  CHECK(bench.report(tasks[0], ReceiptKind::accepted));
  bench.clock.set("2026-03-03T05:00:02.000Z");
  bench.send_one(Outcome::sent);
  const Instant mail_sent = bench.clock.now();
  bench.clock.advance(std::chrono::seconds(4));
  bench.finish(tasks[0], Outcome::relayed);
  const auto deemed = bench.show("a").notice.deemed;
  REQUIRE(deemed.has_value());
  CHECK(deemed->at == mail_sent);
  CHECK(to_text(deemed->on) == "2026-03-03");
  CHECK(deemed->channel == Channel::email);
}
