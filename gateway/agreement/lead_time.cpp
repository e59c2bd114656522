#include "gateway/agreement/lead_time.hpp"

namespace duenotice {

CalendarDate earliest_effective_date(CalendarDate sent_on, int lead_days) {
  return sent_on + std::chrono::days(lead_days + 1);
}

CalendarDate must_be_sent_by(CalendarDate effective, int lead_days) {
  return effective - std::chrono::days(lead_days + 1);
}

CalendarDate earliest_for_start(Instant start, Milliseconds guard, const TimeZone& zone, int lead_days) {
  return earliest_effective_date(zone.date_of(start + guard), lead_days);
}

}  // namespace duenotice
