#pragma once
#include "gateway/app/configuration.hpp"
#include "gateway/app/terminal.hpp"

namespace duenotice::app {

/// `duenotice serve`: runs the gateway until SIGTERM or SIGINT; returns the exit code. Says on stderr in one
/// line what it listens to, and when it cannot start, why and what to do, the latter in the language of
/// `terminal`.
int serve(const LoadedConfiguration& loaded, const Terminal& terminal);

}  // namespace duenotice::app
