// Step 8: what an attempt's end means for its delivery, its notice and the legal date.
#include <algorithm>

#include "gateway/agreement/legal_date.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

/// Where the clause demands several channels, the date rests on all that were sent.
bool rests_on_sandbox(int required, const std::vector<Delivery>& deliveries, const Delivery& last) {
  if (last.sandbox || required == 1) return last.sandbox;
  return std::any_of(deliveries.begin(), deliveries.end(), [](const Delivery& each) {
    return each.counts && each.sandbox && each.state == DeliveryState::sent;
  });
}

}  // namespace

void NoticeLife::record_outcome(Transaction& tx, std::int64_t attempt_id, const OutcomeReport& report,
                                Instant at, AfterCommit& after) const {
  Attempt attempt = tx.attempt(attempt_id);
  DN_ASSERT(!attempt.outcome);
  Scene scene = load(tx, attempt.notice);
  Delivery& delivery = scene.delivery(attempt.channel);
  finish(tx, scene, delivery, attempt, report, at, after);
  take_leave_back(tx, scene, attempt.job);
  save(tx, scene);
}

void NoticeLife::finish(Transaction& tx, Scene& scene, Delivery& delivery, Attempt& attempt,
                        const OutcomeReport& report, Instant at, AfterCommit& after) const {
  attempt.ended_at = at;
  attempt.outcome = report.outcome;
  attempt.code = report.code;
  attempt.reply = report.reply;
  attempt.provider_id = report.provider_id;
  tx.finish_attempt(attempt);
  delivery.last_code = report.code;
  std::vector<ProtectedField> fields;
  if (!attempt.reply.empty()) fields.push_back({"reply", attempt.reply, PayloadPlace::reply, attempt.id});
  if (!attempt.provider_id.empty()) fields.push_back({"provider_id", attempt.provider_id});
  Json facts = Json::Object{{"channel", to_text(attempt.channel)},
                            {"attempt", attempt.number},
                            {"code", attempt.code},
                            {"ended_at", to_text(at)},
                            {"sandbox", attempt.sandbox}};
  if (attempt.probe) facts["probe"] = true;
  note(tx, scene, to_text(report.outcome), std::move(facts), std::move(fields));
  if (delivery.state == DeliveryState::sent) {
    // A further sending, or a report about an earlier attempt was faster.
    const auto resend = tx.resend(delivery.notice, delivery.channel);
    if (resend && !resend->due_at && attempt.job == resend->job)
      settle_resend(tx, scene, *resend, attempt, report, at, after);
    apply_receipts(tx, scene, attempt, std::nullopt, after);
    return;
  }
  if (report.outcome == Outcome::sent) {
    move_to(delivery, DeliveryState::sent);
    fix_legal_date(tx, scene, delivery, attempt, after);
  } else if (report.outcome == Outcome::relayed) {
    move_to(delivery, DeliveryState::relayed);
    delivery.due_at = at + maker_.report_bound(delivery.channel);
  } else if (finds_provider_away(attempt, report)) {
    wait_for_provider(tx, scene, delivery, report, at, after);
  } else {
    decide_after_failure(tx, scene, delivery, report, at, after);
  }
  if (report.outcome == Outcome::relayed || report.outcome == Outcome::unknown)
    apply_receipts(tx, scene, attempt, std::nullopt, after);
}

void NoticeLife::decide_after_failure(Transaction& tx, Scene& scene, Delivery& delivery,
                                      const OutcomeReport& report, Instant at, AfterCommit& after) const {
  const RetryPolicy& retry = settings_.retry_for(delivery.channel);
  const auto wait = [&](Milliseconds delay) {
    if (replay_was_stopped(tx, delivery.job)) {
      take_back(tx, scene, delivery);
      if (delivery.state != DeliveryState::waiting) return;  // as it was selected
    }
    wait_for_retry(scene, delivery, report, delay, at, after);
  };
  switch (report.outcome) {
    case Outcome::not_started:
      return wait(Milliseconds(0));
    case Outcome::transient_failure:
      if (++delivery.transient_failures < retry.attempts)
        return wait(retry.delay_after(delivery.transient_failures));
      return give_up(tx, scene, delivery, DeliveryState::failed, reasons::retries_exhausted, at, after);
    case Outcome::permanent_failure:
      return give_up(tx, scene, delivery, DeliveryState::failed, reasons::refused, at, after);
    case Outcome::unknown:
      recount_unknowns(tx, delivery);
      if (retry.on_unknown == OnUnknown::resend && delivery.unknowns <= retry.unknown_resends) {
        // What our own crash interrupted says nothing about the provider and goes out again at once.
        return wait(report.code == interrupted_code ? Milliseconds(0) : retry.delay_after(delivery.unknowns));
      }
      return give_up(tx, scene, delivery, DeliveryState::held, reasons::outcome_unknown, at, after);
    case Outcome::sent:
    case Outcome::relayed:
      break;
  }
  DN_ASSERT(false);
}

