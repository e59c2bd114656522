#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gateway/base/time.hpp"

/// Statutory rest days. PRC Civil Code art. 203: where the last day of a period is one, the period ends on
/// the next working day. Saturdays and Sundays are rest days; which other days are, and which weekend days
/// are worked instead, a decree says year by year, so the operator supplies it as data.

namespace duenotice {

/// A value; immutable, so any thread may read it.
class RestDays {
 public:
  /// What a decree says about one year.
  struct Year {
    std::set<CalendarDate> rest;  ///< rest days; may name weekends too
    std::set<CalendarDate> work;  ///< days of a weekend that are worked
  };

  /// Knows no year.
  RestDays() = default;
  /// `identity` names the data for the record: file and digest.
  RestDays(std::string identity, std::map<int, Year> years)
      : identity_(std::move(identity)), years_(std::move(years)) {}

  /// What a notice's record says about it; `none` when it knows no year.
  std::string identity() const { return years_.empty() ? "none" : identity_; }
  std::vector<int> years() const;

  /// Whether `day` is a rest day; empty when its year is not known.
  std::optional<bool> is_rest_day(CalendarDate day) const;
  /// The first working day from `day` on. Empty when that depends on a year that is not known.
  std::optional<CalendarDate> working_day_from(CalendarDate day) const;
  /// The last working day up to `day`. Empty when that depends on a year that is not known.
  std::optional<CalendarDate> working_day_until(CalendarDate day) const;

 private:
  std::optional<CalendarDate> nearest_working_day(CalendarDate day, std::chrono::days step) const;

  std::string identity_;
  std::map<int, Year> years_;
};

}  // namespace duenotice
