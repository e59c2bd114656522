#include "gateway/pipeline/intake.hpp"

#include <algorithm>

#include "gateway/agreement/date_rules.hpp"
#include "gateway/agreement/lead_time.hpp"
#include "gateway/agreement/plan.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice {
namespace {

/// The agreement's side of a request, found step by step.
struct Duty {
  const Agreement* agreement = nullptr;
  const Kind* kind = nullptr;
  std::string language;
};

Result<Duty, Rejection> find_duty(const AgreementSet& agreements, const Request& request, Instant now) {
  const std::string& prefix = request.pointer_prefix;
  if (!agreements.knows(request.agreement)) {
    return Rejection{
        RejectionCode::unknown_agreement, prefix + "/agreement",
        "there is no agreement with this id; `duenotice agreements show` lists those that exist"};
  }
  Duty duty;
  if (request.agreement_version) {
    duty.agreement = agreements.version(request.agreement, *request.agreement_version);
    if (duty.agreement == nullptr) {
      return Rejection{RejectionCode::unknown_version, prefix + "/agreement_version",
                       "the agreement has no such version; leave it out to use the one in force"};
    }
  } else {
    duty.agreement = agreements.in_force(request.agreement, now);
    if (duty.agreement == nullptr) {
      return Rejection{RejectionCode::unknown_version, prefix + "/agreement",
                       "no version of this agreement is in force yet; name one in agreement_version"};
    }
  }
  const auto kind = duty.agreement->kinds.find(request.kind);
  if (kind == duty.agreement->kinds.end()) {
    return Rejection{RejectionCode::unknown_kind, prefix + "/kind",
                     "the agreement has no notice of this kind; `duenotice agreements show` lists its kinds"};
  }
  duty.kind = &kind->second;
  const auto language = duty.agreement->language_for(request.recipient.locale);
  if (!language) {
    return Rejection{
        RejectionCode::unsupported_locale, prefix + "/recipient/locale",
        "the agreement has no texts in this language; use one of " + joined(duty.agreement->languages)};
  }
  duty.language = *language;
  return duty;
}

/// What the lead time and the kind's rules say about the dates of a request.
struct DateRuling {
  std::optional<CalendarDate> effective;
  std::optional<LeadTime> counted;
  std::optional<CalendarDate> moved_from;
  std::optional<CalendarDate> dates_hold_until;
  bool hold = false;  ///< published in time and read too late: for a person
};

/// Empty when the request names the date, or need not.
std::optional<Rejection> missing_date(const Kind& kind, const Request& request) {
  if (!kind.needs_effective_date || request.effective_date) return std::nullopt;
  const std::string why = kind.lead_days
                              ? "this kind has a lead time of " + std::to_string(*kind.lead_days) + " days"
                              : "what this kind announces does not begin with its sending";
  return Rejection{RejectionCode::effective_date_missing, request.pointer_prefix + "/effective_date",
                   why + "; say in effective_date from which day the notice takes effect"};
}

Result<DateRuling, Rejection> rule_on_lead_time(const MessageMaker& maker, const Duty& duty, const Plan& plan,
                                                const Request& request, Instant now) {
  DateRuling ruling;
  ruling.effective = request.effective_date;
  if (!duty.kind->lead_days) return ruling;
  const std::string pointer = request.pointer_prefix + "/effective_date";
  std::vector<Milliseconds> guards;
  for (const PlannedDelivery& delivery : plan.deliveries) {
    if (delivery.counts) guards.push_back(maker.guard(delivery.channel));
  }
  std::sort(guards.begin(), guards.end());
  const TimeZone& zone = duty.agreement->time_zone;
  const int lead_days = *duty.kind->lead_days;
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

  if (duty.kind->late == LatePolicy::move) {
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
                   "clause " + duty.kind->clause + " asks for " + std::to_string(lead_days) +
                       " days' notice; the earliest lawful effective date is now " +
                       to_text(earliest_for_start(starting(now), guard, zone, lead_days, rest_days))};
}

/// What it says must be true on the day on which it goes out.
Result<DateRuling, Rejection> rule_on_dates(const MessageMaker& maker, const Duty& duty, const Plan& plan,
                                            const Request& request, Instant now) {
  if (auto missing = missing_date(*duty.kind, request)) return *std::move(missing);
  auto ruling = rule_on_lead_time(maker, duty, plan, request, now);
  if (!ruling) return ruling;
  const auto fault_at = [&](Instant at) {
    const Instant start = std::max(at, request.send_not_before.value_or(at));
    return dates_fault(*duty.kind, request, ruling->effective, duty.agreement->time_zone.date_of(start));
  };
  if (auto fault = fault_at(now)) {
    const bool published_in_time = request.published_at && !fault_at(std::min(*request.published_at, now));
    if (!published_in_time) return *std::move(fault);
    ruling->hold = true;
  }
  ruling->dates_hold_until = dates_hold_until(*duty.kind, request, ruling->effective);
  return ruling;
}

/// A copy whose words are too long for its channel does not stop the notice, unless the request asks for it
/// by name.
bool may_be_left_out(const PlannedDelivery& planned, const Request& request, const Rejection& fault) {
  return !planned.counts && !request.channels && fault.code == RejectionCode::invalid_value &&
         fault.pointer == request.pointer_prefix + "/variables";
}

/// Two events may carry the same data under names of their own, and each is answered.
Digest same_request(const Judgement::Identity& identity) {
  const char separator = '\0';
  return sha256(identity.source + separator + identity.id + separator + identity.digest.hex());
}

Notice make_notice(const Duty& duty, const Plan& plan, const DateRuling& ruling, const Request& request,
                   const MessageMaker& maker, Instant now) {
  const Kind& kind = *duty.kind;
  Notice notice;
  notice.source = request.source;
  notice.request_id = request.id;
  notice.request_digest = request.digest;
  notice.agreement = duty.agreement->id;
  notice.agreement_version = duty.agreement->version;
  notice.agreement_digest = duty.agreement->digest;
  notice.kind = kind.name;
  notice.clause = kind.clause;
  notice.account_id = request.account_id;
  notice.reference = request.reference;
  notice.locale = duty.language;
  notice.time_zone = duty.agreement->time_zone.name();
  notice.required = plan.required;
  notice.in_order = kind.strategy == Strategy::in_order;
  notice.lead_days = kind.lead_days;
  notice.accepted_at = now;
  notice.effective_date = ruling.effective;
  if (ruling.counted) {
    notice.earliest_effective_date = ruling.counted->earliest_effective_date;
    notice.must_be_sent_by = ruling.counted->must_be_sent_by;
    notice.calendar = ruling.counted->calendar;
  }
  notice.dates_hold_until = ruling.dates_hold_until;
  notice.sandbox = std::any_of(plan.deliveries.begin(), plan.deliveries.end(),
                               [&](const PlannedDelivery& d) { return maker.sandbox(d.channel); });
  return notice;
}

Delivery make_delivery(const Duty& duty, const PlannedDelivery& planned, const DateRuling& ruling,
                       const MessageMaker& maker, int position, Instant start) {
  Delivery delivery;
  delivery.channel = planned.channel;
  delivery.position = position;
  delivery.counts = planned.counts;
  delivery.address = planned.address;
  delivery.address_masked = mask_address(planned.channel, planned.address);
  delivery.sandbox = maker.sandbox(planned.channel);
  if (const auto basis = duty.agreement->deemed.find(planned.channel);
      basis != duty.agreement->deemed.end()) {
    delivery.rule = to_text(basis->second.rule);
    delivery.rule_clause = basis->second.clause;
  }
  const bool waits_its_turn = duty.kind->strategy == Strategy::in_order && planned.counts && position > 0;
  if (ruling.hold) {
    delivery.state = DeliveryState::held;
    delivery.reason = reasons::late;
  } else if (!waits_its_turn) {
    delivery.due_at = start;
  }
  return delivery;
}

}  // namespace

