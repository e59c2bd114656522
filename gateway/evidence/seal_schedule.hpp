#pragma once
#include <optional>
#include <vector>

#include "gateway/base/time.hpp"
#include "gateway/base/time_zone.hpp"

/// When the log is sealed: every so often, and just before and just after 00:00 in every zone whose calendar
/// dates matter, so that two seals stand around each midnight. Pure functions over the clock: a restart does
/// not move anything, and a moment that passed while nothing ran is made up for once.

namespace duenotice::evidence {

struct SealPlan {
  Milliseconds every{};         ///< counted from 1970-01-01T00:00:00Z; above 0
  std::vector<TimeZone> zones;  ///< of the agreements
};

enum class SealDue {
  no,
  if_grown,  ///< when leaves came since the last seal
  yes,       ///< even when none came: a midnight has passed, and the next leaf must be seen to be after it
};

/// What is due at `now` when the log was last sealed at `last`. The first seal is due at once, and so is one
/// after a clock was put back.
SealDue seal_due(const SealPlan& plan, std::optional<Instant> last, Instant now);

/// The next moment of the plan after `now`.
Instant next_seal(const SealPlan& plan, Instant now);

}  // namespace duenotice::evidence
