// What becomes of a delivery when sending it does not go well.
#include <catch2/catch.hpp>
#include <set>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

TEST_CASE("a transient failure waits for its schedule and uses it up") {
  LifeBench bench(1);
  bench.settings.standard_retry.schedule = {std::chrono::minutes(1), std::chrono::minutes(5)};
  bench.settings.standard_retry.attempts = 3;
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::transient_failure);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").notice.state == NoticeState::sending);
  // Give or take a fifth, so that what failed together does not come back together.
  bench.clock.advance(std::chrono::seconds(47));
  CHECK(bench.start_due(Channel::email).empty());
  bench.clock.advance(std::chrono::seconds(25));
  bench.send_one(Outcome::transient_failure);
  bench.clock.advance(std::chrono::seconds(239));
  CHECK(bench.start_due(Channel::email).empty());
  bench.clock.advance(std::chrono::seconds(121));
  bench.send_one(Outcome::transient_failure);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::failed);
  CHECK(bench.delivery(file, Channel::email).reason == "retries_exhausted");
  CHECK(file.attempts.size() == 3);
  CHECK(next_actor(file.notice.state, false) == NextActor::operator_);
}

TEST_CASE("what failed together does not come back together") {
  LifeBench bench(7);
  bench.settings.standard_retry.schedule = {std::chrono::minutes(10)};
  std::vector<AttemptTask> tasks;
  for (int i = 0; i < 40; ++i) {
    bench.publish(LifeBench::request("n" + std::to_string(i), "plain"));
    tasks.push_back(bench.start_due(Channel::email).front());
  }
  for (const AttemptTask& task : tasks) bench.finish(task, Outcome::transient_failure);
  std::set<Milliseconds> waits;
  for (int i = 0; i < 40; ++i) {
    const NoticeFile file = bench.show("n" + std::to_string(i));
    waits.insert(*bench.delivery(file, Channel::email).due_at - bench.clock.now());
  }
  // A fifth of ten minutes to both sides, and all over it.
  CHECK(waits.size() > 35);
  CHECK(*waits.begin() >= std::chrono::minutes(8));
  CHECK(*waits.begin() < std::chrono::minutes(9));
  CHECK(*waits.rbegin() <= std::chrono::minutes(12));
  CHECK(*waits.rbegin() > std::chrono::minutes(11));
}

TEST_CASE("a channel's own schedule goes before that of all") {
  LifeBench bench(3);
  bench.settings.standard_retry.schedule = {std::chrono::hours(5)};
  RetryPolicy email = bench.settings.standard_retry;
  email.schedule = {std::chrono::minutes(1)};
  email.attempts = 2;
  bench.settings.retry.emplace(Channel::email, email);
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::transient_failure);
  bench.clock.advance(std::chrono::seconds(73));
  bench.send_one(Outcome::transient_failure);
  const NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::email).reason == "retries_exhausted");
}

TEST_CASE("an unknown outcome is resent byte for byte, marked, a bounded number of times, then held") {
  LifeBench bench(1);
  bench.settings.standard_retry.unknown_resends = 2;
  bench.publish(LifeBench::request("a", "plain"));
  std::string first;
  for (int round = 0; round < 3; ++round) {
    const auto tasks = bench.start_due(Channel::email);
    REQUIRE(tasks.size() == 1);
    if (round == 0) first = tasks[0].hand_over.content;
    CHECK(tasks[0].hand_over.content == first);
    bench.finish(tasks[0], Outcome::unknown);
    bench.clock.advance(std::chrono::hours(3));
  }
  CHECK(bench.start_due(Channel::email).empty());
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::held);
  CHECK(bench.delivery(file, Channel::email).reason == "outcome_unknown");
  CHECK_FALSE(file.notice.deemed.has_value());
  CHECK_FALSE(file.attempts[0].possible_duplicate);
  CHECK(file.attempts[1].possible_duplicate);
  CHECK(file.attempts[2].possible_duplicate);
}

