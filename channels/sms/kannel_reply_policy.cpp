#include "channels/sms/kannel_reply_policy.hpp"

#include <string_view>

namespace duenotice::channels {
namespace {

bool was_taken(std::string_view body) { return body.starts_with("0:") || body.starts_with("3:"); }

bool has_no_route(std::string_view body) { return body.find("Not routable") != std::string_view::npos; }

}  // namespace

OutcomeReport kannel_report_of(const HttpFacts& facts) {
  if (facts.end != HttpEnd::answered) return report_without_answer(facts);
  OutcomeReport report{.outcome = Outcome::unknown,
                       .code = std::to_string(facts.status),
                       .reply = facts.raw,
                       .retry_after = facts.retry_after};
  switch (facts.status) {
    case 202:
      if (was_taken(facts.body)) report.outcome = Outcome::relayed;
      break;
    case 400:
      report.outcome = Outcome::permanent_failure;
      break;
    case 403:
      if (has_no_route(facts.body)) {
        report.outcome = Outcome::permanent_failure;
        report.code = "not_routable";
        break;
      }
      [[fallthrough]];
    case 401:
    case 404:
    case 503:
      report.outcome = Outcome::transient_failure;
      break;
    default:
      break;
  }
  report.provider_fault = report.outcome == Outcome::transient_failure || report.outcome == Outcome::unknown;
  return report;
}

}  // namespace duenotice::channels
