#include "gateway/agreement/date_rules.hpp"

#include <algorithm>

namespace duenotice {
namespace {

using Bound = DateRule::Bound;

/// The dates of one notice by their names. Empty for what is the day of the sending.
class NamedDates {
 public:
  NamedDates(const Request& request, std::optional<CalendarDate> effective_date)
      : request_(request), effective_date_(effective_date) {}

  std::optional<CalendarDate> operator[](const std::string& name) const {
    if (name == day_of_sending) return std::nullopt;
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

/// Names no date of the request: what it says of its dates is content.
std::string sentence(const DateRule& rule, bool sending, CalendarDate sent_on) {
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

std::optional<Rejection> dates_fault(const Kind& kind, const Request& request,
                                     std::optional<CalendarDate> effective_date, CalendarDate sent_on) {
  const NamedDates dates(request, effective_date);
  for (const DateRule& rule : kind.dates) {
    const auto other = dates[rule.other];
    if (holds(rule, dates[rule.date].value_or(sent_on), other.value_or(sent_on))) continue;
    const std::string place = rule.date == "effective_date" ? "/" : "/variables/";
    return Rejection{RejectionCode::invalid_value, request.pointer_prefix + place + rule.date,
                     sentence(rule, !other, sent_on)};
  }
  return std::nullopt;
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
