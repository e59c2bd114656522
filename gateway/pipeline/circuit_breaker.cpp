#include "gateway/pipeline/circuit_breaker.hpp"

#include <algorithm>

namespace duenotice {

std::string_view to_text(CircuitBreaker::State state) {
  switch (state) {
    case CircuitBreaker::State::closed:
      return "closed";
    case CircuitBreaker::State::open:
      return "open";
    case CircuitBreaker::State::probing:
      return "probing";
  }
  return {};
}

int CircuitBreaker::allowance(int wanted, Instant now) const {
  switch (state_) {
    case State::closed:
      return wanted;
    case State::open:
      return now >= probe_at_ ? std::min(wanted, 1) : 0;
    case State::probing:
      return 0;
  }
  return 0;
}

void CircuitBreaker::began() {
  if (state_ == State::open) state_ = State::probing;
}

CircuitBreaker::Change CircuitBreaker::ended(bool provider_fault, Instant now) {
  if (!provider_fault) {
    const bool was_closed = state_ == State::closed;
    state_ = State::closed;
    open_since_.reset();
    faults_in_a_row_ = 0;
    rest_ = limits::breaker_rest_first;
    return was_closed ? Change::none : Change::closed;
  }
  ++faults_in_a_row_;
  if (state_ == State::probing) {
    rest_ = std::min<Milliseconds>(rest_ * 2, limits::breaker_rest_most);
    (void)open(now);
    return Change::none;
  }
  if (state_ == State::closed && faults_in_a_row_ >= limits::breaker_faults) return open(now);
  return Change::none;
}

void CircuitBreaker::ended_without_verdict(Instant now) {
  if (state_ == State::probing) (void)open(now);
}

void CircuitBreaker::probe_now(Instant now) {
  if (state_ == State::open) probe_at_ = std::min(probe_at_, now);
}

std::optional<Instant> CircuitBreaker::probe_at() const {
  return state_ == State::open ? std::optional(probe_at_) : std::nullopt;
}

CircuitBreaker::Change CircuitBreaker::open(Instant now) {
  state_ = State::open;
  open_since_ = open_since_.value_or(now);
  probe_at_ = now + rest_;
  return Change::opened;
}

}  // namespace duenotice
