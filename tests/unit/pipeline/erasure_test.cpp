// What is kept about an account, what stands in the way of erasing it, and what is left afterwards.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Every text about the person has this in it, in one case or the other.
Json marked(const std::string& id, const std::string& kind = "plain") {
  Json request = LifeBench::request(id, kind);
  request["account_id"] = "zuoliaccount";
  request["reference"] = "zuolireference";
  request["recipient"]["name"] = "Zuolianna";
  request["recipient"]["email"] = "zuoli@example.com";
  return request;
}

Json about(std::string_view act, Json more = Json::object()) {
  more["act"] = act;
  more["account"] = "zuoliaccount";
  return more;
}

Result<Json> erase(LifeBench& bench) {
  return bench.perform(about("erase", Json::Object{{"order", "TICKET-7"}}));
}

std::string state(const Result<Json>& answer) {
  return answer ? *answer->find("state")->as_string() : answer.error().message;
}

/// A notice that was sent, one that failed, and a rejected request, all of the account.
void live(LifeBench& bench) {
  REQUIRE(bench.publish(marked("zuolirequest")) == TakenIn::accepted);
  bench.finish(bench.start_due(Channel::email).at(0), {.outcome = Outcome::sent,
                                                       .code = "250",
                                                       .reply = "250 zuolireply",
                                                       .retry_after = {},
                                                       .provider_id = "zuoli-id"});
  REQUIRE(bench.publish(marked("zuolifailed")) == TakenIn::accepted);
  bench.send_one(Outcome::permanent_failure);
  REQUIRE(bench.publish(marked("zuoliwrong", "no_such_kind")) == TakenIn::rejected);
  REQUIRE(bench.journal().run(WorkClass::outcome, [](Transaction& tx) {
    for (const OutboxRow& row : tx.outbox(10)) tx.remove_from_outbox(row.id);
  }) == Committed::yes);
}

void end_account(LifeBench& bench, const std::string& on = "2026-03-02") {
  REQUIRE(bench.perform(about("end_account", Json::Object{{"on", on}})).ok());
}

void end_of_retention(LifeBench& bench) {
  end_account(bench);
  bench.clock.set("2029-03-03T05:00:00.000Z");
}

std::string newest_event(LifeBench& bench) {
  std::string newest;
  auto rows = bench.reader().start_export({.rows = ExportRows::events, .filter = {}});
  REQUIRE(rows.ok());
  const auto keep = [&](std::span<const ExportValue> row) {
    newest = row[4].bytes;
    return true;
  };
  while (*(*rows)->step(keep)) continue;
  return newest;
}

}  // namespace

TEST_CASE("an account is restricted until its retention is over, by the day of its agreement") {
  LifeBench bench(1);
  live(bench);
  CHECK_THAT(state(erase(bench)), Catch::Contains("nobody has reported that the relation"));
  end_account(bench, "2026-02-27");
  const auto restricted = erase(bench);
  CHECK(state(restricted) == "restricted");
  // Three years after the newest notice, which came after the end; in New York it was the first of March.
  CHECK(*restricted->find("until")->as_string() == "2029-03-01");
  CHECK_THAT(newest_event(bench), Catch::Contains("\"until\":\"2029-03-01\"") &&
                                      Catch::Contains("\"type\":\"restricted\"") &&
                                      Catch::Contains("\"account\":{\"c\":"));
  bench.clock.set("2029-03-02T04:59:59.999Z");
  CHECK(state(erase(bench)) == "restricted");
  bench.clock.set("2029-03-02T05:00:00.000Z");
  const auto done = erase(bench);
  CHECK(state(done) == "erased");
  CHECK(*done->find("notices")->as_integer() == 2);
  CHECK(*done->find("rejections")->as_integer() == 1);
  CHECK(*done->find("scrubbed")->as_bool());
  CHECK_THAT(newest_event(bench), Catch::Contains("\"type\":\"erased\"") && !Catch::Contains("account"));
  CHECK_THAT(state(erase(bench)), Catch::Contains("erased already"));
}

TEST_CASE("a corrected end of the relation counts, and a leap day ends on the last of February") {
  LifeBench bench(1, "2024-01-05T05:00:00.000Z");
  live(bench);
  end_account(bench, "2024-02-28");
  end_account(bench, "2024-02-29");
  bench.clock.set("2027-02-28T04:00:00.000Z");
  CHECK(*erase(bench)->find("until")->as_string() == "2027-02-28");
  bench.clock.set("2027-03-01T05:00:00.000Z");
  CHECK(state(erase(bench)) == "erased");
}

