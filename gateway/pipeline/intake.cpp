#include "gateway/pipeline/intake.hpp"

#include <algorithm>

#include "gateway/agreement/plan.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/address.hpp"
#include "gateway/pipeline/channels_left_out.hpp"
#include "gateway/pipeline/date_ruling.hpp"

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
  notice.also_clauses = joined(kind.also_clauses);
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
  if (const auto ended = decode_account_ended(message.body, message.content_type, max_body_bytes_)) {
    if (!*ended) {
      return {.identity = std::nullopt,
              .sequence = std::move(sequence),
              .published = published_identity(message.body, max_body_bytes_),
              .verdict = ended->error()};
    }
    const AccountEnded& known = **ended;
    return {.identity = Judgement::Identity{known.source, known.id, known.digest},
            .sequence = std::move(sequence),
            .published = {known.source, known.id, known.account},
            .verdict = known};
  }
  auto request = decode_request(message.body, message.content_type, max_body_bytes_, schema_);
  if (!request) {
    return {.identity = std::nullopt,
            .sequence = std::move(sequence),
            .published = published_identity(message.body, max_body_bytes_),
            .verdict = request.error()};
  }
  return {.identity = Judgement::Identity{request->source, request->id, request->digest},
          .sequence = std::move(sequence),
          .published = {request->source, request->id, request->account_id},
          .verdict = draft(*request)};
}

Verdict Intake::draft(const Request& request) const {
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
  const auto ruling = rule_on_dates(maker_, *duty->agreement, *duty->kind, *plan, request, now);
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
  ChannelsLeftOut left_out(request, plan->required);
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
    if (!rendering) {
      if (!left_out.take(planned, rendering.error())) return rendering.error();
      draft.left_out.push_back({planned.channel, planned.counts});
      continue;
    }
    left_out.fits(planned);
    draft.renderings.push_back(std::move(*rendering));
    draft.deliveries.push_back(make_delivery(*duty, planned, *ruling, maker_, position++, start));
  }
  if (const auto fault = left_out.fault()) return *fault;
  if (!draft.left_out.empty()) {
    std::vector<std::string> channels;
    for (const Draft::LeftOut& each : draft.left_out) channels.emplace_back(to_text(each.channel));
    draft.notice.channels_left_out = joined(channels);
    draft.notice.sandbox = std::any_of(draft.deliveries.begin(), draft.deliveries.end(),
                                       [](const Delivery& delivery) { return delivery.sandbox; });
  }
  return draft;
}

RejectedRequest Intake::rejected_row(const queue::Message& message, const Rejection& rejection,
                                     const Judgement& judgement) const {
  const Instant now = clock_.now();
  RejectedRequest row;
  row.id = new_ulid(now, random_);
  row.at = now;
  row.code = to_text(rejection.code);
  row.pointer = rejection.pointer;
  row.message = rejection.message;
  row.source = judgement.published.source;
  row.request_id = judgement.published.id;
  row.account = judgement.published.account;
  row.content_type = message.content_type;
  row.body_bytes =
      static_cast<std::int64_t>(message.oversized ? message.oversized->length : message.body.size());
  row.body_digest = message.oversized ? message.oversized->digest : sha256(message.body);
  row.same_as = judgement.identity ? same_request(*judgement.identity) : row.body_digest;
  // It says nothing about the request, so each one is news, also of the same request.
  if (rejection.code == RejectionCode::not_recorded) row.same_as = sha256(row.id);
  row.body = message.body.size() > max_body_bytes_ ? message.body.substr(0, limits::oversized_body_kept_bytes)
                                                   : message.body;
  return row;
}

}  // namespace duenotice
