#include "gateway/agreement/lead_time.hpp"

namespace duenotice {

using std::chrono::days;

CalendarDate earliest_effective_date(CalendarDate sent_on, int lead_days, const RestDays& rest_days) {
  const CalendarDate last = sent_on + days(lead_days);
  if (lead_days == 0) return last + days(1);
  return rest_days.working_day_from(last).value_or(last) + days(1);
}

CalendarDate earliest_for_start(Instant start, Milliseconds guard, const TimeZone& zone, int lead_days,
                                const RestDays& rest_days) {
  return earliest_effective_date(zone.date_of(start + guard), lead_days, rest_days);
}

LeadTime count_lead_time(CalendarDate sent_on, CalendarDate effective, int lead_days,
                         const RestDays& rest_days) {
  const CalendarDate before = effective - days(1);
  const auto ends = rest_days.working_day_from(sent_on + days(lead_days));
  const auto must_end = rest_days.working_day_until(before);
  if (lead_days == 0) return {sent_on + days(1), before, "none"};
  return {ends.value_or(sent_on + days(lead_days)) + days(1), must_end.value_or(before) - days(lead_days),
          ends && must_end ? rest_days.identity() : "none"};
}

Instant too_late_from(CalendarDate must_be_sent_by, Milliseconds guard, const TimeZone& zone) {
  return zone.start_of(must_be_sent_by + days(1)) - guard;
}

}  // namespace duenotice
