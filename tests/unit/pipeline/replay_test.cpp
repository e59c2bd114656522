// Replays: frozen once, worked off whatever happens, and never sent twice.
#include <array>

#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Json failed_mail(const char* reason) {
  return Json::Object{{"act", "replay"},
                      {"reason", reason},
                      {"select", Json::Object{{"state", "failed"}, {"channel", "email"}, {"code", "test"}}}};
}

void fail(LifeBench& bench, const std::string& id, const std::string& kind = "plain") {
  REQUIRE(bench.publish(LifeBench::request(id, kind)) == TakenIn::accepted);
  bench.send_one(Outcome::permanent_failure);
  REQUIRE(bench.show(id).notice.state == NoticeState::failed);
}

std::int64_t count(const Result<Json>& answer) { return *answer->find("deliveries")->as_integer(); }
bool asked_before(const Result<Json>& answer) { return *answer->find("asked_before")->as_bool(); }

}  // namespace

TEST_CASE("what failed is sent again once for each reason, and its attempts name the replay") {
  LifeBench bench(1);
  for (const char* id : {"a", "b", "c"}) fail(bench, id);
  const auto made = bench.perform(failed_mail("relay was down"));
  REQUIRE(made.ok());
  CHECK(count(made) == 3);
  // Interrupted before anything was made due: the same words go on with the same replay.
  bench.restart();
  const auto again = bench.perform(failed_mail("relay was down"));
  REQUIRE(again.ok());
  CHECK(asked_before(again));
  CHECK(*again->find("job") == *made->find("job"));
  bench.run_replays();
  auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 3);
  bench.clock.advance(std::chrono::hours(30));
  for (const AttemptTask& task : tasks) bench.finish(task, Outcome::sent);
  for (const char* id : {"a", "b", "c"}) {
    const NoticeFile file = bench.show(id);
    CHECK(file.notice.deemed->at == bench.clock.now());
    CHECK(file.attempts.at(1).job.has_value());
    CHECK_FALSE(file.attempts.at(0).job.has_value());
    CHECK(file.attempts.at(1).revision == 1);
  }
  CHECK(asked_before(bench.perform(failed_mail("relay was down"))));
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).empty());
  const auto nothing = bench.perform(failed_mail("once more"));
  REQUIRE_FALSE(nothing.ok());
  CHECK(nothing.error().kind == ErrorKind::not_found);
}

TEST_CASE("a notice that was sent is sent once more beside its record, which nothing changes") {
  LifeBench bench(1);
  bench.publish(LifeBench::request("a", "plain"));
  bench.send_one(Outcome::sent);
  const NoticeFile before = bench.show("a");
  const Json ids = Json::Array{before.notice.id};
  Json order = Json::Object{{"act", "replay"},
                            {"reason", "it was lost"},
                            {"select", Json::Object{{"notices", ids}}},
                            {"email", "new@example.com"}};
  REQUIRE(bench.perform(order).ok());
  bench.run_replays();
  bench.clock.advance(std::chrono::hours(30));
  auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 1);
  CHECK(tasks[0].hand_over.address == "new@example.com");
  CHECK_THAT(tasks[0].hand_over.content, Catch::Contains("new@example.com"));
  bench.finish(tasks[0], Outcome::transient_failure);
  CHECK(bench.start_due(Channel::email).empty());
  bench.clock.advance(std::chrono::hours(1));
  // Killed in the middle of the second try: nobody knows, and nobody is told twice without being asked.
  REQUIRE(bench.start_due(Channel::email).size() == 1);
  bench.restart();
  CHECK(bench.recover() == 1);
  bench.clock.advance(std::chrono::hours(30));
  CHECK(bench.start_due(Channel::email).empty());
  const NoticeFile after = bench.show("a");
  CHECK(after.notice.deemed->at == before.notice.deemed->at);
  CHECK(after.notice.state == NoticeState::deemed_delivered);
  CHECK(after.attempts.size() == 3);
  CHECK(bench.delivery(after, Channel::email).state == DeliveryState::sent);
  CHECK(bench.delivery(after, Channel::email).address == before.deliveries[0].address);
}

