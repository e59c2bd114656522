// What people decide about one notice: cancel, retry, resolve.
#include "gateway/pipeline/decision.hpp"

#include <algorithm>

#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

Error refused(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

bool may_have_gone_out(const Delivery& delivery) {
  const DeliveryStanding standing = standing_of(delivery);
  return standing.ever_sent || standing.maybe_sent;
}

std::string named(const Delivery& delivery) { return std::string(to_text(delivery.channel)); }

}  // namespace

std::string_view to_text(DecisionKind kind) {
  switch (kind) {
    case DecisionKind::cancel:
      return "cancel";
    case DecisionKind::retry:
      return "retry";
    case DecisionKind::retry_early:
      return "retry_early";
    case DecisionKind::resend:
      return "resolve_resend";
    case DecisionKind::not_sent:
      return "resolve_not_sent";
    case DecisionKind::provider_confirms:
      return "resolve_provider_confirms";
    case DecisionKind::effective_date:
      return "resolve_effective_date";
    case DecisionKind::accept_late:
      return "accept_late";
  }
  return {};
}

Status NoticeLife::decide(Transaction& tx, const Decision& decision, AfterCommit& after) const {
  Scene scene = load(tx, decision.notice);
  if (scene.notice.erased) return refused("its account was erased: nothing of it can be sent any more");
  if (const Status allowed = may_decide(scene, decision); !allowed) return allowed;
  if (decision.kind == DecisionKind::effective_date) {
    const Status set = set_effective_date(tx, scene, *decision.effective_date, "effective_date_set", after);
    if (!set) return set;
  }
  note_act(tx, scene, decision);
  switch (decision.kind) {
    case DecisionKind::cancel:
      cancel(scene);
      break;
    case DecisionKind::retry:
    case DecisionKind::retry_early:
      bring_forward(scene, decision, after);
      break;
    case DecisionKind::resend:
    case DecisionKind::not_sent: {
      Delivery& delivery = scene.delivery(*decision.channel);
      if (decision.kind == DecisionKind::not_sent) {
        delivery.cleared_to = delivery.attempts;
        delivery.unknowns = 0;
      }
      delivery.job.reset();
      make_due_again(tx, scene, delivery, after);
      break;
    }
    case DecisionKind::provider_confirms: {
      Delivery& delivery = scene.delivery(*decision.channel);
      give_up(tx, scene, delivery, DeliveryState::failed, reasons::provider_confirms, clock_.now(), after);
      break;
    }
    case DecisionKind::effective_date:
      break;
    case DecisionKind::accept_late:
      accept_late(tx, scene, after);
      break;
  }
  save(tx, scene);
  return Done{};
}

Status NoticeLife::may_decide(const Scene& scene, const Decision& decision) const {
  switch (decision.kind) {
    case DecisionKind::cancel:
      return may_cancel(scene);
    case DecisionKind::retry:
    case DecisionKind::retry_early:
      return may_retry(scene, decision);
    case DecisionKind::resend:
    case DecisionKind::not_sent:
    case DecisionKind::provider_confirms:
      return may_resolve(scene, decision);
    case DecisionKind::effective_date:
      return may_set_effective_date(scene, *decision.effective_date);
    case DecisionKind::accept_late:
      return may_accept_late(scene);
  }
  return Done{};
}

Status NoticeLife::may_cancel(const Scene& scene) const {
  if (scene.notice.state == NoticeState::cancelled) return refused("it is cancelled already");
  for (const Delivery& delivery : scene.deliveries) {
    if (delivery.state == DeliveryState::in_flight || delivery.state == DeliveryState::relayed)
      return refused("an attempt by " + named(delivery) + " is under way; wait for its outcome");
    if (delivery.state == DeliveryState::sent)
      return refused("it was sent by " + named(delivery) + " already and cannot be called back");
    if (delivery.reason == reasons::provider_confirms) {
      return refused("its provider says that it has it by " + named(delivery) +
                     ", so it cannot be called back");
    }
    if (may_have_gone_out(delivery)) {
      return refused(
          "an attempt by " + named(delivery) +
          " ended without an answer, so the recipient may have it; find out and use `resolve` first");
    }
  }
  return Done{};
}

