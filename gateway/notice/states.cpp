#include "gateway/notice/states.hpp"

#include <algorithm>
#include <array>

#include "gateway/notice/notice.hpp"

namespace duenotice {
namespace {

constexpr std::array all_delivery_states{
    DeliveryState::waiting, DeliveryState::in_flight, DeliveryState::relayed,   DeliveryState::sent,
    DeliveryState::failed,  DeliveryState::held,      DeliveryState::cancelled, DeliveryState::not_needed};
constexpr std::array all_notice_states{NoticeState::accepted,         NoticeState::sending,
                                       NoticeState::deemed_delivered, NoticeState::held,
                                       NoticeState::failed,           NoticeState::cancelled};

struct Move {
  DeliveryState from;
  DeliveryState to;
};
using S = DeliveryState;
constexpr std::array legal_moves{
    Move{S::waiting, S::in_flight},   // its intent
    Move{S::waiting, S::held},        // late, or its bytes cannot be made
    Move{S::waiting, S::cancelled},   //
    Move{S::waiting, S::not_needed},  // the clause was satisfied without it
    Move{S::waiting, S::failed},      // the provider confirmed an unknown attempt, or its replay was stopped
    Move{S::waiting, S::sent},        // a late report about an attempt whose outcome was unknown
    Move{S::in_flight, S::sent},      //
    Move{S::in_flight, S::relayed},   //
    Move{S::in_flight, S::waiting},   // transient, not started, or unknown with a resend left
    Move{S::in_flight, S::failed},    //
    Move{S::in_flight, S::held},      // unknown and no resend left, or late by now
    Move{S::relayed, S::sent},        // the relay's report
    Move{S::relayed, S::waiting},     //
    Move{S::relayed, S::failed},      //
    Move{S::relayed, S::held},        //
    Move{S::failed, S::waiting},      // a replay
    Move{S::failed, S::sent},         // a late report
    Move{S::failed, S::cancelled},    //
    Move{S::held, S::waiting},        // a replay or a resolution
    Move{S::held, S::sent},           // a late report
    Move{S::held, S::failed},         // the provider confirmed that it was not delivered, or no resend
    Move{S::held, S::cancelled},      //
    Move{S::cancelled, S::sent},      // a late report: it had gone out after all
    Move{S::not_needed, S::sent},     // the same
    Move{S::not_needed,
         S::waiting},              // a courtesy sending: the message that satisfied the clause did not arrive
    Move{S::held, S::not_needed},  // another channel satisfied the clause
};

template <class Word, std::size_t N>
std::optional<Word> parse(std::string_view text, const std::array<Word, N>& words) {
  for (const Word word : words) {
    if (text == to_text(word)) return word;
  }
  return std::nullopt;
}

bool any(std::span<const DeliveryStanding> deliveries, bool DeliveryStanding::*flag) {
  return std::any_of(deliveries.begin(), deliveries.end(),
                     [&](const auto& delivery) { return delivery.*flag; });
}

}  // namespace

std::string_view to_text(DeliveryState state) {
  switch (state) {
    case DeliveryState::waiting:
      return "waiting";
    case DeliveryState::in_flight:
      return "in_flight";
    case DeliveryState::relayed:
      return "relayed";
    case DeliveryState::sent:
      return "sent";
    case DeliveryState::failed:
      return "failed";
    case DeliveryState::held:
      return "held";
    case DeliveryState::cancelled:
      return "cancelled";
    case DeliveryState::not_needed:
      return "not_needed";
  }
  return {};
}

std::string_view to_text(NoticeState state) {
  switch (state) {
    case NoticeState::accepted:
      return "accepted";
    case NoticeState::sending:
      return "sending";
    case NoticeState::deemed_delivered:
      return "deemed_delivered";
    case NoticeState::held:
      return "held";
    case NoticeState::failed:
      return "failed";
    case NoticeState::cancelled:
      return "cancelled";
  }
  return {};
}

std::string_view to_text(NextActor actor) {
  switch (actor) {
    case NextActor::nobody:
      return "nobody";
    case NextActor::gateway:
      return "gateway";
    case NextActor::operator_:
      return "operator";
    case NextActor::publisher:
      return "publisher";
  }
  return {};
}

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
  return parse(text, all_delivery_states);
}
std::optional<NoticeState> parse_notice_state(std::string_view text) {
  return parse(text, all_notice_states);
}

