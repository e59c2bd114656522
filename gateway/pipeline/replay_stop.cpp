// A replay is stopped: what it did not send is as it was before it.
#include <algorithm>

#include "gateway/notice/passed_over.hpp"
#include "gateway/pipeline/decision.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {

Status NoticeLife::stop_replay(Transaction& tx, const StopOrder& order) const {
  const auto number = tx.find_job(order.job_id);
  if (!number) return Error{ErrorKind::not_found, "there is no replay " + order.job_id};
  const Job job = tx.job(*number);
  if (job.state == JobState::stopped) return Error{ErrorKind::invalid, "it was stopped already"};
  if (!tx.job_is_open(*number))
    return Error{ErrorKind::invalid, "it has ended: nothing of it is left that could be stopped"};
  const std::int64_t act = tx.insert_act({.id = order.act_id,
                                          .at = clock_.now(),
                                          .what = "stop_replay",
                                          .operator_name = order.operator_name,
                                          .reason = order.reason});
  tx.stop_job(*number, act);
  tx.append_event({.type = events::replay_stopped,
                   .notice_id = "",
                   .at = clock_.now(),
                   .facts = Json::Object{{"job", job.id}, {"act", order.act_id}},
                   .protected_fields = {{"operator", order.operator_name}, {"reason", order.reason}}});
  return Done{};
}

int NoticeLife::take_back_some(Transaction& tx, JobNumber job, std::optional<JobItem>& reached,
                               int most) const {
  const std::vector<JobItem> items = tx.items_waiting(job, reached, most);
  for (const JobItem& item : items) {
    Scene scene = load(tx, item.notice);
    Delivery& delivery = scene.delivery(item.channel);
    const auto resend = tx.resend(item.notice, item.channel);
    if (delivery.state == DeliveryState::waiting && delivery.job == job) {
      take_back(tx, scene, delivery);
    } else if (resend && resend->job == job && resend->due_at && !resend->relayed) {
      take_back_resend(tx, scene, item.channel);
    }
    take_leave_back(tx, scene, job);
    save(tx, scene);
  }
  if (static_cast<int>(items.size()) < most) {
    tx.end_job(job, clock_.now());
  } else {
    reached = items.back();
  }
  return static_cast<int>(items.size());
}

bool NoticeLife::replay_was_stopped(Transaction& tx, std::optional<JobNumber> job) const {
  return job && tx.job_state(*job) == JobState::stopped;
}

/// As it was when it was selected, also its address and its words; but what may have gone out meanwhile is
/// for a person to find out about.
void NoticeLife::take_back(Transaction& tx, Scene& scene, Delivery& delivery) const {
  const JobItem item = tx.job_item(*delivery.job, delivery.notice, delivery.channel);
  const Job job = tx.job(item.job);
  const std::vector<Attempt> attempts = tx.attempts(delivery.notice);
  const bool maybe_sent = std::any_of(attempts.begin(), attempts.end(), [&](const Attempt& each) {
    return each.channel == delivery.channel && each.job == job.number && each.number > delivery.cleared_to &&
           each.outcome == Outcome::unknown;
  });
  if (maybe_sent) return hold(tx, delivery, scene, reasons::outcome_unknown);
  move_to(delivery, item.found, item.reason);
  delivery.last_code.clear();
  for (const Attempt& each : attempts) {  // in the order of their numbers
    if (each.channel == delivery.channel && each.job != job.number && each.ended_at)
      delivery.last_code = each.code;
  }
  take_words_back(tx, scene, delivery, item);
  delivery.job.reset();
  tx.settle_item(item, JobItemState::passed_over, passed_over::replay_stopped);
  note(tx, scene, events::replay_taken_back,
       Json::Object{{"channel", to_text(delivery.channel)},
                    {"job", job.id},
                    {"state", to_text(delivery.state)},
                    {"reason", delivery.reason}});
}

/// A date that the notice was given meanwhile is its date now, and its words have to say it.
void NoticeLife::take_words_back(Transaction& tx, Scene& scene, Delivery& delivery,
                                 const JobItem& item) const {
  bool corrected = false;
  bool dated = false;
  for (int revision = item.revision + 1; revision <= delivery.revision; ++revision) {
    const Rendering made = tx.rendering(delivery.notice, delivery.channel, revision);
    (made.reason == events::address_corrected ? corrected : dated) = true;
  }
  if (!corrected) return;
  const Rendering before = tx.rendering(delivery.notice, delivery.channel, item.revision);
  if (dated) {
    // Where its words cannot be made again, those with the right date are kept: no false one may go out.
    (void)correct_address(tx, scene, delivery, before.address);
    return;
  }
  delivery.revision = item.revision;
  delivery.address = before.address;
  delivery.address_masked = before.address_masked;
}

void NoticeLife::take_back_resend(Transaction& tx, const Scene& scene, Channel channel) const {
  const auto resend = tx.resend(scene.notice.number, channel);
  if (!resend) return;
  tx.settle_item(tx.job_item(resend->job, scene.notice.number, channel), JobItemState::passed_over,
                 passed_over::replay_stopped);
  end_resend(tx, scene, channel, passed_over::replay_stopped);
}

/// The notice may be late no longer for the sake of a stopped replay, unless something of that replay is out,
/// or may be, or is still to be taken back.
void NoticeLife::take_leave_back(Transaction& tx, Scene& scene, std::optional<JobNumber> job) const {
  const NoticeNumber notice = scene.notice.number;
  if (!scene.notice.late_accepted || !replay_was_stopped(tx, job)) return;
  const std::vector<JobNumber> accepted_by = tx.late_accepted_by(notice);
  if (std::find(accepted_by.begin(), accepted_by.end(), *job) == accepted_by.end()) return;
  for (const Delivery& each : scene.deliveries) {
    const auto resend = tx.resend(notice, each.channel);
    const bool waits = each.state == DeliveryState::waiting && each.job == job;
    if (waits || (resend && resend->job == *job)) return;
  }
  for (const Attempt& each : tx.attempts(notice)) {
    const bool ended = each.outcome && *each.outcome != Outcome::relayed && *each.outcome != Outcome::unknown;
    if (each.job == job && (!ended || each.outcome == Outcome::sent)) return;
  }
  tx.forget_late_accepted(notice, job);
  if (accepted_by.size() > 1) return;
  scene.notice.late_accepted = false;
  note(tx, scene, events::late_acceptance_ended, Json::Object{{"job", tx.job(*job).id}});
}

}  // namespace duenotice
