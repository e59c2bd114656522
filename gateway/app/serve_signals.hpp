#pragma once
#include <csignal>

#include "gateway/base/time.hpp"

namespace duenotice::app {

/// The signals that the gateway answers to: SIGTERM and SIGINT end it, SIGHUP reloads the agreements. From
/// its construction on they are blocked in this thread and in those that it starts, so that one thread can
/// wait for them; SIGPIPE is ignored. One of it, made before any thread.
class ServeSignals {
 public:
  ServeSignals();
  /// The next signal; 0 when none came within `patience`.
  int wait(Milliseconds patience) const;

 private:
  sigset_t set_{};
};

}  // namespace duenotice::app
