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

  /// No further step is taken, and the one under way is told. Returns at once.
  void ask_to_stop() { thread_.request_stop(); }
  /// The same, and waits for the step under way.
  void stop();

 private:
  std::jthread thread_;
};

}  // namespace duenotice::evidence
