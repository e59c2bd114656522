#pragma once
#include <optional>
#include <span>

#include "gateway/base/time_zone.hpp"
#include "gateway/notice/notice.hpp"

namespace duenotice {

/// One sending, as far as the legal date is concerned.
struct Sending {
  Channel channel = Channel::email;
  int attempt = 0;
  Instant at;  ///< when the positive reply was read, or just before the in-site row's commit
};

/// The legal delivery of a notice, given that `latest` has just been recorded as sent and `deliveries` are
/// the notice's deliveries including that change. Empty while the clause's count of distinct counting
/// channels is not reached, or when `latest` does not count, or when the date is set already: it is set once
/// and never moves. The rule is the one that was frozen in the delivery at acceptance, and `zone` the
/// notice's own, so that no later change of an agreement file can touch it.
std::optional<DeemedDelivery> legal_delivery(const Notice& notice, std::span<const Delivery> deliveries,
                                             const Sending& latest, const TimeZone& zone);

}  // namespace duenotice