Judgement Intake::judge(const queue::Message& message) const {
  if (message.oversized) {
    return {.identity = std::nullopt,
            .verdict = Rejection{RejectionCode::too_large, "",
                                 "the body has " + std::to_string(message.oversized->length) +
                                     " bytes; send at most " + std::to_string(max_body_bytes_) +
                                     " (of this one the first " +
                                     std::to_string(limits::oversized_body_kept_bytes) + " were kept)"}};
  }
  auto sequence = published_sequence(message.body, max_body_bytes_);
  auto request = decode_request(message.body, message.content_type, max_body_bytes_, schema_);
  if (!request)
    return {.identity = std::nullopt, .sequence = std::move(sequence), .verdict = request.error()};
  return {.identity = Judgement::Identity{request->source, request->id, request->digest},
          .sequence = std::move(sequence),
          .verdict = draft(*request)};
}

std::variant<Draft, Rejection> Intake::draft(const Request& request) const {
  const Instant now = clock_.now();
  const auto library = maker_.library();
  const auto duty = find_duty(library->agreements(), request, now);
  if (!duty) return duty.error();
  if (auto fault = library->check_variables(*duty->kind, request.variables)) {
    fault->pointer = quotable_pointer(request.pointer_prefix + fault->pointer);
    return *fault;
  }
  const auto plan = plan_deliveries(*duty->kind, request, maker_.configured());
  if (!plan) return plan.error();
  const auto ruling = rule_on_dates(maker_, *duty, *plan, request, now);
  if (!ruling) return ruling.error();

  Draft draft{.notice = make_notice(*duty, *plan, *ruling, request, maker_, now),
              .deliveries = {},
              .renderings = {},
              .request_json = request.canonical,
              .left_out = {},
              .moved_from = ruling->moved_from};
  draft.notice.id = new_ulid(now, random_);
  const Instant start = std::max(now, request.send_not_before.value_or(now));
  if (start > now) draft.notice.not_before = start;
  int position = 0;
  for (const PlannedDelivery& planned : plan->deliveries) {
    auto rendering = maker_.make({.agreement = *duty->agreement,
                                  .kind = *duty->kind,
                                  .request = request,
                                  .notice_id = draft.notice.id,
                                  .language = duty->language,
                                  .address = planned.address,
                                  .channel = planned.channel,
                                  .revision = 1,
                                  .effective_date = ruling->effective,
                                  .now = now});
    if (!rendering && may_be_left_out(planned, request, rendering.error())) {
      draft.left_out.push_back(planned.channel);
      continue;
    }
    if (!rendering) return rendering.error();
    draft.renderings.push_back(std::move(*rendering));
    draft.deliveries.push_back(make_delivery(*duty, planned, *ruling, maker_, position++, start));
  }
  return draft;
}

