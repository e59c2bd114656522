// Step 6: what is due gets its intent, or is shown, or turns out to be too late.
#include <algorithm>

#include "channels/in_site/in_site_message.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

int NoticeLife::start_due(Transaction& tx, Channel channel, int most, AfterCommit& after, bool probe) const {
  const std::vector<Delivery> due = tx.due(channel, clock_.now(), most);
  for (const Delivery& delivery : due) start(tx, delivery, probe, after);
  const int room = most - static_cast<int>(due.size());
  if (room == 0) return most;
  const std::vector<Resend> further = tx.due_resends(channel, clock_.now(), room);
  for (const Resend& resend : further) start_resend(tx, resend, probe, after);
  if (static_cast<int>(further.size()) < room) {
    if (const auto next = tx.next_due(channel)) after.due.push_back({channel, *next});
  }
  return static_cast<int>(due.size() + further.size());
}

void NoticeLife::start(Transaction& tx, const Delivery& due, bool probe, AfterCommit& after) const {
  Scene scene = load(tx, due.notice);
  Delivery& delivery = scene.delivery(due.channel);
  DN_ASSERT(delivery.state == DeliveryState::waiting);
  const Instant now = clock_.now();
  if (replay_was_stopped(tx, delivery.job)) {
    const auto job = delivery.job;
    take_back(tx, scene, delivery);
    take_leave_back(tx, scene, job);
    save(tx, scene);
    return;
  }
  if (maker_.sandbox(delivery.channel) != delivery.sandbox) {
    // The mark stands in everything that was accepted: a file must never pass for a sending, nor the other
    // way.
    hold(tx, delivery, scene, reasons::transport_changed);
    save(tx, scene);
    return;
  }
  if (settle_lateness(tx, scene, delivery, now, after)) {
    save(tx, scene);
    return;
  }
  if (delivery.channel == Channel::in_site) {
    show_in_site(tx, scene, delivery, after);
    save(tx, scene);
    return;
  }
  const Begin begin{.revision = delivery.revision,
                    .job = delivery.job,
                    .possible_duplicate = delivery.unknowns > 0,
                    .start_before = last_start(scene, delivery),
                    .probe = probe};
  begin_attempt(tx, scene, delivery, begin, after);
  move_to(delivery, DeliveryState::in_flight);
  save(tx, scene);
}

void NoticeLife::begin_attempt(Transaction& tx, Scene& scene, Delivery& delivery, const Begin& begin,
                               AfterCommit& after) const {
  Rendering rendering = tx.rendering(scene.notice.number, delivery.channel, begin.revision);
  Attempt attempt{.notice = scene.notice.number,
                  .channel = delivery.channel,
                  .number = ++delivery.attempts,
                  .revision = begin.revision,
                  .epoch = tx.epoch(),
                  .started_at = clock_.now(),
                  .possible_duplicate = begin.possible_duplicate,
                  .sandbox = delivery.sandbox,
                  .job = begin.job,
                  .provider_id = {},
                  .probe = begin.probe};
  attempt.id = tx.insert_attempt(attempt);
  note_start(tx, scene, attempt);
  after.tasks.push_back({.attempt_id = attempt.id,
                         .channel = attempt.channel,
                         .start_before = begin.start_before,
                         .hand_over = {.notice_id = scene.notice.id,
                                       .revision = attempt.revision,
                                       .attempt = attempt.number,
                                       .address = std::move(rendering.address),
                                       .content = std::move(rendering.content)}});
}

void NoticeLife::note_start(Transaction& tx, const Scene& scene, const Attempt& attempt) const {
  Json facts = Json::Object{{"channel", to_text(attempt.channel)},
                            {"attempt", attempt.number},
                            {"revision", attempt.revision},
                            {"epoch", attempt.epoch},
                            {"possible_duplicate", attempt.possible_duplicate},
                            {"sandbox", attempt.sandbox}};
  if (attempt.probe) facts["probe"] = true;
  note(tx, scene, events::attempt_started, std::move(facts));
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
                  .started_at = now,
                  .job = delivery.job};
  attempt.id = tx.insert_attempt(attempt);
  tx.insert_in_site_message(
      channels::in_site_message(scene.notice.number, delivery.address, rendering.content, now));
  note_start(tx, scene, attempt);
  after.first_shown_at = std::min(now, after.first_shown_at.value_or(now));
  move_to(delivery, DeliveryState::in_flight);
  finish(tx, scene, delivery, attempt,
         {.outcome = Outcome::sent, .code = "shown", .reply = {}, .retry_after = {}}, now, after);
}

}  // namespace duenotice
