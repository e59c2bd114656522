#pragma once
#include <optional>

#include "gateway/agreement/plan.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/request.hpp"

namespace duenotice {

/// Which channels a notice goes without because its words are too long for what they may send (an SMS has a
/// bound of segments). A notice is not kept back for them, as long as the clause can still be satisfied and
/// the request does not ask for its channels by name. For one request; one thread.
class ChannelsLeftOut {
 public:
  /// `request` outlives this object. `required`: distinct counting channels that the clause demands.
  ChannelsLeftOut(const Request& request, int required) : request_(request), required_(required) {}

  /// The message of a channel was made.
  void fits(const PlannedDelivery& planned) { counting_ += planned.counts ? 1 : 0; }
  /// It was not, because of `fault`. False when the notice cannot go without this channel.
  bool take(const PlannedDelivery& planned, const Rejection& fault);
  /// What to answer when, all in all, too few channels are left for the clause.
  std::optional<Rejection> fault() const;

 private:
  const Request& request_;
  const int required_;
  int counting_ = 0;
  std::optional<Rejection> first_;  ///< of a counting channel
};

}  // namespace duenotice