TEST_CASE("a corrected address is a new revision of a failed delivery, for one account only") {
  LifeBench bench(1);
  fail(bench, "a");
  Json request = LifeBench::request("b", "plain");
  request["account_id"] = "another";
  bench.publish(request);
  bench.send_one(Outcome::permanent_failure);
  Json order = Json::Object{
      {"act", "replay"},
      {"reason", "moved"},
      {"email", "new@example.com"},
      {"select",
       Json::Object{{"notices", Json::Array{bench.show("a").notice.id, bench.show("b").notice.id}}}}};
  CHECK_THAT(bench.perform(order).error().message, Catch::Contains("one account"));
  order["select"] = Json::Object{{"notices", Json::Array{bench.show("a").notice.id}}};
  REQUIRE(bench.perform(order).ok());
  bench.run_replays();
  bench.send_one(Outcome::sent);
  const NoticeFile file = bench.show("a");
  REQUIRE(file.renderings.size() == 2);
  CHECK(file.renderings[1].reason == "address_corrected");
  CHECK(file.renderings[1].address == "new@example.com");
  CHECK(file.renderings[0].address != "new@example.com");
  CHECK(file.attempts.at(1).revision == 2);
}

TEST_CASE("a replay passes over what is under way or was decided otherwise, and says why") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  fail(bench, "failed");
  bench.publish(LifeBench::request("flying", "plain"));
  const auto flying = bench.start_due(Channel::email);
  bench.publish(LifeBench::request("waiting", "plain"));
  Json ids = Json::array();
  for (const char* id : {"failed", "flying", "waiting"}) ids.push_back(bench.show(id).notice.id);
  const auto made = bench.perform(
      Json::Object{{"act", "replay"}, {"reason", "all"}, {"select", Json::Object{{"notices", ids}}}});
  REQUIRE(made.ok());
  bench.run_replays();
  const auto progress = bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  REQUIRE(progress.ok());
  CHECK(progress->job.state == JobState::done);
  CHECK(progress->under_way == 1);
  REQUIRE(progress->passed_over.size() == 2);
  CHECK(progress->passed_over[0].why == "under_way");
  CHECK(progress->passed_over[1].why == "waiting_already");
}

TEST_CASE("the progress of a replay says of each further sending how that one ended") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  Json ids = Json::array();
  for (const char* id : {"a", "b", "c", "d"}) {
    bench.publish(LifeBench::request(id, "plain"));
    bench.send_one(Outcome::sent);
    ids.push_back(bench.show(id).notice.id);
  }
  fail(bench, "e");
  ids.push_back(bench.show("e").notice.id);
  const auto made =
      bench.perform(Json::Object{{"act", "replay"},
                                 {"reason", "they lost them"},
                                 {"select", Json::Object{{"notices", ids}, {"channel", "email"}}}});
  const auto progress = [&] {
    return *bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  };
  bench.run_replays();
  CHECK(progress().under_way == 5);
  // Another replay of the same passes them over while they are on their way.
  Selection selection;
  for (const char* id : {"a", "e"}) selection.notices.push_back(bench.show(id).notice.number);
  const auto counted = bench.reader().count(selection, {}, bench.clock.now());
  REQUIRE(counted->size() == 1);
  CHECK(counted->front().deliveries == 2);
  CHECK(counted->front().passed_over == 2);
  CHECK(counted->front().sent_already == 0);
  auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 5);
  const std::array outcomes{Outcome::sent, Outcome::permanent_failure, Outcome::unknown,
                            Outcome::transient_failure};
  std::size_t next = 0;
  for (const AttemptTask& task : tasks) {
    const bool failed_before = task.hand_over.notice_id == bench.show("e").notice.id;
    bench.finish(task, failed_before ? Outcome::sent : outcomes.at(next++));
  }
  CHECK(progress().sent == 2);
  CHECK(progress().failed == 1);
  CHECK(progress().unknown == 1);
  CHECK(progress().waiting == 1);
  CHECK(progress().open() == 0);
  CHECK(progress().ended() == 5);
}

TEST_CASE(
    "what is cancelled after a replay made it due is passed over, and in whatever order notices are named") {
  LifeBench bench(1);
  Json ids = Json::array();
  for (const char* id : {"a", "b"}) {
    fail(bench, id);
    ids.push_back(bench.show(id).notice.id);
  }
  const auto order = [&](Json which) {
    return Json(Json::Object{
        {"act", "replay"}, {"reason", "mended"}, {"select", Json::Object{{"notices", std::move(which)}}}});
  };
  const auto made = bench.perform(order(ids));
  bench.run_replays();
  REQUIRE(bench
              .perform(Json::Object{
                  {"act", "cancel"}, {"reason", "withdrawn"}, {"notice", *ids.as_array()->begin()}})
              .ok());
  const auto& both = *ids.as_array();
  const auto again = bench.perform(order(Json::Array{both[1], both[0], both[1]}));
  CHECK(asked_before(again));
  const auto progress = bench.reader().progress(*again->find("job")->as_string(), bench.clock.now());
  CHECK(progress->under_way == 1);
  REQUIRE(progress->passed_over.size() == 1);
  CHECK(progress->passed_over[0].why == "cancelled");
}

