#pragma once
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/doctor_checks.hpp"
#include "gateway/app/gateway_presence.hpp"
#include "gateway/journal/backlog.hpp"

namespace duenotice::app {

/// What cannot wait while no gateway does its work.
struct WaitingWork {
  std::int64_t requests = 0;        ///< in the queue
  std::int64_t deliveries = 0;      ///< due, or begun and without an outcome
  std::int64_t replay_items = 0;    ///< that a replay has still to make due
  std::int64_t later = 0;           ///< have their time still before them: `send_not_before`, or a retry
  std::optional<Instant> next_due;  ///< when the first of these is due

  bool anything_now() const { return requests + deliveries + replay_items > 0; }
};

/// As far as queue and journal can be asked.
WaitingWork waiting_work(const Configuration& configuration);

/// How the gateway stands, first of all whether it does its work, then what it says of its queue, its disk,
/// its status events and its channels' breakers.
std::vector<Finding> gateway_findings(const GatewayPresence& gateway, const WaitingWork& waiting);

}  // namespace duenotice::app