RejectedRequest Intake::rejected_row(const queue::Message& message, const Rejection& rejection,
                                     const std::optional<Judgement::Identity>& identity) const {
  const Instant now = clock_.now();
  RejectedRequest row;
  row.id = new_ulid(now, random_);
  row.at = now;
  row.code = to_text(rejection.code);
  row.pointer = rejection.pointer;
  row.message = rejection.message;
  if (identity) {
    row.source = identity->source;
    row.request_id = identity->id;
  } else if (!message.oversized) {
    PublishedIdentity published = published_identity(message.body, max_body_bytes_);
    row.source = std::move(published.source);
    row.request_id = std::move(published.id);
  }
  row.content_type = message.content_type;
  row.body_bytes =
      static_cast<std::int64_t>(message.oversized ? message.oversized->length : message.body.size());
  row.body_digest = message.oversized ? message.oversized->digest : sha256(message.body);
  row.same_as = identity ? same_request(*identity) : row.body_digest;
  // It says nothing about the request, so each one is news, also of the same request.
  if (rejection.code == RejectionCode::not_recorded) row.same_as = sha256(row.id);
  row.body = message.body.size() > max_body_bytes_ ? message.body.substr(0, limits::oversized_body_kept_bytes)
                                                   : message.body;
  return row;
}

}  // namespace duenotice
