// What is too late for its date: held for a person, or moved, as the agreement says.
#include <algorithm>

#include "gateway/agreement/lead_time.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

/// A copy may be started until midnight itself: its reply makes no date, so no guard belongs before it.
Milliseconds NoticeLife::guard_of(const Delivery& delivery) const {
  return delivery.counts ? maker_.guard(delivery.channel) : Milliseconds(0);
}

std::optional<Instant> NoticeLife::last_start(const Scene& scene, const Delivery& delivery) const {
  const Notice& notice = scene.notice;
  if (!notice.must_be_sent_by || notice.deemed || notice.late_accepted) return std::nullopt;
  return scene.zone.start_of(*notice.must_be_sent_by + std::chrono::days(1)) - guard_of(delivery);
}

/// Whether a faster channel can still satisfy the clause on the date that was asked for.
bool NoticeLife::another_is_in_time(const Scene& scene, const Delivery& delivery, Instant now) const {
  return std::any_of(scene.deliveries.begin(), scene.deliveries.end(), [&](const Delivery& other) {
    return other.channel != delivery.channel && other.counts && other.state == DeliveryState::waiting &&
           !is_late(now, guard_of(other), scene.zone, *scene.notice.must_be_sent_by);
  });
}

bool NoticeLife::settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now,
                                 AfterCommit& after) const {
  Notice& notice = scene.notice;
  if (!notice.must_be_sent_by || notice.deemed || notice.late_accepted) return false;
  if (!is_late(now, guard_of(delivery), scene.zone, *notice.must_be_sent_by)) return false;
  if (!another_is_in_time(scene, delivery, now) && !scene.anything_out() &&
      move_effective_date(tx, scene, now, after)) {
    return false;
  }
  hold(tx, delivery, scene, reasons::late);
  // A faster channel may still be in time.
  if (delivery.counts) start_next_in_order(tx, scene, delivery, now, after);
  return true;
}

bool NoticeLife::move_effective_date(Transaction& tx, Scene& scene, Instant now, AfterCommit& after) const {
  const auto library = maker_.library();
  const Agreement* agreement =
      library->agreements().version(scene.notice.agreement, scene.notice.agreement_version);
  if (agreement == nullptr) return false;
  const auto kind = agreement->kinds.find(scene.notice.kind);
  if (kind == agreement->kinds.end() || kind->second.late != LatePolicy::move) return false;
  return set_effective_date(tx, scene, earliest_at(scene, now), "effective_date_moved", after);
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

std::optional<Rendering> NoticeLife::render_again(Transaction& tx, const Scene& scene, Channel channel,
                                                  const std::string& address, int revision,
                                                  std::optional<CalendarDate> effective_date) const {
  const Notice& notice = scene.notice;
  const auto library = maker_.library();
  const Agreement* agreement = library->agreements().version(notice.agreement, notice.agreement_version);
  if (agreement == nullptr) return std::nullopt;
  const auto kind = agreement->kinds.find(notice.kind);
  if (kind == agreement->kinds.end()) return std::nullopt;
  const auto request =
      decode_stored_request(tx.request_json(notice.number), notice.source, notice.request_id);
  if (!request) return std::nullopt;
  auto rendering = maker_.make({.agreement = *agreement,
                                .kind = kind->second,
                                .request = *request,
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
void NoticeLife::release_late(Scene& scene, Instant now, AfterCommit& after) const {
  for (Delivery& delivery : scene.deliveries) {
    if (delivery.state != DeliveryState::held || delivery.reason != reasons::late) continue;
    const bool waits_its_turn = scene.notice.in_order && delivery.counts && scene.turn_is_taken();
    move_to(delivery, DeliveryState::waiting);
    if (waits_its_turn) continue;
    delivery.due_at = now;
    delivery.transient_failures = 0;
    after.due.push_back({delivery.channel, now});
  }
}

bool NoticeLife::set_effective_date(Transaction& tx, Scene& scene, CalendarDate date,
                                    const std::string& reason, AfterCommit& after) const {
  Notice& notice = scene.notice;
  std::vector<Rendering> renderings;
  for (const Delivery& delivery : scene.deliveries) {
    const int revision = tx.newest_revision(notice.number, delivery.channel) + 1;
    auto rendering = render_again(tx, scene, delivery.channel, delivery.address, revision, date);
    if (!rendering) return false;
    rendering->reason = reason;
    renderings.push_back(std::move(*rendering));
  }
  const Instant now = clock_.now();
  Json revisions = Json::object();
  std::vector<ProtectedField> fields;
  for (std::size_t i = 0; i < renderings.size(); ++i) {
    protect(fields, renderings[i], tx.insert_rendering(renderings[i]));
    scene.deliveries[i].revision = renderings[i].revision;
    revisions[std::string(to_text(renderings[i].channel))] = renderings[i].revision;
  }
  release_late(scene, now, after);
  notice.late_accepted = false;
  const LeadTime counted = count_lead_time(last_reply_day(scene, now), date, *notice.lead_days,
                                           maker_.library()->agreements().rest_days());
  note(tx, scene, reason,
       Json::Object{{"from", to_text(*notice.effective_date)},
                    {"to", to_text(date)},
                    {"calendar", counted.calendar},
                    {"revisions", std::move(revisions)}},
       std::move(fields));
  notice.effective_date = date;
  notice.earliest_effective_date = counted.earliest_effective_date;
  notice.must_be_sent_by = counted.must_be_sent_by;
  notice.calendar = counted.calendar;
  return true;
}

}  // namespace duenotice
