#include "gateway/agreement/date_rules.hpp"

#include <algorithm>
#include <charconv>

namespace duenotice {
namespace {

using Bound = DateRule::Bound;

/// The dates of one notice by their names. Empty for what is the day of the sending.
class NamedDates {
 public:
  NamedDates(const Request& request, std::optional<CalendarDate> effective_date)
      : request_(request), effective_date_(effective_date) {}

  std::optional<CalendarDate> operator[](const std::string& name) const {
    if (months_before_sending(name)) return std::nullopt;
    if (name == "effective_date") return effective_date_;
    return parse_date(*request_.variables.find(name)->as_string());
  }

 private:
  const Request& request_;
  std::optional<CalendarDate> effective_date_;
};

bool holds(const DateRule& rule, CalendarDate date, CalendarDate other) {
  switch (rule.bound) {
    case Bound::not_before:
      return date >= other;
    case Bound::not_after:
      return date <= other;
    case Bound::before:
      return date < other;
  }
  return false;
}

/// The same day of an earlier month, the last one of a month without it.
CalendarDate earlier(CalendarDate date, int months) {
  const auto day = std::chrono::year_month_day(date) - std::chrono::months(months);
  return CalendarDate(day.ok() ? day : day.year() / day.month() / std::chrono::last);
}

/// Names no date of the request: what it says of its dates is content.
std::string sentence(const DateRule& rule, bool sending, CalendarDate sent_on) {
  if (const int months = months_before_sending(rule.other).value_or(0)) {
    return rule.date + " must be at least " + std::to_string(months) +
           " months before the day on which the notice is sent, so not after " +
           to_text(earlier(sent_on, months)) + "; the clause asks for that time";
  }
  const std::string other =
      sending ? "the day on which the notice is sent, at the earliest " + to_text(sent_on) : rule.other;
  switch (rule.bound) {
    case Bound::not_before:
      return rule.date + " must not be before " + other +
             (sending ? "; a reader would find it past, so give a later day" : "; correct one of the two");
    case Bound::not_after:
      return rule.date + " must not be after " + other +
             (sending ? "; it says what has happened, so give that day" : "; correct one of the two");
    case Bound::before:
      return rule.date + " must be before " + other + "; correct one of the two";
  }
  return {};
}

}  // namespace

std::optional<int> months_before_sending(std::string_view other) {
  if (other == day_of_sending) return 0;
  constexpr std::string_view end = " months";
  const std::string start = std::string(day_of_sending) + " - ";
  if (!other.starts_with(start) || !other.ends_with(end)) return std::nullopt;
  const std::string_view number = other.substr(start.size(), other.size() - start.size() - end.size());
  int months = 0;
  const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), months);
  if (error != std::errc() || stop != number.data() + number.size() || months < 1) return std::nullopt;
  return months;
}

std::optional<Rejection> dates_fault(const Kind& kind, const Request& request,
                                     std::optional<CalendarDate> effective_date, CalendarDate sent_on) {
  const NamedDates dates(request, effective_date);
  for (const DateRule& rule : kind.dates) {
    const auto other = dates[rule.other];
    const CalendarDate bound =
        other.value_or(earlier(sent_on, months_before_sending(rule.other).value_or(0)));
    if (holds(rule, dates[rule.date].value_or(sent_on), bound)) continue;
    const std::string place = rule.date == "effective_date" ? "/" : "/variables/";
    return Rejection{RejectionCode::invalid_value, request.pointer_prefix + place + rule.date,
                     sentence(rule, !other, sent_on)};
  }
  return std::nullopt;
}

std::optional<Rejection> before_agreement(const Agreement& agreement, const Request& request,
                                          std::optional<CalendarDate> effective_date) {
  if (!effective_date || *effective_date >= agreement.in_force_from) return std::nullopt;
  return Rejection{RejectionCode::invalid_value, request.pointer_prefix + "/effective_date",
                   "effective_date must not be before " + to_text(agreement.in_force_from) +
                       ", the day from which this version of the agreement is in force"};
}

std::optional<CalendarDate> dates_hold_until(const Kind& kind, const Request& request,
                                             std::optional<CalendarDate> effective_date) {
  const NamedDates dates(request, effective_date);
  std::optional<CalendarDate> last;
  const auto until = [&](CalendarDate day) { last = std::min(day, last.value_or(day)); };
  for (const DateRule& rule : kind.dates) {
    const auto date = dates[rule.date];
    const auto other = dates[rule.other];
    // A bound that grows with the day of the sending is broken one day; any other holds for ever.
    if (rule.bound == Bound::not_before && date && !other) until(*date);
    if (rule.bound == Bound::not_after && !date && other) until(*other);
    if (rule.bound == Bound::before && !date && other) until(*other - std::chrono::days(1));
  }
  return last;
}

}  // namespace duenotice
