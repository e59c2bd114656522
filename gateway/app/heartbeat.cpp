#include "gateway/app/heartbeat.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice::app {

Heartbeat::Heartbeat(const Gateway& gateway, Journal& journal)
    : gateway_(gateway), journal_(journal), threads_{{{"journal"}, {"timer"}, {"intake"}}} {}

std::string Heartbeat::standing_still() {
  const Gateway::Rounds rounds = gateway_.rounds();
  const std::array<std::int64_t, 3> seen{answers_->load(), rounds.timer, rounds.intake};
  const auto now = std::chrono::steady_clock::now();
  std::string names;
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    Thread& thread = threads_[i];
    if (thread.rounds != seen[i]) thread = {thread.name, seen[i], now};
    if (now - thread.since > limits::round_patience)
      names += (names.empty() ? "" : ", ") + std::string(thread.name);
  }
  if (seen[0] == questions_) {
    ++questions_;
    journal_.submit(
        WorkClass::outcome, [](Transaction&) {}, [answers = answers_](Committed) { answers->fetch_add(1); });
  }
  const std::lock_guard lock(mutex_);
  found_ = names;
  return names;
}

std::string Heartbeat::last_found() const {
  const std::lock_guard lock(mutex_);
  return found_;
}

}  // namespace duenotice::app
