#pragma once
#include <span>
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/result.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/request.hpp"

namespace duenotice {

/// One delivery that a notice will have.
struct PlannedDelivery {
  Channel channel = Channel::email;
  bool counts = false;
  std::string address;  ///< email address, or the user id for in-site
};

struct Plan {
  std::vector<PlannedDelivery> deliveries;  ///< counting ones first, in the clause's order
  int required = 1;                         ///< how many distinct counting channels
};

/// Which channels a request uses: the clause's, narrowed by the request, for which the recipient has an
/// address and which are configured. Rejects what the clause forbids and what could never satisfy it.
Result<Plan, Rejection> plan_deliveries(const Kind& kind, const Request& request,
                                        std::span<const Channel> configured);

}  // namespace duenotice
