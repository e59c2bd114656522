#include "gateway/evidence/seal_schedule.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::chrono::days day{1};

/// The last 00:00 plus `offset` that is not after `now`.
Instant last_midnight(const TimeZone& zone, Milliseconds offset, Instant now) {
  return zone.start_of(zone.date_of(now - offset)) + offset;
}

/// The first 00:00 plus `offset` after `now`.
Instant next_midnight(const TimeZone& zone, Milliseconds offset, Instant now) {
  return zone.start_of(zone.date_of(now - offset) + day) + offset;
}

/// The last multiple of `every` that is not after `now`.
Instant last_round(Milliseconds every, Instant now) {
  DN_ASSERT(every > Milliseconds::zero() && now >= Instant());
  return now - now.time_since_epoch() % every;
}

}  // namespace

SealDue seal_due(const SealPlan& plan, std::optional<Instant> last, Instant now) {
  if (!last || *last > now) return SealDue::yes;
  bool passed = last_round(plan.every, now) > *last;
  for (const TimeZone& zone : plan.zones) {
    if (last_midnight(zone, limits::seal_after_midnight, now) > *last) return SealDue::yes;
    passed = passed || last_midnight(zone, -limits::seal_before_midnight, now) > *last;
  }
  return passed ? SealDue::if_grown : SealDue::no;
}

Instant next_seal(const SealPlan& plan, Instant now) {
  Instant next = last_round(plan.every, now) + plan.every;
  for (const TimeZone& zone : plan.zones) {
    next = std::min({next, next_midnight(zone, -limits::seal_before_midnight, now),
                     next_midnight(zone, limits::seal_after_midnight, now)});
  }
  return next;
}

}  // namespace duenotice::evidence
