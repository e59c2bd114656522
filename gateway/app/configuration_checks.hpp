#pragma once
#include "gateway/app/configuration.hpp"

namespace duenotice::app {

/// Adds the mistakes that no single key can judge.
void check_together(LoadedConfiguration& loaded);

}  // namespace duenotice::app