TEST_CASE("a replay must say what it is about") {
  LifeBench bench(1);
  for (const char* select :
       {"{}", R"({"state":"waiting"})", R"({"state":"failed","channel":"fax"})", R"({"notices":[]})",
        R"({"state":"failed","chanel":"sms"})", R"({"state":"failed","x":1.5})",
        R"({"notices":["01KJNOTICE0000000000000001"],"state":"failed"})", R"({"notices":["nobody"]})",
        R"({"state":"failed","since":"x"})"}) {
    INFO(select);
    const auto answer =
        bench.perform(Json::Object{{"act", "replay"}, {"reason", "x"}, {"select", *parse_json(select)}});
    CHECK_FALSE(answer.ok());
  }
}

TEST_CASE("a further sending makes no date, so it begins however late its notice has become") {
  LifeBench bench(1);
  Json request = LifeBench::request("a", "hold_with_copy");
  request["effective_date"] = "2026-03-10";
  REQUIRE(bench.publish(request) == TakenIn::accepted);
  const AttemptTask copy = bench.send_one(Outcome::relayed, Channel::sms);
  REQUIRE(bench.report(copy, ReceiptKind::accepted));
  bench.clock.set("2026-03-04T15:00:00.000Z");
  REQUIRE(bench.settle_overdue(Channel::email) == 1);
  REQUIRE(bench.show("a").notice.state == NoticeState::held);
  const Json ids = Json::Array{bench.show("a").notice.id};
  REQUIRE(bench
              .perform(Json::Object{{"act", "replay"},
                                    {"reason", "it was lost"},
                                    {"select", Json::Object{{"notices", ids}, {"channel", "sms"}}}})
              .ok());
  bench.run_replays();
  const auto tasks = bench.start_due(Channel::sms);
  REQUIRE(tasks.size() == 1);
  CHECK_FALSE(tasks[0].start_before.has_value());
}

TEST_CASE("two replays of the same deliveries send each once") {
  LifeBench bench(1);
  fail(bench, "a");
  REQUIRE(bench.perform(failed_mail("operator A")).ok());
  REQUIRE(bench.perform(failed_mail("operator B")).ok());
  const auto run = [&](JobNumber job) {
    AfterCommit after;
    const auto some = [&](Transaction& tx) { bench.life().replay_some(tx, job, 100, after); };
    REQUIRE(bench.journal().run(WorkClass::outcome, some) == Committed::yes);
  };
  run(1);
  bench.send_one(Outcome::sent);
  run(2);
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.show("a").attempts.size() == 2);
}

// ---- stopping one

namespace {

Json stop_of(const Result<Json>& made) {
  return Json::Object{
      {"act", "stop_replay"}, {"operator", "ann"}, {"reason", "wrong ones"}, {"job", *made->find("job")}};
}

const Delivery& mail_of(LifeBench& bench, const NoticeFile& file) {
  return bench.delivery(file, Channel::email);
}

JobProgress progress_of(LifeBench& bench, const Result<Json>& made) {
  auto progress = bench.reader().progress(*made->find("job")->as_string(), bench.clock.now());
  REQUIRE(progress.ok());
  return *std::move(progress);
}

}  // namespace

TEST_CASE("what a stopped replay had not sent is as it was, wherever it had come, and stays so") {
  LifeBench bench(1);
  for (const char* id : {"a", "b", "c", "d"}) fail(bench, id);
  const auto made = bench.perform(failed_mail("relay was down"));
  REQUIRE(made.ok());
  AfterCommit after;
  REQUIRE(bench.journal().run(WorkClass::outcome, [&](Transaction& tx) {
    bench.life().replay_some(tx, tx.running_jobs().at(0).number, 3, after);
  }) == Committed::yes);
  const auto task = bench.start_due(Channel::email, 1).at(0);  // of a; b and c are due, d is not
  REQUIRE(bench.perform(stop_of(made)).ok());
  // From the commit on nothing is started, also before anybody took it back, and after a restart.
  bench.restart();
  CHECK(bench.start_due(Channel::email, 1).empty());
  bench.finish(task, {.outcome = Outcome::transient_failure, .code = "451", .reply = {}, .retry_after = {}});
  bench.run_replays();
  bench.clock.advance(std::chrono::hours(30));
  CHECK(bench.start_due(Channel::email).empty());
  for (const char* id : {"a", "b", "c", "d"}) {
    const NoticeFile file = bench.show(id);
    CHECK(file.notice.state == NoticeState::failed);
    CHECK(mail_of(bench, file).reason == "refused");
    CHECK(mail_of(bench, file).last_code == "test");
    CHECK_FALSE(mail_of(bench, file).job.has_value());
  }
  CHECK(bench.show("a").attempts.size() == 2);
  CHECK(bench.show("b").attempts.size() == 1);
  const JobProgress progress = progress_of(bench, made);
  CHECK(progress.job.state == JobState::stopped);
  CHECK(progress.stopped->operator_name == "ann");
  CHECK(progress.open() == 0);
  REQUIRE(progress.passed_over.size() == 1);
  CHECK(progress.passed_over[0].why == "replay_stopped");
  CHECK(progress.passed_over[0].count == 4);
}

