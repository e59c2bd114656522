// Which version of an agreement a notice belongs to, and that its record says so.
#include <catch2/catch.hpp>

#include "tests/support/life_bench.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Leaves it to the gateway which version it is.
Json naming_none(Json request) {
  request.as_object()->erase("agreement_version");
  return request;
}

Json naming(Json request, const char* version) {
  request["agreement_version"] = version;
  return request;
}

void check_recorded(LifeBench& bench, const std::string& id, const std::string& version) {
  const NoticeFile file = bench.show(id);
  const Agreement* agreement = bench.library().get()->agreements().version("test-agreement", version);
  REQUIRE(agreement != nullptr);
  CHECK(file.notice.agreement == "test-agreement");
  CHECK(file.notice.agreement_version == version);
  CHECK(file.notice.agreement_digest == agreement->digest);
  // The first event carries both, so that the evidence does.
  CHECK(file.events.front().bytes.find("\"agreement_version\":\"" + version + "\"") != std::string::npos);
  CHECK(file.events.front().bytes.find(agreement->digest.hex()) != std::string::npos);
  const auto content = bench.reader().rendering_content(file.notice.id, Channel::email, 1);
  CHECK(content->find("version " + version) != std::string::npos);
}

}  // namespace

TEST_CASE("a notice belongs to the version in force on its day, in the agreement's own zone") {
  // The later version comes into force at midnight in New York, five hours after midnight UTC.
  LifeBench bench(1, "2099-01-01T04:59:59.999Z");
  REQUIRE(bench.publish(naming_none(LifeBench::request("before", "plain"))) == TakenIn::accepted);
  bench.clock.advance(Milliseconds(1));
  REQUIRE(bench.publish(naming_none(LifeBench::request("after", "plain"))) == TakenIn::accepted);
  check_recorded(bench, "before", "2024-01-01");
  check_recorded(bench, "after", "2099-01-01");
}

TEST_CASE("a notice belongs to the version that its request names, in force or not") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json later = naming(LifeBench::request("later", "plain"), "2099-01-01");
  later["effective_date"] = "2099-01-01";
  REQUIRE(bench.publish(later) == TakenIn::accepted);
  REQUIRE(bench.publish(naming_none(LifeBench::request("now", "plain"))) == TakenIn::accepted);
  bench.clock.set("2099-06-01T17:00:00.000Z");
  REQUIRE(bench.publish(naming(LifeBench::request("older", "plain"), "2024-01-01")) == TakenIn::accepted);
  check_recorded(bench, "later", "2099-01-01");
  check_recorded(bench, "now", "2024-01-01");
  check_recorded(bench, "older", "2024-01-01");
}

TEST_CASE("a version that is not there, and a kind that its version has not, are rejected") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  CHECK(bench.publish(naming(LifeBench::request("a", "plain"), "1999-01-01")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->front().code == "unknown_version");
  CHECK(bench.publish(naming(LifeBench::request("b", "two_of"), "2099-01-01")) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->front().code == "unknown_kind");
  LifeBench early(1, "2023-12-31T17:00:00.000Z");
  REQUIRE(early.publish(naming_none(LifeBench::request("c", "plain"))) == TakenIn::rejected);
  CHECK(early.reader().rejected(1)->front().code == "unknown_version");
}

TEST_CASE("a version that is not in force yet binds nobody on the day of the sending") {
  LifeBench bench(1, "2026-03-02T17:00:00.000Z");
  Json request = naming(LifeBench::request("a", "plain"), "2099-01-01");
  CHECK(bench.publish(request) == TakenIn::rejected);
  CHECK(bench.reader().rejected(1)->front().code == "effective_date_missing");
  CHECK(bench.reader().rejected(1)->front().pointer == "/effective_date");
  request["id"] = "b";
  request["send_not_before"] = "2099-01-01T05:00:00Z";
  CHECK(bench.publish(request) == TakenIn::accepted);
}
