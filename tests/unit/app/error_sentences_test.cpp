// What goes wrong is said in Chinese, whatever the value in it: held against what the code itself says.
#include <catch2/catch.hpp>
#include <set>

#include "gateway/app/phrases.hpp"
#include "gateway/evidence/log_proof.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/trust_policy.hpp"
#include "gateway/journal/master_keys.hpp"
#include "gateway/notice/field_rules.hpp"
#include "templates/renderer.hpp"
#include "tests/support/life_bench.hpp"
#include "tests/unit/app/in_chinese.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

void check_chinese(const std::string& english) {
  const std::string chinese = app::say_text(app::Language::chinese, english);
  INFO(english << "\n" << chinese);
  CHECK(in_chinese(chinese));
}

Json with(Json request, const char* key, Json value) {
  request[key] = std::move(value);
  return request;
}

Json without(Json request, std::string_view key) {
  Json rest = Json::object();
  for (const auto& [name, value] : *request.as_object()) {
    if (name != key) rest[name] = value;
  }
  return rest;
}

Json of_kind(const char* kind) { return LifeBench::request("a", kind); }

/// With a recipient of these fields beside the name.
Json to(Json recipient) {
  recipient["name"] = "Ada";
  return with(of_kind("plain"), "recipient", std::move(recipient));
}

Json with_summary(Json value) {
  return with(of_kind("plain"), "variables", Json::Object{{"summary", std::move(value)}});
}

Json event(const char* type, const char* id, const char* source) {
  return Json::Object{{"specversion", "1.0"},
                      {"type", type},
                      {"id", id},
                      {"source", source},
                      {"time", "2026-03-02T03:00:00Z"},
                      {"data", of_kind("plain")}};
}

const char* const requested = "duenotice.notice.requested.v1";

