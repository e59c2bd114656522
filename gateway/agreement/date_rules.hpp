#pragma once
#include <optional>

#include "gateway/agreement/agreement.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/request.hpp"

/// Whether the dates that a notice names can be true: no appeal until a day that has passed, no export of
/// data after their deletion. A kind declares its rules under [kind.NAME.dates] in its agreement file. Pure
/// functions; the request's variables are those of its kind, each of its type.
///
/// `effective_date` is the notice's, which may have moved. Without one the notice takes effect on the day on
/// which it is sent, and so do the rules read it.

namespace duenotice {

/// The word for the day of the sending in a rule.
inline constexpr std::string_view day_of_sending = "sending";

/// `sending - 12 months` asks that so many months have passed; only with `not_after`. The months before the
/// sending that a rule's other day means, none for `sending` itself; empty for what is another date.
std::optional<int> months_before_sending(std::string_view other);

/// The first rule that a sending on `sent_on` would break. The rejection points at the rule's date.
std::optional<Rejection> dates_fault(const Kind& kind, const Request& request,
                                     std::optional<CalendarDate> effective_date, CalendarDate sent_on);

/// The agreement's version binds from its first day on: no notice under it takes effect before.
std::optional<Rejection> before_agreement(const Agreement& agreement, const Request& request,
                                          std::optional<CalendarDate> effective_date);

/// The last day on which a sending breaks no rule; empty when none of them ever ends. Given that a sending
/// breaks none today.
std::optional<CalendarDate> dates_hold_until(const Kind& kind, const Request& request,
                                             std::optional<CalendarDate> effective_date);

}  // namespace duenotice
