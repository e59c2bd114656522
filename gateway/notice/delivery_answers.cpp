#include "gateway/notice/delivery_answers.hpp"

namespace duenotice {
namespace {

using S = DeliveryState;

std::optional<bool> went_out(const Delivery& delivery) {
  const DeliveryStanding standing = standing_of(delivery);
  if (standing.ever_sent) return true;
  if (standing.maybe_sent) return std::nullopt;
  return false;
}

ResendSafety resend(const Delivery& delivery) {
  if (delivery.state == S::sent)
    return {false,
            "It was sent, so a resend reaches the recipient a second time; it cannot change the legal "
            "date."};
  const DeliveryStanding standing = standing_of(delivery);
  return resend_safety(delivery.state == S::waiting ? NoticeState::accepted : NoticeState::held,
                       {&standing, 1});
}

/// What the provider has needs nobody as a copy, nor while a held channel may still satisfy the clause.
bool is_settled(const Delivery& delivery, NoticeState state) {
  return delivery.reason == reasons::provider_confirms && (!delivery.counts || state == NoticeState::held);
}

NextActor actor(const Delivery& delivery, NoticeState state, bool late_unasked) {
  switch (delivery.state) {
    case S::waiting:
    case S::in_flight:
    case S::relayed:
      return NextActor::gateway;
    case S::failed:
    case S::held:
      if (late_unasked && delivery.state == S::held && delivery.reason == reasons::late)
        return NextActor::operator_;
      return is_settled(delivery, state) ? NextActor::nobody : next_actor(state, false);
    case S::sent:
    case S::cancelled:
    case S::not_needed:
      return NextActor::nobody;
  }
  return NextActor::nobody;
}

}  // namespace

ResendSafety rejected_resend() {
  return {true, "The request was not accepted, so nothing was sent for it; correct it and publish it again."};
}

DeliveryAnswers answers_of(const Delivery& delivery, NoticeState state, bool late_unasked) {
  return {
      .sent = went_out(delivery), .resend = resend(delivery), .actor = actor(delivery, state, late_unasked)};
}

}  // namespace duenotice
