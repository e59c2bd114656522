#include "gateway/agreement/legal_date.hpp"

#include <algorithm>
#include <set>

namespace duenotice {

std::optional<DeemedDelivery> legal_delivery(const Notice& notice, std::span<const Delivery> deliveries,
                                             const Sending& latest, const TimeZone& zone) {
  if (notice.deemed) return std::nullopt;
  std::set<Channel> sent;
  const Delivery* completing = nullptr;
  for (const Delivery& delivery : deliveries) {
    if (!delivery.counts || delivery.state != DeliveryState::sent) continue;
    sent.insert(delivery.channel);
    if (delivery.channel == latest.channel) completing = &delivery;
  }
  if (completing == nullptr || std::ssize(sent) < std::max(notice.required, 1)) return std::nullopt;
  return DeemedDelivery{latest.at,      zone.date_of(latest.at), completing->rule, completing->rule_clause,
                        latest.channel, latest.attempt};
}

}  // namespace duenotice
