#pragma once
#include "gateway/app/doctor_checks.hpp"

namespace duenotice::app {

/// Whether an evidence log is kept, and whether it keeps up with the journal.
Finding check_log(const Configuration& configuration);

}  // namespace duenotice::app
