#include "gateway/notice/outcome.hpp"

namespace duenotice {

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::sent:
      return "sent";
    case Outcome::relayed:
      return "relayed";
    case Outcome::transient_failure:
      return "transient_failure";
    case Outcome::permanent_failure:
      return "permanent_failure";
    case Outcome::unknown:
      return "unknown";
    case Outcome::not_started:
      return "not_started";
  }
  return {};
}

std::optional<Outcome> parse_outcome(std::string_view text) {
  for (const Outcome outcome : {Outcome::sent, Outcome::relayed, Outcome::transient_failure,
                                Outcome::permanent_failure, Outcome::unknown, Outcome::not_started}) {
    if (text == to_text(outcome)) return outcome;
  }
  return std::nullopt;
}

}  // namespace duenotice
