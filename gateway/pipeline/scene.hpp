#pragma once
#include <vector>

#include "gateway/base/assert.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/pipeline/notice_life.hpp"

namespace duenotice {

/// A notice with its deliveries while one unit of work changes it. Private to the pipeline.
struct NoticeLife::Scene {
  Notice notice;
  std::vector<Delivery> deliveries;
  TimeZone zone = TimeZone::utc();
  std::vector<Delivery> as_stored;  ///< the deliveries as they stand in the journal
  NoticeState state_as_stored = NoticeState::accepted;

  Delivery& delivery(Channel channel) {
    for (Delivery& candidate : deliveries) {
      if (candidate.channel == channel) return candidate;
    }
    assertion_failed("a delivery's notice has it", __FILE__, __LINE__);
  }

  std::vector<DeliveryStanding> standings() const {
    std::vector<DeliveryStanding> all;
    for (const Delivery& one : deliveries) all.push_back(standing_of(one));
    return all;
  }

  /// Whether a counting channel is having its turn.
  bool turn_is_taken() const {
    for (const Delivery& each : deliveries) {
      const bool open = each.state == DeliveryState::in_flight || each.state == DeliveryState::relayed ||
                        (each.state == DeliveryState::waiting && each.due_at);
      if (each.counts && open) return true;
    }
    return false;
  }

  /// Whether any byte of the notice went out, or may have.
  bool anything_out() const {
    for (const DeliveryStanding& one : standings()) {
      if (one.ever_sent || one.maybe_sent) return true;
    }
    return false;
  }
};

/// The code of an attempt that was under way when the gateway before this one ended.
inline constexpr std::string_view interrupted_code = "interrupted";

/// It was checked when the notice was accepted.
inline TimeZone zone_of(const Notice& notice) {
  auto zone = TimeZone::load(notice.time_zone);
  DN_ASSERT(zone.ok());
  return std::move(*zone);
}

/// The dates that a notice has at this moment, for an event: they may move later.
inline void add_dates(Json& facts, const Notice& notice) {
  if (notice.effective_date) facts["effective_date"] = to_text(*notice.effective_date);
  if (notice.must_be_sent_by) facts["must_be_sent_by"] = to_text(*notice.must_be_sent_by);
}

/// What a probe finds that fails: nothing about its own notice.
inline bool finds_provider_away(const Attempt& attempt, const OutcomeReport& report) {
  return attempt.probe && report.outcome == Outcome::transient_failure && report.provider_fault;
}

/// The only way a delivery changes its state.
inline void move_to(Delivery& delivery, DeliveryState state, std::string_view reason = {}) {
  DN_ASSERT(may_move(delivery.state, state));
  delivery.state = state;
  delivery.reason = reason;
  if (state != DeliveryState::waiting && state != DeliveryState::relayed) delivery.due_at.reset();
}

}  // namespace duenotice
