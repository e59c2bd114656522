#include "channels/sms/kannel_reply_policy.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::channels;
using namespace std::chrono_literals;

namespace {

HttpFacts answer(int status, const std::string& body) {
  return {.end = HttpEnd::answered,
          .handed_out = true,
          .status = status,
          .body = body,
          .raw = "HTTP/1.1 " + std::to_string(status) + " Kannel\r\n\r\n" + body};
}

std::string outcome_of(const HttpFacts& facts) {
  const OutcomeReport report = kannel_report_of(facts);
  CHECK(report.reply == facts.raw);
  return std::string(to_text(report.outcome)) + " " + report.code +
         (report.provider_fault ? " provider_fault" : "");
}

}  // namespace

TEST_CASE("what Kannel takes is relayed, not sent") {
  CHECK(outcome_of(answer(202, "0: Accepted for delivery")) == "relayed 202");
  CHECK(outcome_of(answer(202, "3: Queued for later delivery")) == "relayed 202");
}

TEST_CASE("what Kannel says no to is a failure") {
  CHECK(outcome_of(answer(400, "Empty receiver number not allowed, rejected")) == "permanent_failure 400");
  CHECK(outcome_of(answer(403, "Not routable. Do not try again.")) == "permanent_failure not_routable");
  CHECK(outcome_of(answer(403, "Authorization failed for sendsms")) ==
        "transient_failure 403 provider_fault");
  CHECK(outcome_of(answer(401, "")) == "transient_failure 401 provider_fault");
  CHECK(outcome_of(answer(404, "Unknown request.")) == "transient_failure 404 provider_fault");
  CHECK(outcome_of(answer(503, "Temporal failure, try again later.")) ==
        "transient_failure 503 provider_fault");
}

TEST_CASE("what Kannel would not say leaves it unknown") {
  for (const auto& [status, body] : {std::pair{202, "<html>queued</html>"},
                                     {202, ""},
                                     {200, "0: Accepted"},
                                     {204, ""},
                                     {302, ""},
                                     {500, "Strange reply from bearerbox"},
                                     {502, ""}}) {
    INFO(status << " " << body);
    CHECK(outcome_of(answer(status, body)) == "unknown " + std::to_string(status) + " provider_fault");
  }
}

TEST_CASE("Retry-After is passed on") {
  HttpFacts busy = answer(503, "");
  busy.retry_after = 30s;
  CHECK(kannel_report_of(busy).retry_after == std::optional<Milliseconds>(30s));
}

TEST_CASE("without an answer it depends on whether the request went out") {
  CHECK(outcome_of({.end = HttpEnd::connect_failed}) == "transient_failure connect_failed provider_fault");
  CHECK(outcome_of({.end = HttpEnd::timed_out}) == "transient_failure timeout_connect provider_fault");
  CHECK(outcome_of({.end = HttpEnd::timed_out, .handed_out = true}) ==
        "unknown timeout_reply provider_fault");
  CHECK(outcome_of({.end = HttpEnd::aborted}) == "not_started aborted");
  CHECK(outcome_of({.end = HttpEnd::aborted, .handed_out = true}) == "unknown aborted");
}
