#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/time.hpp"

/// The states of a delivery and of a notice, and what each means for the people who look at it.

namespace duenotice {

struct Notice;

enum class DeliveryState {
  waiting,     ///< has a due time; none before its turn in an `in_order` kind
  in_flight,   ///< an intent is committed and its outcome is not
  relayed,     ///< our own relay has it
  sent,        ///< final
  failed,      ///< permanent, or nothing left to try
  held,        ///< a person must decide
  cancelled,   ///< by a person or the publisher, before anything went out
  not_needed,  ///< its turn never came, or the clause was satisfied without it
};

enum class NoticeState { accepted, sending, deemed_delivered, held, failed, cancelled };

std::string_view to_text(DeliveryState state);
std::string_view to_text(NoticeState state);
std::optional<DeliveryState> parse_delivery_state(std::string_view text);
std::optional<NoticeState> parse_notice_state(std::string_view text);

/// Whether a delivery may go from one state to the other. Every change of a delivery is asserted against this
/// table. Staying where it is may always be written (its due time or reason changes), except in flight: that
/// would be a second attempt on top of the first. An in-site delivery passes through `in_flight` too, within
/// one commit.
bool may_move(DeliveryState from, DeliveryState to);

/// What the state of a notice depends on, for each of its deliveries.
struct DeliveryStanding {
  DeliveryState state = DeliveryState::waiting;
  bool counts = false;  ///< counts for the clause; a copy never moves the notice
  bool has_due_time = false;
  bool has_attempt = false;
  bool ever_sent = false;   ///< some attempt of it was sent
  bool maybe_sent = false;  ///< some attempt of it is in flight, relayed or unknown
  bool confirmed = false;   ///< a person ended it because the provider says that it has the message
};

/// The state of a notice as a function of its counting deliveries. `legal_date_set` wins for ever.
NoticeState notice_state(bool legal_date_set, std::span<const DeliveryStanding> deliveries);

/// The three questions that a state answers wherever it is shown.
enum class NextActor { nobody, gateway, operator_, publisher };
std::string_view to_text(NextActor actor);

struct ResendSafety {
  bool safe = false;
  std::string why;  ///< one English sentence
};

/// Whether any delivery of the notice, counting or copy, was certainly handed over.
bool sent_anything(std::span<const DeliveryStanding> deliveries);
/// The same as far as it is known: empty while some attempt is under way or ended without an answer.
std::optional<bool> anything_sent(std::span<const DeliveryStanding> deliveries);
/// Whether sending the notice again could reach the recipient twice.
ResendSafety resend_safety(NoticeState state, std::span<const DeliveryStanding> deliveries);
/// `late_unasked`: it was sent later than its clause allows, and no person had decided that it should be.
NextActor next_actor(NoticeState state, bool late_unasked);
/// What a person accepted late is nobody's business any more.
NextActor next_actor(const Notice& notice);
/// Sent too late for its date, and no person decided so before, or has said since that they know.
bool is_late_unasked(const Notice& notice);
/// Whether the duty is unmet, nothing is left to try, and the provider has the message on some counting
/// channel all the same: its word makes no legal date, so the operator tells the recipient in another way.
bool needs_another_way(NoticeState state, std::span<const DeliveryStanding> deliveries);

}  // namespace duenotice
