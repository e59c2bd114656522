#pragma once
#include "gateway/base/time.hpp"
#include "gateway/base/time_zone.hpp"

/// How days are counted. PRC Civil Code art. 201: the day on which a period starts is not counted, so with N
/// days' notice sent on day D the period is D+1 … D+N and the first lawful effective date is D+N+1.

namespace duenotice {

/// The first lawful effective date of a notice that is sent on `sent_on`.
CalendarDate earliest_effective_date(CalendarDate sent_on, int lead_days);

/// The last date on which a notice may be sent so that `effective` is lawful.
CalendarDate must_be_sent_by(CalendarDate effective, int lead_days);

/// The earliest lawful effective date of a sending that starts at `start`. `guard` is how long after its
/// start the positive reply may come at the latest: the reply, not the start, fixes the legal date. One test
/// serves intake and attempts: the sending is late when the requested effective date is before this.
CalendarDate earliest_for_start(Instant start, Milliseconds guard, const TimeZone& zone, int lead_days);

}  // namespace duenotice
