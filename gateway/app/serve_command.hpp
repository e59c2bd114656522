#pragma once
#include "gateway/app/configuration.hpp"

namespace duenotice::app {

/// `duenotice serve`: runs the gateway until SIGTERM or SIGINT; returns the exit code. Says on stderr in one
/// line what it listens to, and when it cannot start, why and what to do.
int serve(const LoadedConfiguration& loaded);

}  // namespace duenotice::app