/// Bodies that are no requests, or that no agreement allows.
std::vector<std::string> refused_bodies() {
  std::string deep(100, '[');
  std::vector<std::string> bodies = {"",
                                     "\xff",
                                     "{",
                                     deep + std::string(100, ']'),
                                     "[" + std::string(20'000, ' ') + "]",
                                     R"({"id":"a","id":"b"})",
                                     R"({"id":1e400})",
                                     R"({"variables":{"n":0.5}})",
                                     "[]",
                                     R"({"specversion":"2.0","type":"x","data":{}})"};
  std::string values = "[0";
  for (int i = 0; i < 100'000; ++i) values += ",0";
  bodies.push_back(values + "]");
  const Json lead = with(of_kind("ordered_hold"), "effective_date", "2026-03-03");
  const Json far = Json::Object{{"summary", "x"}, {"until", "2020-01-01"}};
  for (const Json& request :
       {without(of_kind("plain"), "kind"),
        without(of_kind("plain"), "source"),
        with(of_kind("plain"), "surprise", 1),
        with(of_kind("plain"), "kind", 1),
        with(of_kind("plain"), "account_id", ""),
        with(of_kind("plain"), "reference", "\n"),
        with(of_kind("plain"), "variables", 1),
        with(of_kind("plain"), "recipient", 1),
        with(of_kind("plain"), "effective_date", "2026-02-30"),
        with(of_kind("plain"), "send_not_before", "now"),
        with(of_kind("plain"), "channels", Json::array()),
        with(of_kind("plain"), "channels", Json::Array{Json("fax")}),
        with(of_kind("plain"), "channels", Json::Array{Json(1)}),
        with(of_kind("plain"), "channels", Json::Array{Json("email"), Json("email")}),
        with(of_kind("plain"), "channels", Json::Array{Json("sms")}),
        with(of_kind("two_of"), "channels", Json::Array{Json("email")}),
        with(of_kind("plain"), "agreement", "x"),
        with(of_kind("plain"), "agreement_version", "x"),
        with(of_kind("plain"), "kind", "x"),
        with(of_kind("plain"), "variables", Json::object()),
        with(of_kind("plain"), "variables", Json::Object{{"summary", "x"}, {"more", "x"}}),
        to(Json::Object{{"email", "x"}}),
        to(Json::Object{{"phone", "x"}}),
        to(Json::Object{{"locale", "fr"}, {"email", "a@example.com"}}),
        to(Json::object()),
        with_summary(1),
        with_summary(""),
        with_summary("\x01"),
        of_kind("ordered_hold"),
        lead,
        with(of_kind("deadline"), "variables", far),
        event("x", "a", "tests"),
        event(requested, "b", "tests"),
        event(requested, "a", "others"),
        with(event(requested, "a", "tests"), "A b", 1),
        with(event(requested, "a", "tests"), "time", "x")}) {
    bodies.push_back(canonical_json(request));
  }
  bodies.push_back(canonical_json(with_summary(std::string(300'000, 'x'))));
  return bodies;
}

}  // namespace

TEST_CASE("Whatever a request is refused for is said in Chinese") {
  LifeBench bench(1);
  const Providers none;
  const MessageMaker in_site(bench.library(), none, true);
  const MessageMaker all(bench.library(), bench.providers(), true);
  std::set<std::string> met;
  for (const MessageMaker* maker : {&all, &in_site}) {
    const Intake intake(*maker, bench.schema(), 1'000'000, bench.clock, bench.random);
    for (const std::string& body : refused_bodies()) {
      const Judgement judgement = intake.judge({.content_type = "application/json", .body = body});
      const auto* rejection = std::get_if<Rejection>(&judgement.verdict);
      INFO(body.substr(0, 300));
      if (maker == &all) REQUIRE(rejection != nullptr);
      if (rejection == nullptr) continue;
      met.emplace(to_text(rejection->code));
      check_chinese(rejection->message);
    }
    const Json plain = of_kind("plain");
    const Judgement judgement =
        intake.judge({.content_type = "application/json", .body = canonical_json(plain)});
    const auto* rejection = std::get_if<Rejection>(&judgement.verdict);
    CHECK((rejection == nullptr) == (maker == &all));
    if (rejection == nullptr) continue;
    met.emplace(to_text(rejection->code));
    check_chinese(rejection->message);
  }
  const Intake small(all, bench.schema(), 10, bench.clock, bench.random);
  const Judgement large = small.judge({.content_type = "application/json", .body = std::string(11, ' ')});
  met.emplace(to_text(std::get<Rejection>(large.verdict).code));
  check_chinese(std::get<Rejection>(large.verdict).message);
  REQUIRE(bench.publish(of_kind("plain")) == TakenIn::accepted);
  REQUIRE(bench.publish(with_summary("another")) == TakenIn::rejected);
  const auto conflict = bench.reader().rejected(1);
  met.emplace(conflict->at(0).code);
  check_chinese(conflict->at(0).message);
  for (const std::string& code : rejection_codes()) {
    INFO(code);
    CHECK((met.contains(code) || code == "not_recorded"));
  }
}

TEST_CASE("Whatever a decision is refused for is said in Chinese") {
  LifeBench bench(1);
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  const Json email = Json::Object{{"channel", "email"}};
  const auto refused = [&](const char* act, const char* id, const Json& more = Json::object()) {
    const auto answer = bench.order(act, id, more);
    INFO(act);
    REQUIRE(!answer.ok());
    check_chinese(answer.error().message);
  };
  bench.publish(LifeBench::request("a", "plain"));
  const auto task = bench.start_due(Channel::email);
  refused("cancel", "a");
  refused("resolve_resend", "a", email);
  bench.finish(task.at(0), Outcome::unknown);
  refused("cancel", "a");
  refused("resolve_resend", "a", Json::Object{{"channel", "sms"}});
  refused("accept_late", "a");
  refused("resolve_effective_date", "a", Json::Object{{"effective_date", "2026-09-01"}});
  REQUIRE(bench.order("resolve_resend", "a", email).ok());
  bench.send_one(Outcome::sent);
  refused("cancel", "a");
  refused("retry", "a");
  refused("resolve_not_sent", "a", email);

  bench.publish(with(LifeBench::request("b", "plain"), "send_not_before", "2026-03-05T01:00:00Z"));
  refused("retry", "b");
  refused("resolve_not_sent", "b", email);
  REQUIRE(bench.order("cancel", "b").ok());
  refused("cancel", "b");

  const Json late = with(LifeBench::request("c", "ordered_hold"), "effective_date", "2026-03-10");
  REQUIRE(bench.publish_event(late, "2026-03-02T03:00:00Z") == TakenIn::accepted);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  bench.settle_overdue(Channel::email);
  refused("resolve_not_sent", "c", email);
  refused("resolve_effective_date", "c", Json::Object{{"effective_date", "2026-03-05"}});
}

TEST_CASE("Whatever is wrong with an order is said in Chinese") {
  LifeBench bench(1);
  const std::string notices = R"("select":{"notices":["x"]})";
  for (const std::string order :
       {R"({})",
        R"({"act":1})",
        R"({"act":"fly"})",
        R"({"act":"cancel","reason":" "})",
        R"({"act":"cancel","notice":"x"})",
        R"({"act":"retry","notice":"x","channel":"fax"})",
        R"({"act":"resolve_resend","notice":"x"})",
        R"({"act":"resolve_effective_date","notice":"x"})",
        R"({"act":"resolve_effective_date","notice":"x","effective_date":"soon"})",
        R"({"act":"resolve_provider_confirms","notice":"x","channel":"email","statement":"s",)"
        R"("evidence_name":"n","evidence":"!"})",
        R"({"act":"release","rejection":"x"})",
        R"({"act":"discard","rejection":"x"})",
        R"({"act":"stop_replay","job":"x"})",
        R"({"act":"replay"})",
        R"({"act":"replay","select":{}})",
        R"({"act":"replay","select":{"state":"failed","fax":1}})",
        R"({"act":"replay","select":{"state":"failed"}})",
        R"({"act":"replay","select":{"state":"done"}})",
        R"({"act":"replay","select":{"state":"failed","since":"then"}})",
        R"({"act":"replay","select":{"notices":[]}})",
        R"({"act":"replay","select":{"notices":["x"]}})",
        R"({"act":"replay","select":{"notices":["x"],"kind":"k"}})",
        R"({"act":"replay","rate":-1,"select":{"state":"failed"}})",
        R"({"act":"replay","accept_late":1,"select":{"state":"failed"}})",
        R"({"act":"replay","email":"x","select":{"state":"failed"}})",
        R"({"act":"replay","phone":"x","select":{"state":"failed"}})",
        R"({"act":"replay","email":"a@example.com","select":{"state":"failed"}})",
        R"({"act":"replay","email":"a@example.com","phone":"+8613800138000","select":{"state":"failed"}})",
        R"({"act":"replay","email":"a@example.com","select":{"state":"failed","channel":"sms"}})"}) {
    INFO(order);
    const auto answer = bench.perform(*parse_json(order));
    REQUIRE(!answer.ok());
    check_chinese(answer.error().message);
  }
}

TEST_CASE("Every rule for a text of a request is said in Chinese") {
  for (const TextRule* rule : {&rules::identifier, &rules::name, &rules::text, &rules::email, &rules::phone,
                               &rules::date, &rules::date_time}) {
    check_chinese("the field x must " + std::string(rule->demand));
    check_chinese("this field must " + std::string(rule->demand));
  }
}

TEST_CASE("Every mistake that authors of agreements make is said in Chinese") {
  const std::filesystem::path broken = std::filesystem::path(SOURCE_DIR) / "tests/unit/templates/broken";
  std::size_t mistakes = 0;
  for (const auto& folder : std::filesystem::directory_iterator(broken)) {
    for (const auto& mistake : templates::load_library(folder.path()).mistakes) {
      ++mistakes;
      if (mistake.message.starts_with("is not TOML")) continue;  // the rest is the parser's own
      check_chinese(mistake.message);
      check_chinese(mistake.file.string() + ":1: " + mistake.message);
    }
  }
  CHECK(mistakes > 80);
}

TEST_CASE("What is wrong with keys, notes and policies of the evidence is said in Chinese") {
  for (const char* text : {"", "x", "a+b+c", "a+00000000+AQ=="}) {
    check_chinese(evidence::parse_vkey(text).error().message);
    check_chinese(evidence::SigningKey::parse(text).error().message);
    check_chinese(evidence::parse_log_proof(text).error().message);
    check_chinese(evidence::parse_note(text).error().message);
    check_chinese(evidence::parse_checkpoint(text).error().message);
  }
  for (const char* text :
       {"", "x\n", "log\n", "log x\n", "witness\n", "witness a x\n", "group a\n", "group one any two\n",
        "quorum\n", "quorum one\n", "quorum none\nquorum none\n", "\x01\n"})
    check_chinese(evidence::TrustPolicy::parse(text).error().message);
}
