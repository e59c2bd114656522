#pragma once
#include "gateway/app/doctor_checks.hpp"
#include "gateway/app/gateway_presence.hpp"

namespace duenotice::app {

/// Whether the running gateway serves its metrics, or without one whether their port is free.
Finding check_metrics(const Configuration& configuration, const GatewayPresence& gateway);

}  // namespace duenotice::app
