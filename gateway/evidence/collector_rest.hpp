#pragma once
#include <cstdint>
#include <optional>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::evidence {

/// What a collector of stamps or cosignatures did in one step.
struct CollectorStep {
  Instant next;                        ///< when to call again; earlier does no harm
  std::optional<std::int64_t> seal{};  ///< that the other side was asked about
  std::optional<Error> failure{};      ///< of the other side; empty: what it gave is stored
};

/// How long a collector leaves the other side in peace after it failed: doubled each time, up to a bound.
class CollectorRest {
 public:
  /// When it may be asked again; not after `now` while it does not fail. A clock that was put back does not
  /// lengthen the rest.
  Instant until(Instant now);
  /// Returns when it may be asked again.
  Instant after_failure(Instant now);
  void end() { rest_ = Milliseconds::zero(); }

 private:
  Milliseconds rest_{};  ///< zero: it did not fail last time
  Instant until_;
};

}  // namespace duenotice::evidence
