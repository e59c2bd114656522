#pragma once
#include "gateway/app/doctor_checks.hpp"

namespace duenotice::app {

/// Whether the running gateway serves its metrics, or without one whether their port is free.
Finding check_metrics(const Configuration& configuration);

}  // namespace duenotice::app
