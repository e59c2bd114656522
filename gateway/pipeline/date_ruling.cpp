#include "gateway/pipeline/date_ruling.hpp"

#include <algorithm>
#include <vector>

#include "gateway/agreement/date_rules.hpp"

namespace duenotice {
namespace {

/// Empty when the request names the date, or need not.
std::optional<Rejection> missing_date(const Kind& kind, const Request& request) {
  if (!kind.needs_effective_date || request.effective_date) return std::nullopt;
  const std::string why = kind.lead_days
                              ? "this kind has a lead time of " + std::to_string(*kind.lead_days) + " days"
                              : "what this kind announces does not begin with its sending";
  return Rejection{RejectionCode::effective_date_missing, request.pointer_prefix + "/effective_date",
                   why + "; say in effective_date from which day the notice takes effect"};
}

Result<DateRuling, Rejection> rule_on_lead_time(const MessageMaker& maker, const Agreement& agreement,
                                                const Kind& kind, const Plan& plan, const Request& request,
                                                Instant now) {
  DateRuling ruling;
  ruling.effective = request.effective_date;
  if (!kind.lead_days) return ruling;
  const std::string pointer = request.pointer_prefix + "/effective_date";
  std::vector<Milliseconds> guards;
  for (const PlannedDelivery& delivery : plan.deliveries) {
    if (delivery.counts) guards.push_back(maker.guard(delivery.channel));
  }
  std::sort(guards.begin(), guards.end());
  const TimeZone& zone = agreement.time_zone;
  const int lead_days = *kind.lead_days;
  const auto starting = [&](Instant at) { return std::max(at, request.send_not_before.value_or(at)); };
  // The clause is satisfied at the earliest by the `required` fastest channels.
  const Milliseconds guard = guards[static_cast<std::size_t>(plan.required - 1)];
  const auto library = maker.library();
  const RestDays& rest_days = library->agreements().rest_days();
  const auto counted = [&](Instant start, Milliseconds reply_within, CalendarDate effective) {
    return count_lead_time(zone.date_of(start + reply_within), effective, lead_days, rest_days);
  };
  ruling.counted = counted(starting(now), guard, *request.effective_date);
  if (*request.effective_date >= ruling.counted->earliest_effective_date) return ruling;

  if (kind.late == LatePolicy::move) {
    ruling.moved_from = request.effective_date;
    // Every channel must still fit the moved date, so the slowest decides.
    ruling.effective = earliest_for_start(starting(now), guards.back(), zone, lead_days, rest_days);
    ruling.counted = counted(starting(now), guards.back(), *ruling.effective);
    return ruling;
  }
  const bool published_in_time =
      request.published_at &&
      counted(starting(std::min(*request.published_at, now)), Milliseconds(0), *request.effective_date)
              .earliest_effective_date <= *request.effective_date;
  if (published_in_time) {
    ruling.hold = true;
    return ruling;
  }
  return Rejection{RejectionCode::lead_time_too_short, pointer,
                   "clause " + kind.clause + " asks for " +
                       (lead_days == 0 ? "notice at the latest on the day before"
                                       : std::to_string(lead_days) + " days' notice") +
                       "; the earliest lawful effective date is now " +
                       to_text(earliest_for_start(starting(now), guard, zone, lead_days, rest_days))};
}

}  // namespace

Result<DateRuling, Rejection> rule_on_dates(const MessageMaker& maker, const Agreement& agreement,
                                            const Kind& kind, const Plan& plan, const Request& request,
                                            Instant now) {
  if (auto missing = missing_date(kind, request)) return *std::move(missing);
  if (auto early = before_agreement(agreement, request, request.effective_date)) return *std::move(early);
  const Instant first = std::max(now, request.send_not_before.value_or(now));
  if (!request.effective_date && agreement.time_zone.date_of(first) < agreement.in_force_from) {
    return Rejection{RejectionCode::effective_date_missing, request.pointer_prefix + "/effective_date",
                     "this version of the agreement is in force from " + to_text(agreement.in_force_from) +
                         " on, and without effective_date the notice would take effect before; add one, or "
                         "leave agreement_version out"};
  }
  auto ruling = rule_on_lead_time(maker, agreement, kind, plan, request, now);
  if (!ruling) return ruling;
  const auto fault_at = [&](Instant at) {
    const Instant start = std::max(at, request.send_not_before.value_or(at));
    return dates_fault(kind, request, ruling->effective, agreement.time_zone.date_of(start));
  };
  if (auto fault = fault_at(now)) {
    const bool published_in_time = request.published_at && !fault_at(std::min(*request.published_at, now));
    if (!published_in_time) return *std::move(fault);
    ruling->hold = true;
  }
  ruling->dates_hold_until = dates_hold_until(kind, request, ruling->effective);
  return ruling;
}

}  // namespace duenotice
