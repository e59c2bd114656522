// What is too late for its date: held for a person, or moved, as the agreement says.
#include <algorithm>

#include "gateway/agreement/date_rules.hpp"
#include "gateway/agreement/lead_time.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

/// What a notice was made from. Empty when its version of the agreement is not loaded any more, or its
/// account was erased.
struct NoticeLife::Origin {
  std::shared_ptr<const templates::Library> library;  ///< keeps the next two
  const Agreement* agreement = nullptr;
  const Kind* kind = nullptr;
  Request request;
};

/// A copy may be started until midnight itself: its reply makes no date, so no guard belongs before it.
Milliseconds NoticeLife::guard_of(const Delivery& delivery) const {
  return delivery.counts ? maker_.guard(delivery.channel) : Milliseconds(0);
}

/// When something of it may be started at the earliest: now, or when its publisher wants it.
Instant NoticeLife::soonest(const Scene& scene) const {
  const Instant now = clock_.now();
  return std::max(now, scene.notice.not_before.value_or(now));
}

/// From when on something that it says of its dates is past.
std::optional<Instant> NoticeLife::dates_end(const Scene& scene) {
  if (!scene.notice.dates_hold_until || scene.notice.late_accepted) return std::nullopt;
  return too_late_from(*scene.notice.dates_hold_until, Milliseconds(0), scene.zone);
}

/// A lead time binds until the clause is satisfied; what a notice says has to be true of every sending.
std::optional<Instant> NoticeLife::last_start(const Scene& scene, const Delivery& delivery) const {
  const Notice& notice = scene.notice;
  const auto true_until = dates_end(scene);
  if (!notice.must_be_sent_by || notice.deemed || notice.late_accepted ||
      delivery.state == DeliveryState::sent)
    return true_until;
  const Instant lawful_until = too_late_from(*notice.must_be_sent_by, guard_of(delivery), scene.zone);
  return std::min(lawful_until, true_until.value_or(lawful_until));
}

bool NoticeLife::is_too_late(const Scene& scene, const Delivery& delivery, Instant now) const {
  const auto last = last_start(scene, delivery);
  return last && *last <= now;
}

/// Whether a faster channel can still satisfy the clause on the date that was asked for.
bool NoticeLife::another_is_in_time(const Scene& scene, const Delivery& delivery, Instant now) const {
  return std::any_of(scene.deliveries.begin(), scene.deliveries.end(), [&](const Delivery& other) {
    return other.channel != delivery.channel && other.counts && other.state == DeliveryState::waiting &&
           !is_too_late(scene, other, now);
  });
}

bool NoticeLife::settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now,
                                 AfterCommit& after) const {
  if (!is_too_late(scene, delivery, now)) return false;
  if (!another_is_in_time(scene, delivery, now) && !scene.anything_out() &&
      move_effective_date(tx, scene, now, after)) {
    return false;
  }
  hold(tx, delivery, scene, reasons::late);
  // A faster channel may still be in time.
  if (delivery.counts) start_next_in_order(tx, scene, delivery, now, after);
  return true;
}

/// Only a kind with a lead time has an effective date that may move by itself.
bool NoticeLife::move_effective_date(Transaction& tx, Scene& scene, Instant now, AfterCommit& after) const {
  const auto origin = origin_of(tx, scene.notice);
  if (!origin || !origin->kind->lead_days || origin->kind->late != LatePolicy::move) return false;
  return set_effective_date(tx, scene, earliest_at(scene, now), "effective_date_moved", after).ok();
}

/// When the last positive reply to a sending that starts now can be read. Every channel must still fit the
/// date, so the slowest decides.
CalendarDate NoticeLife::last_reply_day(const Scene& scene, Instant now) const {
  Milliseconds slowest{0};
  for (const Delivery& delivery : scene.deliveries)
    slowest = std::max(slowest, maker_.guard(delivery.channel));
  return scene.zone.date_of(now + slowest);
}

CalendarDate NoticeLife::earliest_at(const Scene& scene, Instant now) const {
  return earliest_effective_date(last_reply_day(scene, now), *scene.notice.lead_days,
                                 maker_.library()->agreements().rest_days());
}