void NoticeLife::cancel(Scene& scene) const {
  for (Delivery& delivery : scene.deliveries) {
    if (may_move(delivery.state, DeliveryState::cancelled) && delivery.state != DeliveryState::cancelled)
      move_to(delivery, DeliveryState::cancelled);
  }
}

/// Whether it waits for its due time, and that may be brought forward.
bool NoticeLife::may_be_brought_forward(const Scene& scene, const Delivery& delivery,
                                        const Decision& decision) const {
  if (decision.channel && delivery.channel != *decision.channel) return false;
  if (delivery.state != DeliveryState::waiting || !delivery.due_at) return false;
  return decision.kind == DecisionKind::retry_early || !waits_for_its_time(scene, delivery);
}

bool NoticeLife::waits_for_its_time(const Scene& scene, const Delivery& delivery) const {
  const auto& time = scene.notice.not_before;
  return time && *time > clock_.now() && delivery.due_at && *delivery.due_at >= *time;
}

Status NoticeLife::may_retry(const Scene& scene, const Decision& decision) const {
  bool waits = false;
  for (const Delivery& delivery : scene.deliveries) {
    if (may_be_brought_forward(scene, delivery, decision)) return Done{};
    const bool meant = !decision.channel || delivery.channel == *decision.channel;
    waits = waits || (meant && waits_for_its_time(scene, delivery));
  }
  if (waits) {
    return refused("its publisher demanded that it is not sent before " + to_text(*scene.notice.not_before) +
                   "; it goes out then by itself. To send it before that time all the same, say so with "
                   "--before-its-time, and why with --reason");
  }
  return refused("nothing of it waits for a due time (it is " + std::string(to_text(scene.notice.state)) +
                 "); a failed or held delivery goes on with `replay` or `resolve`");
}

void NoticeLife::bring_forward(Scene& scene, const Decision& decision, AfterCommit& after) const {
  const Instant now = clock_.now();
  for (Delivery& delivery : scene.deliveries) {
    if (!may_be_brought_forward(scene, delivery, decision)) continue;
    delivery.due_at = std::min(now, *delivery.due_at);
    after.due.push_back({delivery.channel, *delivery.due_at});
  }
}

/// The channels of its deliveries, for a person who named another one.
std::string NoticeLife::channels_of(const Scene& scene) {
  std::string all;
  for (const Delivery& delivery : scene.deliveries) all += (all.empty() ? "" : ", ") + named(delivery);
  return all;
}

Status NoticeLife::may_resolve(const Scene& scene, const Decision& decision) const {
  const auto found = std::find_if(scene.deliveries.begin(), scene.deliveries.end(),
                                  [&](const Delivery& each) { return each.channel == *decision.channel; });
  if (found == scene.deliveries.end())
    return refused("the notice has no delivery by " + std::string(to_text(*decision.channel)) + "; it has " +
                   channels_of(scene));
  if (found->state == DeliveryState::in_flight || found->state == DeliveryState::relayed)
    return refused("an attempt by " + named(*found) + " is under way; wait for its outcome");
  if (found->state == DeliveryState::sent)
    return refused("it was sent by " + named(*found) + " already; a further sending is a `replay`");
  const bool confirms = decision.kind == DecisionKind::provider_confirms;
  if (confirms && found->reason == reasons::provider_confirms)
    return refused(
        "that is decided already: its provider confirmed that it has it; `duenotice show` has the "
        "statement and its evidence");
  if (confirms && found->attempts == 0)
    return refused("nothing was ever handed over by " + named(*found) + ", so its provider cannot have it");
  // What is late and may have gone out is first to be found out about.
  const bool finds_out = may_have_gone_out(*found) && (confirms || decision.kind == DecisionKind::not_sent);
  if (found->state == DeliveryState::held && found->reason == reasons::late && !finds_out) {
    return refused(
        "it is held because it is late; give it a lawful date with --effective-date, or send it as it is "
        "with --accept-late");
  }
  if (found->reason == reasons::provider_confirms && decision.kind == DecisionKind::not_sent)
    return refused("its provider confirmed that it has it; --resend sends it again, marked as a duplicate");
  const bool unknown = (found->unknowns > 0 || found->reason == reasons::provider_confirms) &&
                       (found->state == DeliveryState::waiting || found->state == DeliveryState::failed);
  if (found->state != DeliveryState::held && !unknown)
    return refused("nothing is to be resolved: the delivery by " + named(*found) + " is " +
                   std::string(to_text(found->state)) + ", and no attempt of it ended without an answer");
  return Done{};
}