TEST_CASE("on_unknown = hold asks a person at once") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::unknown);
  CHECK(bench.show("a").notice.state == NoticeState::held);
}

TEST_CASE("what was never handed over is due again at once and uses up no retry") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::not_started);
  CHECK(bench.delivery(bench.show("a"), Channel::email).transient_failures == 0);
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  bench.finish(tasks[0], Outcome::sent);
  CHECK_FALSE(bench.show("a").attempts[1].possible_duplicate);
}

TEST_CASE("a provider that asks to wait is obeyed") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  const auto tasks = bench.start_due(Channel::email);
  bench.finish(tasks.at(0), OutcomeReport{.outcome = Outcome::transient_failure,
                                          .code = "451",
                                          .reply = "451 come back later",
                                          .retry_after = std::chrono::minutes(90)});
  CHECK(*bench.delivery(bench.show("a"), Channel::email).due_at ==
        bench.clock.now() + std::chrono::minutes(90));
}

TEST_CASE("an intent that a crash left open is unknown after the restart, and its resend is marked") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  REQUIRE(bench.start_due(Channel::email).size() == 1);
  bench.restart();
  CHECK(bench.recover() == 1);
  CHECK(bench.recover() == 0);
  const NoticeFile file = bench.show("a");
  REQUIRE(file.attempts.size() == 1);
  CHECK(file.attempts[0].outcome == Outcome::unknown);
  CHECK(file.attempts[0].code == "interrupted");
  CHECK_FALSE(file.notice.deemed.has_value());
  bench.send_one(Outcome::sent);
  CHECK(bench.show("a").attempts[1].possible_duplicate);
  CHECK(bench.show("a").notice.deemed->attempt == 2);
}

TEST_CASE("work that was not committed leaves nothing behind") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"), true);
  bench.restart();
  CHECK_FALSE(bench.reader().show("tests", "a").ok());
  CHECK(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
}

TEST_CASE("a later sending never moves the date") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = LifeBench::request("a", "any_move");
  request["effective_date"] = "2026-04-01";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const CalendarDate first = bench.show("a").notice.deemed->on;  // in-site, at once
  bench.clock.advance(std::chrono::hours(72));
  bench.send_one(Outcome::sent);
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.deemed->on == first);
  CHECK(file.notice.deemed->channel == Channel::in_site);
  CHECK(bench.delivery(file, Channel::email).state == DeliveryState::sent);
}

TEST_CASE("a date that moves every day does not make the retries endless") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  bench.settings.standard_retry.attempts = 3;
  Json request = LifeBench::request("a", "any_move");
  request["effective_date"] = "2026-03-10";
  request["channels"] = Json::Array{"email"};
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  for (int day = 0; day < 3; ++day) {
    bench.send_one(Outcome::transient_failure);
    bench.clock.advance(std::chrono::hours(24));
  }
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").notice.state == NoticeState::failed);
  CHECK(bench.delivery(bench.show("a"), Channel::email).reason == "retries_exhausted");
}

TEST_CASE("what was accepted for sending is never written to a file instead, nor the other way round") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.change_transport(true);
  CHECK(bench.start_due(Channel::email).empty());
  const NoticeFile file = bench.show("a");
  CHECK(file.notice.state == NoticeState::held);
  CHECK(bench.delivery(file, Channel::email).reason == "transport_changed");
  CHECK_FALSE(file.notice.deemed.has_value());

  bench.publish(LifeBench::request("b", "plain"));
  bench.change_transport(false);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("b").notice.sandbox);
  CHECK(bench.show("b").notice.state == NoticeState::held);
}

TEST_CASE("a date is not moved while a channel is not configured: nobody can write its words in its format") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = LifeBench::request("a", "any_move");
  request["effective_date"] = "2026-03-10";
  request["send_not_before"] = "2026-03-02T18:00:00Z";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  bench.remove_email();
  bench.clock.set("2026-03-04T17:00:00.000Z");
  CHECK(bench.start_due(Channel::in_site).empty());
  const NoticeFile file = bench.show("a");
  CHECK(bench.delivery(file, Channel::in_site).reason == "late");
  CHECK(to_text(*file.notice.effective_date) == "2026-03-10");
  CHECK(file.renderings.size() == 2);
  CHECK(bench.delivery(file, Channel::email).revision == 1);
}