TEST_CASE("a legal hold forbids erasing, whatever else is over, and each is lifted by itself") {
  LifeBench bench(1);
  live(bench);
  end_of_retention(bench);
  const auto first = bench.perform(about("add_legal_hold", Json::Object{{"reason", "a lawsuit"}}));
  REQUIRE(first.ok());
  REQUIRE(bench.perform(about("add_legal_hold", Json::Object{{"reason", "another"}})).ok());
  const auto holds = bench.reader().legal_holds();
  REQUIRE(holds->size() == 2);
  CHECK(holds->at(0).account == "zuoliaccount");
  CHECK(holds->at(0).reason == "a lawsuit");
  const auto restricted = erase(bench);
  CHECK(state(restricted) == "restricted");
  CHECK(restricted->find("until")->is_null());
  CHECK(restricted->find("holds")->as_array()->size() == 2);
  CHECK_THAT(bench.perform(about("remove_legal_hold")).error().message, Catch::Contains("name one"));
  const Json hold = Json::Object{{"hold", *first->find("hold_id")->as_string()}};
  REQUIRE(bench.perform(about("remove_legal_hold", hold)).ok());
  CHECK_FALSE(bench.perform(about("remove_legal_hold", hold)).ok());
  CHECK(state(erase(bench)) == "restricted");
  REQUIRE(bench.perform(about("remove_legal_hold")).ok());
  CHECK(bench.perform(about("remove_legal_hold")).error().kind == ErrorKind::not_found);
  CHECK(state(erase(bench)) == "erased");
}

TEST_CASE("what is not settled is not erased, and is named") {
  LifeBench bench(1);
  live(bench);
  REQUIRE(bench.publish(marked("zuolisecond")) == TakenIn::accepted);
  end_of_retention(bench);
  const std::string id = bench.show("zuolisecond").notice.id;
  CHECK_THAT(state(erase(bench)), Catch::Contains("1 of its notices") && Catch::Contains(id));
  bench.send_one(Outcome::permanent_failure);
  REQUIRE(bench.perform(Json::Object{{"act", "replay"}, {"select", Json::Object{{"state", "failed"}}}}).ok());
  CHECK_THAT(state(erase(bench)), Catch::Contains("2 of its notices"));
  bench.run_replays();
  CHECK_THAT(state(erase(bench)), Catch::Contains("2 of its notices"));
}

