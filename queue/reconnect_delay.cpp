#include "queue/reconnect_delay.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::queue {

Milliseconds ReconnectDelay::next() {
  Milliseconds step = limits::reconnect_delay_first;
  for (int failure = 0; failure < failures_ && step < limits::reconnect_delay_most; ++failure) step *= 2;
  step = std::min(step, limits::reconnect_delay_most);
  ++failures_;
  const auto half = static_cast<std::uint64_t>(step.count() / 2);
  return Milliseconds(static_cast<std::int64_t>(half + random_.below(half + 1)));
}

void ReconnectDelay::reset() { failures_ = 0; }

}  // namespace duenotice::queue