std::optional<NoticeLife::Origin> NoticeLife::origin_of(Transaction& tx, const Notice& notice) const {
  Origin origin{.library = maker_.library(), .agreement = nullptr, .kind = nullptr, .request = {}};
  origin.agreement = origin.library->agreements().version(notice.agreement, notice.agreement_version);
  if (origin.agreement == nullptr) return std::nullopt;
  const auto kind = origin.agreement->kinds.find(notice.kind);
  if (kind == origin.agreement->kinds.end()) return std::nullopt;
  origin.kind = &kind->second;
  const auto stored = tx.request_json(notice.number);
  if (!stored) return std::nullopt;
  auto request = decode_stored_request(*stored, notice.source, notice.request_id);
  if (!request) return std::nullopt;
  origin.request = std::move(*request);
  return origin;
}

std::optional<Rendering> NoticeLife::render_again(Transaction& tx, const Scene& scene, Channel channel,
                                                  const std::string& address, int revision,
                                                  std::optional<CalendarDate> effective_date) const {
  const Notice& notice = scene.notice;
  const auto origin = origin_of(tx, notice);
  if (!origin) return std::nullopt;
  auto rendering = maker_.make({.agreement = *origin->agreement,
                                .kind = *origin->kind,
                                .request = origin->request,
                                .notice_id = notice.id,
                                .language = notice.locale,
                                .address = address,
                                .channel = channel,
                                .revision = revision,
                                .effective_date = effective_date,
                                .now = clock_.now()});
  if (!rendering) return std::nullopt;
  rendering->notice = notice.number;
  return std::move(*rendering);
}

/// What was held for lateness goes on; of an `in_order` kind the first one, and the others wait their turn.
void NoticeLife::release_late(Scene& scene, Instant start, AfterCommit& after) const {
  for (Delivery& delivery : scene.deliveries) {
    if (delivery.state != DeliveryState::held || delivery.reason != reasons::late) continue;
    const bool waits_its_turn = scene.notice.in_order && delivery.counts && scene.turn_is_taken();
    move_to(delivery, DeliveryState::waiting);
    if (waits_its_turn) continue;
    delivery.due_at = start;
    delivery.transient_failures = 0;
    after.due.push_back({delivery.channel, start});
  }
}

Status NoticeLife::set_effective_date(Transaction& tx, Scene& scene, CalendarDate date,
                                      std::string_view reason, AfterCommit& after) const {
  Notice& notice = scene.notice;
  const Instant start = soonest(scene);
  const auto origin = origin_of(tx, notice);
  const Error not_made{ErrorKind::invalid,
                       "its words cannot be made again: version " + notice.agreement_version +
                           " of its agreement is not loaded any more, or a channel of it is not configured"};
  if (!origin) return not_made;
  if (const auto early = before_agreement(*origin->agreement, origin->request, date))
    return Error{ErrorKind::invalid, early->message};
  if (const auto fault = dates_fault(*origin->kind, origin->request, date, scene.zone.date_of(start))) {
    return Error{ErrorKind::invalid, "with that date " + fault->message +
                                         "; only the effective date can be corrected here, so cancel the "
                                         "notice and publish it anew if another date is wrong"};
  }
  std::vector<Rendering> renderings;
  for (const Delivery& delivery : scene.deliveries) {
    const int revision = tx.newest_revision(notice.number, delivery.channel) + 1;
    auto rendering = render_again(tx, scene, delivery.channel, delivery.address, revision, date);
    if (!rendering) return not_made;
    rendering->reason = std::string(reason);
    renderings.push_back(std::move(*rendering));
  }
  Json revisions = Json::object();
  std::vector<ProtectedField> fields;
  for (std::size_t i = 0; i < renderings.size(); ++i) {
    protect(fields, renderings[i], tx.insert_rendering(renderings[i]));
    scene.deliveries[i].revision = renderings[i].revision;
    revisions[std::string(to_text(renderings[i].channel))] = renderings[i].revision;
  }
  release_late(scene, start, after);
  const Json from = notice.effective_date ? Json(to_text(*notice.effective_date)) : Json();
  if (notice.late_accepted) tx.forget_late_accepted(notice.number, std::nullopt);
  notice.late_accepted = false;
  notice.effective_date = date;
  notice.dates_hold_until = dates_hold_until(*origin->kind, origin->request, date);
  if (notice.lead_days) {
    const LeadTime counted = count_lead_time(last_reply_day(scene, start), date, *notice.lead_days,
                                             maker_.library()->agreements().rest_days());
    notice.earliest_effective_date = counted.earliest_effective_date;
    notice.must_be_sent_by = counted.must_be_sent_by;
    notice.calendar = counted.calendar;
  }
  note(tx, scene, reason,
       Json::Object{{"from", from},
                    {"to", to_text(date)},
                    {"calendar", notice.calendar},
                    {"revisions", std::move(revisions)}},
       std::move(fields));
  return Done{};
}

}  // namespace duenotice
