#include "gateway/evidence/collector_rest.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

Instant CollectorRest::until(Instant now) {
  until_ = std::min(until_, now + rest_);
  return until_;
}

Instant CollectorRest::after_failure(Instant now) {
  rest_ = std::clamp(2 * rest_, limits::time_stamp_rest_first, limits::time_stamp_rest_most);
  until_ = now + rest_;
  return until_;
}

}  // namespace duenotice::evidence
