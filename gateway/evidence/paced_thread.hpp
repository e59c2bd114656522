#pragma once
#include <functional>
#include <stop_token>
#include <thread>

#include "gateway/base/clock.hpp"

namespace duenotice::evidence {

/// A thread that takes a step whenever the last one asked for it, from its start until it is destroyed, which
/// waits for the step under way.
class PacedThread {
 public:
  /// Does some work and says when it wants to be called again.
  using Step = std::function<Instant(Instant now, std::stop_token stop)>;

  /// `clock` outlives this object.
  PacedThread(const Clock& clock, Step step);

 private:
  std::jthread thread_;
};

}  // namespace duenotice::evidence
