// Replays: a selection is frozen once, then made due piece by piece, however often the gateway is stopped.
#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/notice/address.hpp"
#include "gateway/notice/passed_over.hpp"
#include "gateway/pipeline/decision.hpp"
#include "gateway/pipeline/replay_order.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

Result<ReplayMade> NoticeLife::begin_replay(Transaction& tx, const ReplayOrder& order) const {
  const Digest same_as = sha256(order.selection_json);
  if (const auto before = tx.job_like(same_as)) {
    if (before->state != JobState::stopped) return ReplayMade{before->id, 0, true};
    return was_stopped(before->id);
  }
  if (!tx.selects_any(order.selection))
    return Error{ErrorKind::not_found, "nothing fits: no delivery would be sent again"};
  // A corrected address belongs to one account.
  const SubjectNumber subject =
      order.address.empty() ? gateway_subject : tx.subject_of_notice(order.selection.notices.front());
  const std::int64_t act = tx.insert_act({.id = order.act_id,
                                          .at = clock_.now(),
                                          .what = "replay",
                                          .operator_name = order.operator_name,
                                          .reason = order.reason,
                                          .subject = subject});
  const JobNumber job = tx.insert_job({.id = order.job_id,
                                       .act = act,
                                       .same_as = same_as,
                                       .selection = order.selection_json,
                                       .rate = order.rate,
                                       .accept_late = order.accept_late,
                                       .address = order.address});
  const int items = tx.select_into_job(job, order.selection, limits::replay_items_most);
  tx.append_event({.type = events::replay_started,
                   .notice_id = "",
                   .at = clock_.now(),
                   .facts = Json::Object{{"job", order.job_id}, {"act", order.act_id}, {"deliveries", items}},
                   .protected_fields = {{"operator", order.operator_name},
                                        {"selection", order.selection_json, PayloadPlace::selection, job}},
                   .subject = subject});
  return ReplayMade{order.job_id, items, false};
}

int NoticeLife::replay_some(Transaction& tx, JobNumber number, int most, AfterCommit& after) const {
  const Job job = tx.job(number);
  if (job.state != JobState::running) return 0;
  const std::vector<JobItem> items = tx.items_to_do(number, most);
  for (const JobItem& item : items) {
    const std::string_view passed_over = replay(tx, item, job, after);
    tx.settle_item(item, passed_over.empty() ? JobItemState::made_due : JobItemState::passed_over,
                   passed_over);
  }
  if (static_cast<int>(items.size()) < most) {
    tx.end_job(number, clock_.now());
    tx.append_event({.type = events::replay_ended,
                     .notice_id = "",
                     .at = clock_.now(),
                     .facts = Json::Object{{"job", job.id}}});
  }
  return static_cast<int>(items.size());
}

/// Makes one delivery due, or says in a stable word why it is passed over.
std::string_view NoticeLife::replay(Transaction& tx, const JobItem& item, const Job& job,
                                    AfterCommit& after) const {
  Scene scene = load(tx, item.notice);
  Delivery& delivery = scene.delivery(item.channel);
  const bool other_transport = maker_.sandbox(delivery.channel) != delivery.sandbox;
  switch (delivery.state) {
    case DeliveryState::waiting:
      return correct_waiting(tx, scene, delivery, item, job, after);
    case DeliveryState::in_flight:
    case DeliveryState::relayed:
      return passed_over::under_way;
    case DeliveryState::cancelled:
      return passed_over::cancelled;
    case DeliveryState::not_needed:
      return passed_over::not_needed;
    case DeliveryState::sent:
      if (item.found != DeliveryState::sent) return passed_over::sent_meanwhile;
      if (other_transport) return passed_over::transport_changed;
      return replay_sent(tx, scene, delivery, item, job, after);
    case DeliveryState::held:
      if (delivery.reason == reasons::late && !job.accept_late) return passed_over::late;
      break;
    case DeliveryState::failed:
      if (delivery.reason == reasons::provider_confirms) return passed_over::provider_confirms;
      break;
  }
  // What was selected as refused must not go out again as what may have arrived.
  if (delivery.state != item.found) return passed_over::changed_meanwhile;
  if (other_transport) return passed_over::transport_changed;
  if (scene.notice.in_order && delivery.counts && !scene.notice.deemed && scene.turn_is_taken())
    return passed_over::waits_its_turn;
  if (!job.address.empty() && !correct_address(tx, scene, delivery, job.address))
    return passed_over::words_not_made;
  const bool is_late =
      delivery.reason == reasons::late || (delivery.start_by && *delivery.start_by <= clock_.now());
  if (job.accept_late && (is_late || scene.notice.late_accepted)) accept_late_for(tx, scene, item, job);
  delivery.job = job.number;
  make_due_again(tx, scene, delivery, after);
  note_replay(tx, scene, delivery, job);
  save(tx, scene);
  return {};
}

