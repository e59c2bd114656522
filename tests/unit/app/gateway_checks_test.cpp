#include "gateway/app/gateway_checks.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

namespace {

GatewayPresence running(Json answer) { return {Presence::running, std::move(answer), {}}; }
GatewayPresence away(std::optional<int> holder = {}) {
  return {Presence::away, Error{ErrorKind::unavailable, "no gateway is running"}, holder};
}

std::string message(const Finding& finding) { return say(Language::english, finding.message); }

}  // namespace

TEST_CASE("A gateway that is away is a problem as soon as something waits for it") {
  CHECK(gateway_findings(away(), {}).at(0).health == Health::warning);
  const auto requests = gateway_findings(away(), {.requests = 3, .deliveries = 0}).at(0);
  CHECK(requests.health == Health::problem);
  CHECK_THAT(message(requests), Catch::Contains("3 requests wait in the queue and 0 deliveries are due"));
  CHECK(gateway_findings(away(), {.requests = 0, .deliveries = 1}).at(0).health == Health::problem);
}

TEST_CASE("One that starts or stops is not called stopped") {
  const auto finding = gateway_findings(away(4711), {.requests = 1, .deliveries = 0}).at(0);
  CHECK_THAT(message(finding), Catch::Contains("process 4711") && !Catch::Contains("not running"));
}

TEST_CASE("One whose threads stand still hangs, although it answers") {
  GatewayPresence still = running(Json::Object{{"standing_still", "journal, timer"}});
  still.presence = Presence::hangs;
  const auto finding = gateway_findings(still, {}).at(0);
  CHECK(finding.health == Health::problem);
  CHECK_THAT(message(finding), Catch::Contains("journal, timer stand still"));
}

TEST_CASE("One that runs says what it is waiting for, each thing with what to do") {
  const Json desk = Json::Object{{"channel", "email"},
                                 {"breaker", "open"},
                                 {"breaker_open_since", "2026-03-02T04:00:00.000Z"},
                                 {"breaker_probe_at", "2026-03-02T04:05:00.000Z"}};
  const Json answer = Json::Object{{"queue_fault", "connection refused"},
                                   {"events", Json::Object{{"fault", "no exchange"}}},
                                   {"channels", Json::Array{desk}}};
  const auto findings = gateway_findings(running(answer), {});
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].health == Health::problem);
  CHECK_THAT(message(findings[0]), Catch::Contains("connection refused; see the check of the queue"));
  CHECK(findings[1].check == "status events");
  CHECK_THAT(message(findings[1]), Catch::Contains("no exchange"));
  CHECK(findings[2].check == "breaker");
  CHECK_THAT(message(findings[2]), Catch::Contains("email sends nothing since 2026-03-02T04:00:00.000Z"));
}
