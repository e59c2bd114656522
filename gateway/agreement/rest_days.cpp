#include "gateway/agreement/rest_days.hpp"

namespace duenotice {

std::vector<int> RestDays::years() const {
  std::vector<int> known;
  for (const auto& [year, days] : years_) known.push_back(year);
  return known;
}

std::optional<bool> RestDays::is_rest_day(CalendarDate day) const {
  const auto year = years_.find(static_cast<int>(std::chrono::year_month_day(day).year()));
  if (year == years_.end()) return std::nullopt;
  if (year->second.rest.contains(day)) return true;
  const std::chrono::weekday weekday(day);
  const bool weekend = weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  return weekend && !year->second.work.contains(day);
}

std::optional<CalendarDate> RestDays::nearest_working_day(CalendarDate day, std::chrono::days step) const {
  // Ends: beyond the years that are known there is no answer.
  while (true) {
    const auto rest = is_rest_day(day);
    if (!rest) return std::nullopt;
    if (!*rest) return day;
    day += step;
  }
}

std::optional<CalendarDate> RestDays::working_day_from(CalendarDate day) const {
  return nearest_working_day(day, std::chrono::days(1));
}

std::optional<CalendarDate> RestDays::working_day_until(CalendarDate day) const {
  return nearest_working_day(day, std::chrono::days(-1));
}

}  // namespace duenotice