/// It goes out anyway, and once; a corrected address takes effect on it.
std::string_view NoticeLife::correct_waiting(Transaction& tx, Scene& scene, Delivery& delivery,
                                             const JobItem& item, const Job& job, AfterCommit& after) const {
  if (job.address.empty() || job.address == delivery.address) return passed_over::waiting_already;
  if (maker_.sandbox(delivery.channel) != delivery.sandbox) return passed_over::transport_changed;
  if (!correct_address(tx, scene, delivery, job.address)) return passed_over::words_not_made;
  if (job.accept_late && (is_too_late(scene, delivery, clock_.now()) || scene.notice.late_accepted))
    accept_late_for(tx, scene, item, job);
  delivery.job = job.number;
  if (delivery.due_at) make_due_again(tx, scene, delivery, after);
  note_replay(tx, scene, delivery, job);
  save(tx, scene);
  return {};
}

/// `sent` is final: a further sending is a row of its own and changes neither delivery, notice nor date.
std::string_view NoticeLife::replay_sent(Transaction& tx, Scene& scene, Delivery& delivery,
                                         const JobItem& item, const Job& job, AfterCommit& after) const {
  if (delivery.channel == Channel::in_site) return passed_over::shown_already;
  if (const auto wanted = tx.resend(delivery.notice, delivery.channel))
    return wanted->relayed ? passed_over::under_way : passed_over::resend_wanted_already;
  const bool is_late = is_too_late(scene, delivery, clock_.now());
  if (is_late && !job.accept_late) return passed_over::outdated;
  int revision = delivery.revision;
  if (!job.address.empty()) {
    const auto corrected = corrected_rendering(tx, scene, delivery, job.address);
    if (!corrected) return passed_over::words_not_made;
    revision = *corrected;
  }
  if (job.accept_late && (is_late || scene.notice.late_accepted)) accept_late_for(tx, scene, item, job);
  const Instant now = clock_.now();
  tx.insert_resend({.notice = delivery.notice,
                    .channel = delivery.channel,
                    .job = job.number,
                    .due_at = now,
                    .revision = revision});
  after.due.push_back({delivery.channel, now});
  note_replay(tx, scene, delivery, job);
  save(tx, scene);
  return {};
}

/// Put down with the item, so that it can be taken back if the replay is stopped; what a person accepted for
/// the whole notice stays a person's.
void NoticeLife::accept_late_for(Transaction& tx, Scene& scene, const JobItem& item, const Job& job) const {
  const bool is_accepted = scene.notice.late_accepted;
  if (is_accepted && tx.late_accepted_by(scene.notice.number).empty()) return;
  tx.mark_late_accepted(item);
  if (is_accepted) return;
  scene.notice.late_accepted = true;
  note(tx, scene, events::late_accepted, Json::Object{{"job", job.id}});
}

void NoticeLife::note_replay(Transaction& tx, const Scene& scene, const Delivery& delivery,
                             const Job& job) const {
  note(tx, scene, events::replayed,
       Json::Object{{"channel", to_text(delivery.channel)},
                    {"job", job.id},
                    {"further_sending", delivery.state == DeliveryState::sent}});
}