TEST_CASE(
    "a stopped replay does not go on when it is asked for again, with another reason it is another one") {
  LifeBench bench(1);
  fail(bench, "a");
  const auto made = bench.perform(failed_mail("relay was down"));
  REQUIRE(bench.perform(stop_of(made)).ok());
  const auto again = bench.perform(failed_mail("relay was down"));
  REQUIRE_FALSE(again.ok());
  CHECK_THAT(again.error().message, Catch::Contains("stopped by a person"));
  CHECK_THAT(bench.perform(stop_of(made)).error().message, Catch::Contains("stopped already"));
  bench.run_replays();
  CHECK(bench.start_due(Channel::email).empty());
  REQUIRE(bench.perform(failed_mail("now really")).ok());
  bench.run_replays();
  bench.send_one(Outcome::sent);
  CHECK(bench.show("a").notice.deemed.has_value());
}

TEST_CASE("a replay of which nothing is left cannot be stopped") {
  LifeBench bench(1);
  fail(bench, "a");
  const auto made = bench.perform(failed_mail("relay was down"));
  bench.run_replays();
  bench.send_one(Outcome::sent);
  CHECK_THAT(bench.perform(stop_of(made)).error().message, Catch::Contains("it has ended"));
  CHECK(
      bench.perform(Json::Object{{"act", "stop_replay"}, {"operator", "o"}, {"reason", "r"}, {"job", "01X"}})
          .error()
          .kind == ErrorKind::not_found);
}

TEST_CASE("a stopped replay counts what was under way, and what may have gone out a person finds out about") {
  LifeBench bench(1);
  for (const char* id : {"a", "b"}) fail(bench, id);
  const auto made = bench.perform(failed_mail("relay was down"));
  bench.run_replays();
  const auto tasks = bench.start_due(Channel::email);
  REQUIRE(tasks.size() == 2);
  REQUIRE(bench.perform(stop_of(made)).ok());
  bench.run_replays();
  bench.finish(tasks[0], Outcome::sent);
  bench.finish(tasks[1], Outcome::unknown);
  CHECK(bench.show("a").notice.deemed.has_value());
  CHECK(mail_of(bench, bench.show("b")).state == DeliveryState::held);
  CHECK(mail_of(bench, bench.show("b")).reason == "outcome_unknown");
  const JobProgress progress = progress_of(bench, made);
  CHECK(progress.sent == 1);
  CHECK(progress.held == 1);
  CHECK(progress.passed_over.empty());
}

TEST_CASE("a stopped replay gives a corrected address back, and further sendings are dropped") {
  LifeBench bench(1);
  fail(bench, "a");
  REQUIRE(bench.publish(LifeBench::request("b", "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::sent);
  const std::string before = mail_of(bench, bench.show("a")).address;
  for (const char* id : {"a", "b"}) {
    const bool is_sent = std::string_view(id) == "b";
    const Json select = Json::Object{{"notices", Json::Array{Json(bench.show(id).notice.id)}},
                                     {"state", is_sent ? "sent" : "failed"}};
    Json order = Json::Object{{"act", "replay"}, {"operator", "o"}, {"reason", "moved"}, {"select", select}};
    if (!is_sent) order["email"] = "new@customer.example";
    const auto made = bench.perform(order);
    REQUIRE(made.ok());
    bench.run_replays();
    REQUIRE(bench.perform(stop_of(made)).ok());
    bench.run_replays();
  }
  CHECK(mail_of(bench, bench.show("a")).address == before);
  CHECK(mail_of(bench, bench.show("a")).revision == 1);
  CHECK(mail_of(bench, bench.show("b")).state == DeliveryState::sent);
  CHECK(bench.start_due(Channel::email).empty());
}
