#pragma once
#include <optional>
#include <string_view>

#include "gateway/base/limits.hpp"
#include "gateway/base/time.hpp"

namespace duenotice {

/// Keeps a channel from trying a provider that is away: after several faults of the provider in a row it
/// opens, and nothing is tried until its rest is over; then one attempt probes. A probe that succeeds closes
/// it, one that fails makes the next rest twice as long. What waits meanwhile is not tried, so it uses up no
/// retry and writes no log. Not thread-safe.
class CircuitBreaker {
 public:
  enum class State { closed, open, probing };
  enum class Change { none, opened, closed };

  State state() const { return state_; }
  /// How many of `wanted` attempts may start at `now`: all, one (which becomes the probe), or none.
  int allowance(int wanted, Instant now) const;
  /// An attempt that `allowance` allowed did begin.
  void began();
  /// How an attempt ended that reached a verdict about the provider.
  Change ended(bool provider_fault, Instant now);
  /// The attempt ended without one: never handed over.
  void ended_without_verdict(Instant now);
  /// Since when it is not closed; empty while it is.
  std::optional<Instant> open_since() const { return open_since_; }
  /// A person expects the provider to be back: what is due next probes now.
  void probe_now(Instant now);
  /// When the next probe is due; empty unless it is open.
  std::optional<Instant> probe_at() const;

 private:
  Change open(Instant now);

  State state_ = State::closed;
  int faults_in_a_row_ = 0;
  Milliseconds rest_ = limits::breaker_rest_first;
  Instant probe_at_;
  std::optional<Instant> open_since_;
};

std::string_view to_text(CircuitBreaker::State state);

}  // namespace duenotice