TEST_CASE(
    "after an erasure the history is whole, the person is gone from the file, and others are as before") {
  LifeBench bench(1);
  live(bench);
  REQUIRE(bench.publish(LifeBench::request("other", "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::sent);
  const std::string id = bench.show("zuolirequest").notice.id;
  const std::string failed = bench.show("zuolifailed").notice.id;
  const std::string rejection = bench.reader().rejected(1)->at(0).id;
  CHECK(bench.file_bytes().find("zuoli") != std::string::npos);
  end_of_retention(bench);
  REQUIRE(state(erase(bench)) == "erased");
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  bench.restart();
  const auto check = bench.reader().check_events(std::nullopt);
  CHECK(check->fault == "");
  CHECK(check->unopened == 0);
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  CHECK(bench.file_bytes().find("Zuoli") == std::string::npos);

  const auto file = bench.reader().show(id);
  REQUIRE(file.ok());
  CHECK(file->notice.erased);
  CHECK(file->notice.account_id.empty());
  CHECK(file->notice.deemed.has_value());
  CHECK(file->attempts.at(0).code == "250");
  CHECK(file->attempts.at(0).reply.empty());
  CHECK(file->deliveries.at(0).address.empty());
  CHECK_FALSE(bench.reader().rendering_content(id, Channel::email, 1).ok());
  CHECK(bench.reader().rejection(rejection)->request.state == RejectionState::discarded);

  // Nobody is asked to act on what cannot be sent any more, and nobody can.
  CHECK(bench.reader().waiting({}, bench.clock.now())->groups.empty());
  const Json select = Json::Object{{"notices", Json::Array{failed}}};
  CHECK_FALSE(bench.perform(Json::Object{{"act", "replay"}, {"select", select}}).ok());
  CHECK_FALSE(
      bench.perform(Json::Object{{"act", "resolve_resend"}, {"notice", failed}, {"channel", "email"}}).ok());

  const NoticeFile other = bench.show("other");
  CHECK_FALSE(other.notice.erased);
  CHECK(other.attempts.at(0).reply == "sent");
}

TEST_CASE("among many accounts one is erased from the file without a trace") {
  LifeBench bench(1);
  const auto somebody = [](int i, const std::string& name) {
    const std::string number = std::to_string(i * 7919 % 400);
    Json request = LifeBench::request(name + number, "plain");
    request["account_id"] = number + name;
    request["recipient"]["email"] = number + name + "@example.com";
    return request;
  };
  for (int i = 0; i < 400; ++i) {
    REQUIRE(bench.publish(somebody(i, i % 40 == 0 ? "zuoli" : "other")) == TakenIn::accepted);
    bench.send_one(Outcome::sent);
  }
  const auto order = [&](int i, std::string_view act, Json more) {
    more["act"] = act;
    more["account"] = std::to_string(i * 7919 % 400) + "zuoli";
    return bench.perform(more);
  };
  for (int i = 0; i < 400; i += 40) REQUIRE(order(i, "end_account", Json::Object{{"on", "2026-03-02"}}).ok());
  bench.clock.set("2029-03-03T05:00:00.000Z");
  for (int i = 0; i < 400; i += 40)
    CHECK(state(order(i, "erase", Json::Object{{"order", "TICKET-7"}})) == "erased");
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  CHECK(bench.file_bytes().find("other@example.com") != std::string::npos);
}

TEST_CASE("a request that was refused before one was accepted in its place is erased with it") {
  LifeBench bench(1);
  Json unreadable = marked("zuolirequest");
  unreadable["account_id"] = "";
  REQUIRE(bench.publish(unreadable) == TakenIn::rejected);
  live(bench);
  end_of_retention(bench);
  REQUIRE(bench.reader().rejected(5)->size() == 2);
  REQUIRE(state(erase(bench)) == "erased");
  const auto left = bench.reader().rejected(5);
  for (const RejectedRequest& each : *left) CHECK(each.request_id.empty());
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
}

TEST_CASE("a late duplicate of what was erased is known and sends nothing, and the account may come again") {
  LifeBench bench(1);
  live(bench);
  end_of_retention(bench);
  REQUIRE(state(erase(bench)) == "erased");
  bench.restart();
  CHECK(bench.publish(marked("zuolirequest")) == TakenIn::duplicate);
  Json changed = marked("zuolirequest");
  changed["variables"]["summary"] = "other words";
  CHECK(bench.publish(marked("zuoliwrong", "no_such_kind")) == TakenIn::duplicate);
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  CHECK(bench.publish(changed) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).code == "conflict");
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.publish(marked("zuolinew")) == TakenIn::accepted);
  CHECK_FALSE(bench.show("zuolinew").notice.erased);
  CHECK_THAT(state(erase(bench)), Catch::Contains("nobody has reported"));
}

TEST_CASE("what comes under an id that is taken is refused aloud, also by those who release it") {
  LifeBench bench(1);
  live(bench);
  Json others = LifeBench::request("zuolirequest", "plain");
  others["account_id"] = "somebody else";
  CHECK(bench.publish(others) == TakenIn::rejected);
  const std::string rejected = bench.reader().rejected(1)->at(0).id;
  end_of_retention(bench);
  REQUIRE(bench.journal().run(WorkClass::outcome, [](Transaction& tx) {
    for (const OutboxRow& row : tx.outbox(10)) tx.remove_from_outbox(row.id);
  }) == Committed::yes);
  REQUIRE(state(erase(bench)) == "erased");
  const auto released = bench.perform(
      Json::Object{{"act", "release"}, {"rejection", rejected}, {"reason", "theirs after all"}});
  REQUIRE_FALSE(released.ok());
  CHECK_THAT(released.error().message,
             Catch::StartsWith("something was taken under this source and id before"));
}

TEST_CASE("a report about somebody who was erased is taken and not kept") {
  LifeBench bench(1);
  Json texted = marked("zuolirequest", "sms_plain");
  texted["recipient"]["phone"] = "+8613975318246";
  REQUIRE(bench.publish(texted) == TakenIn::accepted);
  const AttemptTask task = bench.send_one(Outcome::relayed, Channel::sms);
  REQUIRE(bench.report(task, ReceiptKind::accepted, "zuoli-carrier"));
  end_of_retention(bench);
  REQUIRE(state(erase(bench)) == "erased");
  CHECK(bench.report(task, ReceiptKind::undelivered, "zuoli-carrier"));
  CHECK(bench.start_due(Channel::email).empty());
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
}

TEST_CASE("publishers report the end of an account through the queue, and a late report changes nothing") {
  LifeBench bench(1);
  live(bench);
  const auto event = [](const std::string& id, const std::string& on) {
    const Json data = Json::Object{{"account_id", "zuoliaccount"}, {"ended_on", on}};
    return Json::Object{{"specversion", "1.0"},
                        {"type", "duenotice.account.ended.v1"},
                        {"id", id},
                        {"source", "tests"},
                        {"data", data}};
  };
  CHECK(bench.publish(event("zuolifirst", "2026-03-02")) == TakenIn::noted);
  CHECK_THAT(newest_event(bench),
             Catch::Contains("\"type\":\"account_ended\"") && Catch::Contains("\"on\":\"2026-03-02\""));
  CHECK(bench.publish(event("zuolisecond", "2027-03-02")) == TakenIn::noted);
  CHECK(bench.publish(event("zuolifirst", "2026-03-02")) == TakenIn::duplicate);
  CHECK(bench.publish(event("zuolifirst", "2026-03-03")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).code == "conflict");
  CHECK(bench.publish(marked("zuolifirst")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).code == "conflict");
  CHECK(*erase(bench)->find("until")->as_string() == "2030-03-02");
  CHECK(bench.publish(event("zuolirequest", "2026-03-02")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).code == "conflict");
  CHECK(bench.publish(event("zuolithird", "yesterday")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).pointer == "/data/ended_on");
  Json nameless = event("", "2026-03-02");
  nameless.as_object()->erase("id");
  CHECK(bench.publish(nameless) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->at(0).pointer == "/id");
}

TEST_CASE("a publisher that bears the account's name goes with it, and no number seems to be missing") {
  LifeBench bench(1);
  const auto numbered = [](Json request, const std::string& source, const std::string& number) {
    request["source"] = source;
    return Json::Object{{"specversion", "1.0"},
                        {"type", "duenotice.notice.requested.v1"},
                        {"id", *request.find("id")},
                        {"source", source},
                        {"sequence", number},
                        {"sequencetype", "Integer"},
                        {"data", request}};
  };
  const Json own = numbered(marked("zuolirequest"), "//crm/zuoliaccount", "1");
  const Json wrong = numbered(marked("zuoliwrong", "no_such_kind"), "shared", "3");
  CHECK(bench.publish(wrong) == TakenIn::rejected);
  REQUIRE(bench.journal().run(WorkClass::outcome, [](Transaction& tx) {
    for (const OutboxRow& row : tx.outbox(10)) tx.remove_from_outbox(row.id);
  }) == Committed::yes);
  CHECK(bench.publish(own) == TakenIn::accepted);
  CHECK(bench.publish(numbered(marked("zuolisecond"), "shared", "1")) == TakenIn::accepted);
  CHECK(bench.publish(numbered(LifeBench::request("third", "plain"), "shared", "2")) == TakenIn::accepted);
  for (const AttemptTask& task : bench.start_due(Channel::email)) bench.finish(task, Outcome::sent);
  REQUIRE(bench.journal().run(WorkClass::outcome, [&](Transaction& tx) {
    const auto state = [&](const std::string& note) {
      const Json facts = Json::Object{{"date", "2026-03-02"}, {"sha256", sha256(note).hex()}};
      tx.insert_statement(
          tx.append_event(
              {.type = events::statement, .notice_id = "", .at = bench.clock.now(), .facts = facts}),
          note);
    };
    state(R"({"counts":[{"count":1,"source":"shared"}]})");
    state(R"({"counts":[{"count":1,"source":"//crm/zuoliaccount"}]})");
  }) == Committed::yes);
  end_of_retention(bench);
  REQUIRE(state(erase(bench)) == "erased");
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  CHECK(bench.file_bytes().find("\"source\":\"shared\"") != std::string::npos);
  CHECK(bench.publish(own) == TakenIn::duplicate);
  CHECK(bench.publish(wrong) == TakenIn::duplicate);
  CHECK(bench.publish(numbered(marked("zuolisecond"), "shared", "1")) == TakenIn::duplicate);
  CHECK(bench.file_bytes().find("zuoli") == std::string::npos);
  auto completeness = bench.completeness();
  const auto sources = completeness.sources(std::nullopt);
  REQUIRE(sources->size() == 2);
  for (const SourceSequence& source : *sources) CHECK(source.whole());
  const auto newest = completeness.statement();
  REQUIRE(newest.ok());
  CHECK((*newest)->note.empty());
}
