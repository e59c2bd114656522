#include <algorithm>

#include "channels/http_client.hpp"

namespace duenotice::channels {
namespace {

std::string code_of(const HttpFacts& facts) {
  const std::string stage = facts.handed_out ? "reply" : "connect";
  switch (facts.end) {
    case HttpEnd::answered:
      return std::to_string(facts.status);
    case HttpEnd::resolve_failed:
      return "resolve_failed";
    case HttpEnd::connect_failed:
      return "connect_failed";
    case HttpEnd::tls_untrusted:
      return "tls_untrusted";
    case HttpEnd::tls_failed:
      return "tls_failed";
    case HttpEnd::timed_out:
      return "timeout_" + stage;
    case HttpEnd::connection_lost:
      return "connection_lost_" + stage;
    case HttpEnd::not_http:
      return "not_http";
    case HttpEnd::answer_too_large:
      return "answer_too_large";
    case HttpEnd::aborted:
      return "aborted";
  }
  DN_ASSERT(false);
}

}  // namespace

const std::string* find_header(const HttpFacts& facts, std::string_view name) {
  const auto found = std::find_if(facts.headers.begin(), facts.headers.end(),
                                  [&](const auto& header) { return header.first == name; });
  return found == facts.headers.end() ? nullptr : &found->second;
}

OutcomeReport report_without_answer(const HttpFacts& facts) {
  DN_ASSERT(facts.end != HttpEnd::answered);
  const Outcome outcome = facts.handed_out                ? Outcome::unknown
                          : facts.end == HttpEnd::aborted ? Outcome::not_started
                                                          : Outcome::transient_failure;
  return {.outcome = outcome,
          .code = code_of(facts),
          .reply = facts.raw,
          .retry_after = {},
          .provider_fault = facts.end != HttpEnd::aborted};
}

}  // namespace duenotice::channels
