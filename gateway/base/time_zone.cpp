#include "gateway/base/time_zone.hpp"

#include <cctz/time_zone.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace duenotice {

struct TimeZone::Rules {
  cctz::time_zone zone;
};

TimeZone::TimeZone(std::string name, std::shared_ptr<const Rules> rules)
    : name_(std::move(name)), rules_(std::move(rules)) {}

Result<TimeZone> TimeZone::load(const std::string& name) {
  Rules rules;
  // cctz takes "localtime" for the server's own zone, which is no zone of an agreement.
  if (name.empty() || name == "localtime" || !cctz::load_time_zone(name, &rules.zone)) {
    return Error{ErrorKind::invalid,
                 "'" + name + "' is not an IANA time zone; use a name such as Asia/Shanghai"};
  }
  return TimeZone(name, std::make_shared<const Rules>(rules));
}

TimeZone TimeZone::utc() {
  return TimeZone("UTC", std::make_shared<const Rules>(Rules{cctz::utc_time_zone()}));
}

CalendarDate TimeZone::date_of(Instant instant) const {
  const cctz::civil_second local =
      cctz::convert(std::chrono::floor<std::chrono::seconds>(instant), rules_->zone);
  const cctz::civil_day day(local);
  return CalendarDate(std::chrono::days(day - cctz::civil_day(1970, 1, 1)));
}

Instant TimeZone::start_of(CalendarDate date) const {
  const cctz::civil_day day = cctz::civil_day(1970, 1, 1) + date.time_since_epoch().count();
  return Instant(cctz::convert(cctz::civil_second(day), rules_->zone));
}

std::string TimeZone::offset_at(Instant instant) const {
  const auto found = rules_->zone.lookup(std::chrono::floor<std::chrono::seconds>(instant));
  const int minutes = found.offset / 60;
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%c%02d%02d", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                std::abs(minutes) % 60);
  return out.data();
}

}  // namespace duenotice
