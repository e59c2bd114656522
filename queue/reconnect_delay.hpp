#pragma once
#include "gateway/base/random.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::queue {

/// How long to wait before the next attempt to connect: doubling from limits::reconnect_delay_first to
/// limits::reconnect_delay_most, each time a random part of it, so that many clients do not come back at
/// once.
class ReconnectDelay {
 public:
  explicit ReconnectDelay(Random& random) : random_(random) {}
  /// The next delay, between half and all of the current step; the step doubles.
  Milliseconds next();
  /// A connection was made: the next failure starts from the first step again.
  void reset();

 private:
  Random& random_;
  int failures_ = 0;
};

}  // namespace duenotice::queue