bool may_move(DeliveryState from, DeliveryState to) {
  if (from == to) return from != DeliveryState::in_flight;
  return std::any_of(legal_moves.begin(), legal_moves.end(),
                     [&](const Move& move) { return move.from == from && move.to == to; });
}

NoticeState notice_state(bool legal_date_set, std::span<const DeliveryStanding> deliveries) {
  bool cancelled = false;
  bool under_way = false;
  bool due = false;
  bool attempted = false;
  bool held = false;
  for (const DeliveryStanding& delivery : deliveries) {
    if (!delivery.counts) continue;
    cancelled = cancelled || delivery.state == S::cancelled;
    under_way = under_way || delivery.state == S::in_flight || delivery.state == S::relayed;
    due = due || (delivery.state == S::waiting && delivery.has_due_time);
    attempted = attempted || delivery.has_attempt;
    held = held || delivery.state == S::held;
  }
  if (legal_date_set) return NoticeState::deemed_delivered;
  if (cancelled) return NoticeState::cancelled;
  if (under_way || (due && attempted)) return NoticeState::sending;
  if (due) return NoticeState::accepted;
  return held ? NoticeState::held : NoticeState::failed;
}

bool sent_anything(std::span<const DeliveryStanding> deliveries) {
  return any(deliveries, &DeliveryStanding::ever_sent);
}

std::optional<bool> anything_sent(std::span<const DeliveryStanding> deliveries) {
  if (sent_anything(deliveries)) return true;
  return any(deliveries, &DeliveryStanding::maybe_sent) ? std::nullopt : std::optional(false);
}

ResendSafety resend_safety(NoticeState state, std::span<const DeliveryStanding> deliveries) {
  const auto some = [&](DeliveryState wanted) {
    return std::any_of(deliveries.begin(), deliveries.end(),
                       [&](const DeliveryStanding& delivery) { return delivery.state == wanted; });
  };
  if (state == NoticeState::deemed_delivered) {
    return {false,
            "It was sent, so a resend reaches the recipient a second time; it cannot change the legal date."};
  }
  if (some(S::in_flight))
    return {false, "An attempt is under way and may still succeed; wait for its outcome."};
  if (some(S::relayed)) return {false, "Our own relay has it and has not reported yet; wait for its report."};
  const bool unanswered = std::any_of(
      deliveries.begin(), deliveries.end(),
      [](const DeliveryStanding& delivery) { return delivery.maybe_sent && !delivery.confirmed; });
  if (unanswered) {
    return {
        false,
        "An attempt ended without an answer, so the recipient may have it already; a resend is a possible "
        "duplicate."};
  }
  if (any(deliveries, &DeliveryStanding::confirmed))
    return {false, "The provider says that it has the message, so a resend would be a second."};
  if (sent_anything(deliveries)) {
    return {false,
            "One channel was sent, so a resend on that one reaches the recipient a second time; there is no "
            "legal "
            "date yet, and a channel that was not taken can be sent again without a duplicate."};
  }
  if (state == NoticeState::accepted || state == NoticeState::sending) {
    return {false,
            "Nothing was taken yet, and the gateway still sends it by itself; a resend would be a second."};
  }
  if (any(deliveries, &DeliveryStanding::has_attempt)) {
    return {true, "Every attempt so far was definitely not taken, so the recipient cannot get it twice."};
  }
  return {true, "Nothing was handed over yet, so the recipient cannot get it twice."};
}

NextActor next_actor(const Notice& notice) {
  return notice.erased ? NextActor::nobody : next_actor(notice.state, is_late_unasked(notice));
}

bool is_late_unasked(const Notice& notice) {
  return notice.lead_time_broken && !notice.late_accepted && !notice.late_known;
}

NextActor next_actor(NoticeState state, bool late_unasked) {
  switch (state) {
    case NoticeState::accepted:
    case NoticeState::sending:
      return NextActor::gateway;
    case NoticeState::held:
    case NoticeState::failed:
      return NextActor::operator_;
    case NoticeState::deemed_delivered:
      return late_unasked ? NextActor::operator_ : NextActor::nobody;
    case NoticeState::cancelled:
      return NextActor::nobody;
  }
  return NextActor::nobody;
}

bool needs_another_way(NoticeState state, std::span<const DeliveryStanding> deliveries) {
  return state == NoticeState::failed &&
         std::any_of(deliveries.begin(), deliveries.end(),
                     [](const DeliveryStanding& delivery) { return delivery.counts && delivery.confirmed; });
}

}  // namespace duenotice