void NoticeLife::make_due_again(Transaction& tx, Scene& scene, Delivery& delivery, AfterCommit& after) const {
  move_to(delivery, DeliveryState::waiting);
  delivery.due_at = soonest(scene);
  delivery.transient_failures = 0;
  after.due.push_back({delivery.channel, *delivery.due_at});
  note(tx, scene, events::made_due, Json::Object{{"channel", to_text(delivery.channel)}});
}

Status NoticeLife::late_held(const Scene& scene) const {
  const bool held = std::any_of(scene.deliveries.begin(), scene.deliveries.end(), [](const Delivery& each) {
    return each.state == DeliveryState::held && each.reason == reasons::late;
  });
  if (held) return Done{};
  return refused("no delivery of it is held because it is late; the notice is " +
                 std::string(to_text(scene.notice.state)));
}

/// Also that it went out too late, which is on record then as what a person knows of.
Status NoticeLife::may_accept_late(const Scene& scene) const {
  if (is_late_unasked(scene.notice)) return Done{};
  return late_held(scene);
}

Status NoticeLife::may_set_effective_date(const Scene& scene, CalendarDate date) const {
  if (const Status held = late_held(scene); !held) return held;
  if (scene.anything_out()) {
    return refused(
        "some of it was sent, relayed or may have gone out with the present date, so it cannot be given "
        "another; "
        "use --accept-late");
  }
  if (!scene.notice.lead_days) return Done{};
  const CalendarDate earliest = earliest_at(scene, soonest(scene));
  if (date >= earliest) return Done{};
  const int days = *scene.notice.lead_days;
  return refused((days == 0 ? "with notice at the latest on the day before"
                            : "with " + std::to_string(days) + " days' notice") +
                 " the earliest lawful date is " + to_text(earliest));
}

void NoticeLife::accept_late(Transaction& tx, Scene& scene, AfterCommit& after) const {
  if (is_late_unasked(scene.notice)) {
    // Nobody decided that it goes out, and the record does not say so.
    scene.notice.late_known = true;
    note(tx, scene, events::late_known, Json::object());
  }
  if (!late_held(scene)) return;
  tx.forget_late_accepted(scene.notice.number, std::nullopt);
  scene.notice.late_accepted = true;
  note(tx, scene, events::late_accepted, Json::object());
  release_late(scene, soonest(scene), after);
}

void NoticeLife::note_act(Transaction& tx, const Scene& scene, const Decision& decision) const {
  const std::int64_t act = tx.insert_act({.id = decision.act_id,
                                          .at = clock_.now(),
                                          .what = std::string(to_text(decision.kind)),
                                          .operator_name = decision.operator_name,
                                          .reason = decision.reason,
                                          .notice = scene.notice.number,
                                          .channel = decision.channel,
                                          .statement = decision.statement,
                                          .evidence_name = decision.evidence_name,
                                          .evidence = decision.evidence});
  Json facts = Json::Object{{"act", decision.act_id}, {"what", to_text(decision.kind)}};
  if (decision.channel) facts["channel"] = to_text(*decision.channel);
  std::vector<ProtectedField> fields = {{"operator", decision.operator_name}, {"reason", decision.reason}};
  if (!decision.evidence_name.empty()) {
    fields.push_back({"statement", decision.statement});
    fields.push_back({"evidence_name", decision.evidence_name});
    fields.push_back({"evidence", decision.evidence, PayloadPlace::evidence, act});
  }
  note(tx, scene, events::operator_act, std::move(facts), std::move(fields));
}

}  // namespace duenotice
