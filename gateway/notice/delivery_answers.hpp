#pragma once
#include <optional>

#include "gateway/notice/notice.hpp"

namespace duenotice {

/// The three questions, answered for one delivery. What they say of the whole notice stands in states.hpp.
struct DeliveryAnswers {
  /// Whether it went out on this channel; empty where nobody knows.
  std::optional<bool> sent;
  ResendSafety resend;
  NextActor actor = NextActor::nobody;
};

/// `state` is that of its notice: a delivery that failed needs nobody once the notice has its legal date, and
/// the gateway while another channel is still being tried. What the provider says that it has needs nobody
/// while another channel may still satisfy the clause, and the operator once none is left. What is held
/// because it is late waits for the operator too where the notice went out too late (`late_unasked`: and no
/// person has said that they know), for no date will release it.
/// Of a request that was not accepted.
ResendSafety rejected_resend();

DeliveryAnswers answers_of(const Delivery& delivery, NoticeState state, bool late_unasked = false);

}  // namespace duenotice
