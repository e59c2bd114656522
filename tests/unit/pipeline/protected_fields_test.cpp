// What the events of a life show, and what they only bind themselves to.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "gateway/base/base64.hpp"
#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// The fields that events of each type commit to.
using Bound = std::map<std::string, std::set<std::string>>;

void note_commitments(Bound& bound, const std::string& type, std::string_view bytes) {
  const auto event = parse_json(bytes);
  REQUIRE(event.ok());
  for (const auto& [name, member] : *event->as_object()) {
    if (member.as_object() != nullptr && member.find("c") != nullptr) bound[type].insert(name);
  }
}

std::vector<std::pair<std::string, std::string>> history(LifeBench& bench) {
  std::vector<std::pair<std::string, std::string>> events;
  auto rows = bench.reader().start_export({.rows = ExportRows::events, .filter = {}});
  REQUIRE(rows.ok());
  const auto keep = [&](std::span<const ExportValue> row) {
    events.emplace_back(std::string(row[2].bytes), std::string(row[4].bytes));
    return true;
  };
  for (bool more = true; more;) {
    const auto step = (*rows)->step(keep);
    REQUIRE(step.ok());
    more = *step;
  }
  return events;
}

Json marked_request(const std::string& id, const std::string& kind) {
  Json request = LifeBench::request(id, kind);
  request["account_id"] = "zuoliaccount";
  request["recipient"]["email"] = "zuoli@example.com";
  return request;
}

/// One life in which everything happens that events bind themselves to.
void live(LifeBench& bench) {
  bench.settings.standard_retry.on_unknown = OnUnknown::hold;
  REQUIRE(bench.publish(marked_request("zuoli-a", "plain")) == TakenIn::accepted);
  bench.send_one(Outcome::unknown);
  Json evidence = Json::Object{{"channel", "email"},           {"statement", "zuoli has it"},
                               {"evidence_name", "zuoli.eml"}, {"evidence", to_base64("mail of zuoli")},
                               {"operator", "zuolioperator"},  {"reason", "zuolireason"}};
  REQUIRE(bench.order("resolve_provider_confirms", "zuoli-a", evidence).ok());

  REQUIRE(bench.publish(marked_request("zuoli-b", "plain")) == TakenIn::accepted);
  bench.finish(bench.start_due(Channel::email).at(0), {.outcome = Outcome::permanent_failure,
                                                       .code = "550",
                                                       .reply = "550 no zuoli here",
                                                       .retry_after = {},
                                                       .provider_id = "zuoli-id"});
  const std::string failed = bench.show("zuoli-b").notice.id;
  REQUIRE(bench
              .perform(Json::Object{{"act", "replay"},
                                    {"select", Json::Object{{"notices", Json::Array{failed}}}},
                                    {"email", "zuolicorrected@example.com"},
                                    {"reason", "zuolireason"}})
              .ok());
  bench.run_replays();

  Json wrong = marked_request("zuoli-c", "no_such_kind");
  REQUIRE(bench.publish(wrong) == TakenIn::rejected);
  const std::string rejection = bench.reader().rejected(1)->at(0).id;
  REQUIRE(bench
              .perform(Json::Object{{"act", "release"},
                                    {"rejection", rejection},
                                    {"body", to_base64(canonical_json(marked_request("zuoli-c", "plain")))},
                                    {"reason", "zuolireason"}})
              .ok());

  Json texted = marked_request("zuoli-d", "sms_plain");
  texted["recipient"]["phone"] = "+8613975318246";
  REQUIRE(bench.publish(texted) == TakenIn::accepted);
  REQUIRE(
      bench.report(bench.send_one(Outcome::relayed, Channel::sms), ReceiptKind::accepted, "zuoli-carrier"));

  Json late = marked_request("zuoli-e", "ordered_hold");
  late["effective_date"] = "2026-03-10";
  REQUIRE(bench.publish_event(late, "2026-03-02T03:00:00Z") == TakenIn::accepted);
  bench.clock.set("2026-03-04T15:00:00.000Z");
  bench.settle_overdue(Channel::email);
  bench.settle_overdue(Channel::in_site);
  REQUIRE(
      bench.order("resolve_effective_date", "zuoli-e", Json::Object{{"effective_date", "2026-03-20"}}).ok());
}

}  // namespace

TEST_CASE("events name no person, and bind themselves to everything about one") {
  LifeBench bench(1);
  live(bench);
  Bound bound;
  for (const auto& [type, bytes] : history(bench)) {
    INFO(bytes);
    CHECK(bytes.find("zuoli") == std::string::npos);
    CHECK(bytes.find("13975318246") == std::string::npos);
    CHECK(bytes.size() < 2'048);
    note_commitments(bound, type, bytes);
  }
  const std::set<std::string> accepted = {"account",       "request_id",      "request",
                                          "email.address", "email.content",   "sms.address",
                                          "sms.content",   "in_site.address", "in_site.content"};
  CHECK(bound == Bound{{"accepted", accepted},
                       {"unknown", {"reply"}},
                       {"operator_act", {"operator", "reason", "statement", "evidence_name", "evidence"}},
                       {"permanent_failure", {"reply", "provider_id"}},
                       {"replay_started", {"operator", "selection"}},
                       {"address_corrected", {"email.address", "email.content"}},
                       {"rejected", {"body"}},
                       {"rejection_released", {"operator", "reason", "body", "difference"}},
                       {"relayed", {"reply"}},
                       {"receipt", {"report", "provider_id"}},
                       {"effective_date_set",
                        {"email.address", "email.content", "in_site.address", "in_site.content"}}});
}

TEST_CASE("no digest of what a person could be guessed by stands in an event") {
  LifeBench bench(1);
  live(bench);
  std::vector<std::string> digests;
  for (const std::string id : {"zuoli-a", "zuoli-b", "zuoli-c", "zuoli-d", "zuoli-e"}) {
    const NoticeFile file = bench.show(id);
    digests.push_back(file.notice.request_digest.hex());
    for (const Rendering& rendering : file.renderings) {
      digests.push_back(rendering.digest.hex());
      digests.push_back(sha256(rendering.address).hex());
    }
    for (const std::string& text : {file.notice.account_id, file.notice.request_id})
      digests.push_back(sha256(text).hex());
  }
  for (const auto& [type, bytes] : history(bench)) {
    for (const std::string& digest : digests) CHECK(bytes.find(digest) == std::string::npos);
  }
}
