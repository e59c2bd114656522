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

TEST_CASE("A replay that is not done waits for a gateway that is away, and so does what is due later") {
  const auto replay = gateway_findings(away(), {.replay_items = 7});
  REQUIRE(replay.size() == 1);
  CHECK(replay[0].health == Health::problem);
  CHECK_THAT(message(replay[0]), Catch::Contains("7 are still to be made due by a replay"));
  const auto later =
      gateway_findings(away(), {.later = 2, .next_due = parse_instant("2026-03-02T04:00:00.000Z")});
  REQUIRE(later.size() == 2);
  CHECK(later[0].health == Health::warning);
  CHECK_THAT(message(later[0]), !Catch::Contains("nothing waits"));
  CHECK_THAT(message(later[1]), Catch::Contains("2, the first for 2026-03-02T04:00:00.000Z"));
}

TEST_CASE("A reload that was refused is a problem until one succeeds") {
  const auto answer = [](bool replaced) {
    const Json last = Json::Object{{"at", "2026-03-02T04:00:00.000Z"},
                                   {"replaced", replaced},
                                   {"mistakes", 1},
                                   {"first_mistake", replaced ? Json() : Json("a.toml: is gone")}};
    return running(Json::Object{{"agreements", Json::Object{{"last_reload", last}}}});
  };
  CHECK(gateway_findings(answer(true), {}).size() == 1);
  const auto findings = gateway_findings(answer(false), {});
  REQUIRE(findings.size() == 2);
  CHECK(findings[1].health == Health::problem);
  CHECK_THAT(message(findings[1]),
             Catch::Contains("REFUSED (mistakes: 1)") && Catch::Contains("a.toml: is gone"));
}
