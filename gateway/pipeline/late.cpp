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
  if (!notice.must_be_sent_by || notice.deemed) return std::nullopt;
  return scene.zone.start_of(*notice.must_be_sent_by + std::chrono::days(1)) - guard_of(delivery);
}

/// Whether a faster channel can still satisfy the clause on the date that was asked for.
bool NoticeLife::another_is_in_time(const Scene& scene, const Delivery& delivery, Instant now) const {
  return std::any_of(scene.deliveries.begin(), scene.deliveries.end(), [&](const Delivery& other) {
    return other.channel != delivery.channel && other.counts && other.state == DeliveryState::waiting &&
           *scene.notice.effective_date >=
               earliest_for_start(now, guard_of(other), scene.zone, *scene.notice.lead_days);
  });
}

bool NoticeLife::settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now,
                                 AfterCommit& after) const {
  Notice& notice = scene.notice;
  if (!notice.lead_days || notice.deemed) return false;
  const CalendarDate earliest = earliest_for_start(now, guard_of(delivery), scene.zone, *notice.lead_days);
  if (*notice.effective_date >= earliest) return false;
  if (!another_is_in_time(scene, delivery, now) && !scene.anything_out() &&
      move_effective_date(tx, scene, now, after)) {
    return false;
  }
  hold(tx, delivery, scene, "late");
  // A faster channel may still be in time.
  if (delivery.counts) start_next_in_order(tx, scene, now, after);
  return true;
}

bool NoticeLife::move_effective_date(Transaction& tx, Scene& scene, Instant now, AfterCommit& after) const {
  Notice& notice = scene.notice;
  const Agreement* agreement =
      maker_.library().agreements().version(notice.agreement, notice.agreement_version);
  if (agreement == nullptr) return false;
  const auto kind = agreement->kinds.find(notice.kind);
  if (kind == agreement->kinds.end() || kind->second.late != LatePolicy::move) return false;
  const auto request =
      decode_stored_request(tx.request_json(notice.number), notice.source, notice.request_id);
  if (!request) return false;

  Milliseconds slowest{0};
  for (const Delivery& delivery : scene.deliveries)
    slowest = std::max(slowest, maker_.guard(delivery.channel));
  const CalendarDate moved = earliest_for_start(now, slowest, scene.zone, *notice.lead_days);
  std::vector<Rendering> renderings;
  for (const Delivery& delivery : scene.deliveries) {
    auto rendering = maker_.make({.agreement = *agreement,
                                  .kind = kind->second,
                                  .request = *request,
                                  .notice_id = notice.id,
                                  .language = notice.locale,
                                  .address = delivery.address,
                                  .channel = delivery.channel,
                                  .revision = delivery.revision + 1,
                                  .effective_date = moved,
                                  .now = now});
    if (!rendering) return false;
    rendering->notice = notice.number;
    rendering->reason = "effective_date_moved";
    renderings.push_back(std::move(*rendering));
  }
  for (const Rendering& rendering : renderings) tx.insert_rendering(rendering);
  for (Delivery& delivery : scene.deliveries) {
    ++delivery.revision;
    if (delivery.state != DeliveryState::held || delivery.reason != "late") continue;
    move_to(delivery, DeliveryState::waiting);
    delivery.due_at = now;
    after.due.push_back({delivery.channel, now});
  }
  note(tx, scene, events::effective_date_moved,
       Json::Object{{"from", to_text(*notice.effective_date)}, {"to", to_text(moved)}});
  notice.effective_date = moved;
  notice.earliest_effective_date = moved;
  notice.must_be_sent_by = must_be_sent_by(moved, *notice.lead_days);
  return true;
}

}  // namespace duenotice
