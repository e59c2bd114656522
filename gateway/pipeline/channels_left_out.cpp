#include "gateway/pipeline/channels_left_out.hpp"

namespace duenotice {

bool ChannelsLeftOut::take(const PlannedDelivery& planned, const Rejection& fault) {
  const bool too_long =
      fault.code == RejectionCode::invalid_value && fault.pointer == request_.pointer_prefix + "/variables";
  if (!too_long || request_.channels) return false;
  if (planned.counts && !first_) first_ = fault;
  return true;
}

std::optional<Rejection> ChannelsLeftOut::fault() const {
  return counting_ < required_ ? first_ : std::nullopt;
}

}  // namespace duenotice