bool NoticeLife::correct_address(Transaction& tx, Scene& scene, Delivery& delivery,
                                 const std::string& address) const {
  const auto revision = corrected_rendering(tx, scene, delivery, address);
  if (!revision) return false;
  delivery.revision = *revision;
  delivery.address = address;
  delivery.address_masked = mask_address(delivery.channel, address);
  return true;
}

/// New bytes for a corrected address, as the newest revision; what was sent before keeps its own.
std::optional<int> NoticeLife::corrected_rendering(Transaction& tx, const Scene& scene,
                                                   const Delivery& delivery,
                                                   const std::string& address) const {
  const int revision = tx.newest_revision(delivery.notice, delivery.channel) + 1;
  auto rendering = render_again(tx, scene, delivery.channel, address, revision, scene.notice.effective_date);
  if (!rendering) return std::nullopt;
  rendering->reason = events::address_corrected;
  std::vector<ProtectedField> fields;
  protect(fields, *rendering, tx.insert_rendering(*rendering));
  note(tx, scene, events::address_corrected,
       Json::Object{{"channel", to_text(delivery.channel)}, {"revision", revision}}, std::move(fields));
  return revision;
}

// ---- a further sending, beside the deliveries' own states

void NoticeLife::start_resend(Transaction& tx, const Resend& due, bool probe, AfterCommit& after) const {
  Scene scene = load(tx, due.notice);
  Delivery& delivery = scene.delivery(due.channel);
  if (replay_was_stopped(tx, due.job)) {
    take_back_resend(tx, scene, due.channel);
    take_leave_back(tx, scene, due.job);
    save(tx, scene);
    return;
  }
  const bool other_transport = maker_.sandbox(delivery.channel) != delivery.sandbox;
  if (other_transport || is_too_late(scene, delivery, clock_.now())) {
    return end_resend(tx, scene, due.channel, other_transport ? reasons::transport_changed : reasons::late);
  }
  Resend resend = due;
  resend.due_at.reset();
  tx.update_resend(resend);
  const Begin begin{.revision = due.revision,
                    .job = due.job,
                    .possible_duplicate = true,
                    .start_before = last_start(scene, delivery),
                    .probe = probe};
  begin_attempt(tx, scene, delivery, begin, after);
  save(tx, scene);
}

void NoticeLife::end_resend(Transaction& tx, const Scene& scene, Channel channel,
                            std::string_view reason) const {
  tx.remove_resend(scene.notice.number, channel);
  note(tx, scene, events::resend_ended, Json::Object{{"channel", to_text(channel)}, {"reason", reason}});
}

void NoticeLife::settle_resend(Transaction& tx, const Scene& scene, Resend resend, const Attempt& attempt,
                               const OutcomeReport& report, Instant at, AfterCommit& after) const {
  if (report.outcome == Outcome::relayed) {
    resend.relayed = true;
    resend.due_at = at + maker_.report_bound(resend.channel);
    return tx.update_resend(resend);
  }
  const RetryPolicy& retry = settings_.retry_for(resend.channel);
  const bool at_once = report.outcome == Outcome::not_started || finds_provider_away(attempt, report);
  const bool again =
      at_once || (report.outcome == Outcome::transient_failure && ++resend.failures < retry.attempts);
  if (again && replay_was_stopped(tx, resend.job)) return take_back_resend(tx, scene, resend.channel);
  if (!again) return end_resend(tx, scene, resend.channel, to_text(report.outcome));
  const Milliseconds delay = at_once ? Milliseconds(0) : jittered(retry.delay_after(resend.failures));
  resend.due_at = at + std::max(delay, report.retry_after.value_or(Milliseconds(0)));
  tx.update_resend(resend);
  after.due.push_back({resend.channel, *resend.due_at});
}

}  // namespace duenotice
