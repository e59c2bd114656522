// Step 6: what is due gets its intent, or is shown, or turns out to be too late.
#include <algorithm>

#include "channels/in_site/in_site_message.hpp"
#include "gateway/agreement/lead_time.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

int NoticeLife::start_due(Transaction& tx, Channel channel, int most, AfterCommit& after) const {
  const std::vector<Delivery> due = tx.due(channel, clock_.now(), most);
  for (const Delivery& delivery : due) start(tx, delivery, after);
  if (static_cast<int>(due.size()) < most) {
    if (const auto next = tx.next_due(channel)) after.due.push_back({channel, *next});
  }
  return static_cast<int>(due.size());
}

void NoticeLife::start(Transaction& tx, const Delivery& due, AfterCommit& after) const {
  Scene scene = load(tx, due.notice);
  Delivery& delivery = scene.delivery(due.channel);
  DN_ASSERT(delivery.state == DeliveryState::waiting);
  const Instant now = clock_.now();
  if (settle_lateness(tx, scene, delivery, now)) {
    save(tx, scene);
    return;
  }
  if (delivery.channel == Channel::in_site) {
    show_in_site(tx, scene, delivery, after);
    save(tx, scene);
    return;
  }
  Rendering rendering = tx.rendering(scene.notice.number, delivery.channel, delivery.revision);
  Attempt attempt{.notice = scene.notice.number,
                  .channel = delivery.channel,
                  .number = ++delivery.attempts,
                  .revision = delivery.revision,
                  .epoch = tx.epoch(),
                  .started_at = now,
                  .possible_duplicate = delivery.unknowns > 0,
                  .sandbox = delivery.sandbox};
  attempt.id = tx.insert_attempt(attempt);
  move_to(delivery, DeliveryState::in_flight);
  note(tx, scene, events::attempt_started,
       Json::Object{{"channel", to_text(attempt.channel)},
                    {"attempt", attempt.number},
                    {"revision", attempt.revision},
                    {"epoch", attempt.epoch},
                    {"possible_duplicate", attempt.possible_duplicate},
                    {"sandbox", attempt.sandbox}});
  after.tasks.push_back({.attempt_id = attempt.id,
                         .channel = attempt.channel,
                         .hand_over = {.notice_id = scene.notice.id,
                                       .revision = attempt.revision,
                                       .attempt = attempt.number,
                                       .address = delivery.address,
                                       .content = std::move(rendering.content)}});
  save(tx, scene);
}

void NoticeLife::show_in_site(Transaction& tx, Scene& scene, Delivery& delivery, AfterCommit& after) const {
  const Instant now = clock_.now();
  const CalendarDate today = scene.zone.date_of(now);
  if (scene.zone.date_of(now + limits::in_site_midnight_guard) != today) {
    // The row's commit could fall on the next day; it waits those seconds so that its date is certain.
    delivery.due_at = scene.zone.start_of(today + std::chrono::days(1));
    after.due.push_back({Channel::in_site, *delivery.due_at});
    return;
  }
  const Rendering rendering = tx.rendering(scene.notice.number, Channel::in_site, delivery.revision);
  Attempt attempt{.notice = scene.notice.number,
                  .channel = Channel::in_site,
                  .number = ++delivery.attempts,
                  .revision = delivery.revision,
                  .epoch = tx.epoch(),
                  .started_at = now};
  attempt.id = tx.insert_attempt(attempt);
  tx.insert_in_site_message(
      channels::in_site_message(scene.notice.number, delivery.address, rendering.content, now));
  after.first_shown_at = std::min(now, after.first_shown_at.value_or(now));
  move_to(delivery, DeliveryState::in_flight);
  finish(tx, scene, delivery, attempt,
         {.outcome = Outcome::sent, .code = "shown", .reply = {}, .retry_after = {}}, now, after);
}

bool NoticeLife::settle_lateness(Transaction& tx, Scene& scene, Delivery& delivery, Instant now) const {
  Notice& notice = scene.notice;
  if (!notice.lead_days || notice.deemed) return false;
  const CalendarDate earliest =
      earliest_for_start(now, maker_.guard(delivery.channel), scene.zone, *notice.lead_days);
  if (*notice.effective_date >= earliest) return false;
  if (!scene.anything_out() && move_effective_date(tx, scene, now)) return false;
  move_to(delivery, DeliveryState::held, "late");
  note(tx, scene, events::delivery_held,
       Json::Object{{"channel", to_text(delivery.channel)},
                    {"reason", "late"},
                    {"earliest_effective_date", to_text(earliest)}});
  return true;
}

bool NoticeLife::move_effective_date(Transaction& tx, Scene& scene, Instant now) const {
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
    delivery.transient_failures = 0;
  }
  note(tx, scene, events::effective_date_moved,
       Json::Object{{"from", to_text(*notice.effective_date)}, {"to", to_text(moved)}});
  notice.effective_date = moved;
  notice.earliest_effective_date = moved;
  notice.must_be_sent_by = must_be_sent_by(moved, *notice.lead_days);
  return true;
}

}  // namespace duenotice
