#pragma once
#include "gateway/app/doctor_checks.hpp"
#include "gateway/app/gateway_presence.hpp"

namespace duenotice::app {

/// Whether an evidence log is kept, and whether it keeps up with the journal.
Finding check_log(const Configuration& configuration, const GatewayPresence& gateway);

/// Whether the log is sealed, and whether those who are to stamp and cosign the seals do. Only where a log is
/// kept.
Finding check_seals(const Configuration& configuration, const GatewayPresence& gateway);

/// Whether every numbered request came, and each number once.
Finding check_completeness(const Configuration& configuration);

}  // namespace duenotice::app
