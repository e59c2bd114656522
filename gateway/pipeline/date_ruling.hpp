#pragma once
#include <optional>

#include "gateway/agreement/lead_time.hpp"
#include "gateway/agreement/plan.hpp"
#include "gateway/pipeline/message_maker.hpp"

namespace duenotice {

/// What the lead time and the kind's rules say about the dates of a request: the part of intake that asks a
/// calendar.
struct DateRuling {
  std::optional<CalendarDate> effective;
  std::optional<LeadTime> counted;
  std::optional<CalendarDate> moved_from;
  std::optional<CalendarDate> dates_hold_until;
  bool hold = false;  ///< published in time and read too late: for a person
};

/// Rules on a request that would be accepted at `now`: what it says must be true on the day on which it goes
/// out, and lawful. A rejection points at the date. Published in time and read too late, it is to be held.
Result<DateRuling, Rejection> rule_on_dates(const MessageMaker& maker, const Agreement& agreement,
                                            const Kind& kind, const Plan& plan, const Request& request,
                                            Instant now);

}  // namespace duenotice
