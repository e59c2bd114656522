#pragma once
#include "gateway/app/configuration.hpp"
#include "gateway/app/doctor_checks.hpp"

namespace duenotice::app {

/// Whether the key that everything about persons is sealed with is there, and where it lies. For `doctor`.
Finding check_master_key(const Configuration& configuration);

}  // namespace duenotice::app
