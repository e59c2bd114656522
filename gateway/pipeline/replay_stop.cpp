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
    if (delivery.state == DeliveryState::waiting && delivery.job == job) {
      take_back(tx, scene, delivery);
      save(tx, scene);
    } else {
      take_back_resend(tx, scene, item.channel);
    }
  }
  if (static_cast<int>(items.size()) < most) {
    tx.end_job(job, clock_.now());
  } else {
    reached = items.back();
  }
  return static_cast<int>(items.size());
}

bool NoticeLife::replay_was_stopped(Transaction& tx, std::optional<JobNumber> job) const {
  return job && tx.job(*job).state == JobState::stopped;
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
  for (const Attempt& each : attempts) {  // in the order of their numbers
    if (each.channel == delivery.channel && each.job != job.number && each.ended_at)
      delivery.last_code = each.code;
  }
  if (delivery.revision != item.revision) {
    const Rendering before = tx.rendering(delivery.notice, delivery.channel, item.revision);
    delivery.revision = item.revision;
    delivery.address = before.address;
    delivery.address_masked = before.address_masked;
  }
  if (job.accept_late && item.reason == reasons::late) scene.notice.late_accepted = false;
  delivery.job.reset();
  tx.settle_item(item, JobItemState::passed_over, passed_over::replay_stopped);
  note(tx, scene, events::replay_taken_back,
       Json::Object{{"channel", to_text(delivery.channel)},
                    {"job", job.id},
                    {"state", to_text(delivery.state)},
                    {"reason", delivery.reason}});
}

void NoticeLife::take_back_resend(Transaction& tx, const Scene& scene, Channel channel) const {
  const auto resend = tx.resend(scene.notice.number, channel);
  if (!resend) return;
  tx.remove_resend(scene.notice.number, channel);
  tx.settle_item(tx.job_item(resend->job, scene.notice.number, channel), JobItemState::passed_over,
                 passed_over::replay_stopped);
  note(tx, scene, events::resend_ended,
       Json::Object{{"channel", to_text(channel)}, {"reason", passed_over::replay_stopped}});
}

}  // namespace duenotice