/// As if it had not been tried: due, behind whatever else is, as soon as the breaker lets something go.
void NoticeLife::wait_for_provider(Transaction& tx, Scene& scene, Delivery& delivery,
                                   const OutcomeReport& report, Instant at, AfterCommit& after) const {
  move_to(delivery, DeliveryState::waiting);
  delivery.due_at = at + report.retry_after.value_or(Milliseconds(0));
  if (replay_was_stopped(tx, delivery.job)) take_back(tx, scene, delivery);
  if (delivery.state == DeliveryState::waiting) after.due.push_back({delivery.channel, *delivery.due_at});
}

/// A retry comes when its schedule says, give or take, not before the provider wants it, and while the notice
/// can still be in time.
void NoticeLife::wait_for_retry(const Scene& scene, Delivery& delivery, const OutcomeReport& report,
                                Milliseconds delay, Instant at, AfterCommit& after) const {
  const Milliseconds asked = report.retry_after.value_or(Milliseconds(0));
  delay = jittered(delay);
  if (const auto last = last_start(scene, delivery); last && at < *last && at + delay >= *last) {
    // Half of what is left, again and again: the last tries before midnight come closer together.
    delay = std::max(std::chrono::duration_cast<Milliseconds>(*last - at) / 2, limits::retry_delay_least);
  }
  move_to(delivery, DeliveryState::waiting);
  delivery.due_at = at + std::max(delay, asked);
  after.due.push_back({delivery.channel, *delivery.due_at});
}

void NoticeLife::recount_unknowns(Transaction& tx, Delivery& delivery) const {
  const std::vector<Attempt> attempts = tx.attempts(delivery.notice);
  delivery.unknowns =
      static_cast<int>(std::count_if(attempts.begin(), attempts.end(), [&](const Attempt& attempt) {
        return attempt.channel == delivery.channel && attempt.number > delivery.cleared_to &&
               attempt.outcome == Outcome::unknown;
      }));
}

Milliseconds NoticeLife::jittered(Milliseconds delay) const {
  const std::int64_t span = delay.count() * limits::retry_jitter_percent / 100;
  if (span <= 0) return delay;
  return delay +
         Milliseconds(static_cast<std::int64_t>(random_.below(2 * static_cast<std::uint64_t>(span))) - span);
}

void NoticeLife::give_up(Transaction& tx, Scene& scene, Delivery& delivery, DeliveryState state,
                         std::string_view reason, Instant at, AfterCommit& after) const {
  if (state == DeliveryState::held) return hold(tx, delivery, scene, reason);
  move_to(delivery, state, reason);
  note(
      tx, scene, events::delivery_failed,
      Json::Object{
          {"channel", to_text(delivery.channel)}, {"reason", delivery.reason}, {"code", delivery.last_code}});
  start_next_in_order(tx, scene, delivery, at, after);
}