TEST_CASE("the mark of the sandbox belongs to what the legal date rests on") {
  LifeBench bench(1);
  bench.change_transport(true);
  bench.publish(LifeBench::request("real", "sms_then_email"));
  bench.publish(LifeBench::request("written", "plain"));
  CHECK(bench.show("real").notice.sandbox);
  bench.send_one(Outcome::sent, Channel::sms);
  bench.send_one(Outcome::sent, Channel::email);
  REQUIRE(bench.show("real").notice.deemed.has_value());
  CHECK_FALSE(bench.show("real").notice.sandbox);
  REQUIRE(bench.show("written").notice.deemed.has_value());
  CHECK(bench.show("written").notice.sandbox);
}

TEST_CASE("a probe that finds its provider away is on record and uses up no retry") {
  LifeBench bench(1);
  bench.settings.standard_retry.attempts = 2;
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  const auto probe = [&](const OutcomeReport& report) {
    const auto tasks = bench.start_due(Channel::email, 1, false, true);
    REQUIRE(tasks.size() == 1);
    bench.finish(tasks[0], report);
    return bench.show("a");
  };
  const OutcomeReport away{
      .outcome = Outcome::transient_failure, .code = "connect_failed", .provider_fault = true};
  for (int i = 1; i <= 5; ++i) {
    const NoticeFile file = probe(away);
    const Delivery& delivery = bench.delivery(file, Channel::email);
    CHECK(delivery.state == DeliveryState::waiting);
    CHECK(delivery.transient_failures == 0);
    CHECK(delivery.due_at == bench.clock.now());
    CHECK(delivery.attempts == i);
    CHECK(file.attempts.back().probe);
    CHECK(file.attempts.back().outcome == Outcome::transient_failure);
    CHECK_THAT(file.events.back().bytes, Catch::Contains("\"probe\":true"));
  }
  OutcomeReport later = away;
  later.retry_after = std::chrono::minutes(3);
  NoticeFile file = probe(later);
  CHECK(bench.delivery(file, Channel::email).due_at == bench.clock.now() + std::chrono::minutes(3));
  bench.clock.advance(std::chrono::minutes(3));
  // What the provider says of the message itself counts as ever.
  file = probe({.outcome = Outcome::transient_failure, .code = "451", .provider_fault = false});
  CHECK(bench.delivery(file, Channel::email).transient_failures == 1);
  CHECK(bench.delivery(file, Channel::email).due_at > bench.clock.now());
  bench.clock.advance(std::chrono::hours(1));
  bench.send_one(Outcome::transient_failure);
  file = bench.show("a");
  CHECK(bench.delivery(file, Channel::email).reason == "retries_exhausted");
  CHECK_FALSE(file.attempts.back().probe);
}

TEST_CASE("a probe of a further sending uses up no retry either") {
  LifeBench bench(1);
  bench.settings.standard_retry.attempts = 1;
  REQUIRE(bench.publish(LifeBench::request("a", "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::sent);
  REQUIRE(
      bench
          .perform(Json::Object{{"act", "replay"},
                                {"reason", "they lost it"},
                                {"select", Json::Object{{"notices", Json::Array{bench.show("a").notice.id}},
                                                        {"state", "sent"}}}})
          .ok());
  bench.run_replays();
  for (int i = 0; i < 3; ++i) {
    const auto tasks = bench.start_due(Channel::email, 1, false, true);
    REQUIRE(tasks.size() == 1);
    bench.finish(tasks[0], OutcomeReport{.outcome = Outcome::transient_failure,
                                         .code = "connect_failed",
                                         .provider_fault = true});
  }
  bench.send_one(Outcome::transient_failure);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.event_types("a").back() == "resend_ended");
}
