#pragma once
#include "gateway/app/doctor_checks.hpp"

namespace duenotice::app {

/// Whether an evidence log is kept, and whether it keeps up with the journal.
Finding check_log(const Configuration& configuration);

/// Whether the log is sealed, and whether those who are to stamp and cosign the seals do. Only where a log is
/// kept.
Finding check_seals(const Configuration& configuration);

/// Whether every numbered request came, and each number once.
Finding check_completeness(const Configuration& configuration);

}  // namespace duenotice::app