void NoticeLife::fix_legal_date(Transaction& tx, Scene& scene, const Delivery& delivery,
                                const Attempt& attempt, AfterCommit& after) const {
  Notice& notice = scene.notice;
  auto deemed = legal_delivery(
      notice, scene.deliveries,
      {.channel = delivery.channel, .attempt = attempt.number, .at = *attempt.ended_at}, scene.zone);
  if (!deemed) return;
  if (notice.required > 1) date_by_the_last(tx, scene, *deemed);
  notice.deemed = deemed;
  const bool too_late = notice.must_be_sent_by && deemed->on > *notice.must_be_sent_by;
  notice.lead_time_broken = notice.lead_time_broken || too_late;
  // Not `at`, which every event has for its own time.
  Json facts = Json::Object{{"deemed_at", to_text(deemed->at)},
                            {"on", to_text(deemed->on)},
                            {"time_zone", notice.time_zone},
                            {"rule", deemed->rule},
                            {"clause", deemed->clause},
                            {"channel", to_text(deemed->channel)},
                            {"attempt", deemed->attempt},
                            {"lead_time_broken", notice.lead_time_broken},
                            {"late_accepted", notice.late_accepted},
                            {"sandbox", rests_on_sandbox(notice.required, scene.deliveries, delivery)}};
  add_dates(facts, notice);
  note(tx, scene, events::deemed_delivered, std::move(facts));
  if (too_late) {
    note(tx, scene, events::lead_time_broken,
         Json::Object{{"must_be_sent_by", to_text(*notice.must_be_sent_by)},
                      {"sent_on", to_text(deemed->on)}});
  }
  release_the_others(tx, scene, deemed->at, after);
}

/// Where several channels are demanded, a report that was read earlier may be applied later: the date is that
/// of the sending that was last in time.
void NoticeLife::date_by_the_last(Transaction& tx, const Scene& scene, DeemedDelivery& deemed) const {
  for (const Delivery& delivery : scene.deliveries) {
    if (!delivery.counts || delivery.state != DeliveryState::sent) continue;
    const Attempt* first = nullptr;
    const std::vector<Attempt> attempts = tx.attempts(delivery.notice);
    for (const Attempt& each : attempts) {
      if (each.channel != delivery.channel || each.outcome != Outcome::sent) continue;
      if (first == nullptr || *each.ended_at < *first->ended_at) first = &each;
    }
    if (first == nullptr || *first->ended_at <= deemed.at) continue;
    deemed = {.at = *first->ended_at,
              .on = scene.zone.date_of(*first->ended_at),
              .rule = delivery.rule,
              .clause = delivery.rule_clause,
              .channel = delivery.channel,
              .attempt = first->number};
  }
}

/// The clause is satisfied: what waited for its turn is not needed, and what was only too late to make the
/// date goes out as it is, for the date that it speaks of is lawful now.
void NoticeLife::release_the_others(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const {
  for (Delivery& other : scene.deliveries) {
    if (other.state == DeliveryState::waiting && other.counts && !other.due_at) {
      move_to(other, DeliveryState::not_needed, reasons::clause_satisfied);
      note(tx, scene, events::delivery_not_needed, Json::Object{{"channel", to_text(other.channel)}});
    } else if (other.state == DeliveryState::held && other.reason == reasons::late && scene.notice.in_order &&
               other.counts) {
      move_to(other, DeliveryState::not_needed, reasons::clause_satisfied);
      note(tx, scene, events::delivery_not_needed, Json::Object{{"channel", to_text(other.channel)}});
    } else if (other.state == DeliveryState::held && other.reason == reasons::late &&
               !scene.notice.lead_time_broken) {
      move_to(other, DeliveryState::waiting);
      other.due_at = at;
      after.due.push_back({other.channel, at});
    }
  }
}

void NoticeLife::hold(Transaction& tx, Delivery& delivery, const Scene& scene,
                      std::string_view reason) const {
  move_to(delivery, DeliveryState::held, reason);
  note(tx, scene, events::delivery_held,
       Json::Object{{"channel", to_text(delivery.channel)}, {"reason", delivery.reason}});
}

void NoticeLife::start_next_in_order(Transaction& tx, Scene& scene, const Delivery& before, Instant at,
                                     AfterCommit& after) const {
  if (!scene.notice.in_order || scene.notice.deemed) return;
  for (Delivery& next : scene.deliveries) {
    if (next.state != DeliveryState::waiting || !next.counts || next.due_at) continue;
    next.due_at = at;
    after.due.push_back({next.channel, at});
    note(tx, scene, events::next_channel_due,
         Json::Object{{"channel", to_text(next.channel)},
                      {"after", to_text(before.channel)},
                      {"reason", before.reason}});
    return;
  }
}

}  // namespace duenotice
