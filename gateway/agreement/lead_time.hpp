#pragma once
#include <string>

#include "gateway/agreement/rest_days.hpp"
#include "gateway/base/time.hpp"
#include "gateway/base/time_zone.hpp"

/// How days are counted. PRC Civil Code art. 201: the day on which a period starts is not counted, so with N
/// days' notice sent on day D the period is D+1 … D+N, and the first lawful effective date is the day after
/// its last. Art. 203: where that last day is a statutory rest day the period ends on the next working day. A
/// lead time of 0 days ("before") is no period: sent at the latest on the day before.

namespace duenotice {

/// The first lawful effective date of a notice that is sent on `sent_on`. Rest days of years that the
/// calendar does not know are not counted.
CalendarDate earliest_effective_date(CalendarDate sent_on, int lead_days, const RestDays& rest_days);

/// The same for a sending that starts at `start`. `guard` is how long after its start the positive reply may
/// come at the latest: the reply, not the start, fixes the legal date.
CalendarDate earliest_for_start(Instant start, Milliseconds guard, const TimeZone& zone, int lead_days,
                                const RestDays& rest_days);

/// The dates that stand in a notice's record.
struct LeadTime {
  CalendarDate earliest_effective_date;  ///< of a notice that is sent on `sent_on`
  CalendarDate must_be_sent_by;          ///< the last date whose sending makes `effective` lawful
  /// What both were counted with: the calendar's identity, or `none` when either depends on a year that the
  /// calendar does not know; that one does not count rest days then.
  std::string calendar;
};
LeadTime count_lead_time(CalendarDate sent_on, CalendarDate effective, int lead_days,
                         const RestDays& rest_days);

/// From when on a sending starts too late for a notice that must be sent by that date: its reply could come
/// on the day after. One rule serves every attempt; it asks the record and no calendar, so that what was
/// counted once holds.
Instant too_late_from(CalendarDate must_be_sent_by, Milliseconds guard, const TimeZone& zone);

}  // namespace duenotice
