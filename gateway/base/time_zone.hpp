#pragma once
#include <memory>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice {

/// An IANA time zone (`Asia/Shanghai`). Legal dates are computed with the agreement's zone and never with the
/// server's. Values are cheap to copy and safe to use from any thread.
class TimeZone {
 public:
  /// Looks the name up in the system's zone database. `invalid` when there is no such zone.
  static Result<TimeZone> load(const std::string& name);
  static TimeZone utc();

  const std::string& name() const { return name_; }

  /// The calendar date that people in this zone read off the wall at `instant`.
  CalendarDate date_of(Instant instant) const;

  /// The first instant of `date` in this zone. Where the clock is put forward over midnight, the first
  /// instant that exists on that date.
  Instant start_of(CalendarDate date) const;

  /// RFC 5322 offset at `instant`, e.g. `+0800`.
  std::string offset_at(Instant instant) const;

 private:
  struct Rules;
  TimeZone(std::string name, std::shared_ptr<const Rules> rules);

  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace duenotice
