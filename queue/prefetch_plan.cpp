#include "queue/prefetch_plan.hpp"

#include <algorithm>

namespace duenotice::queue {

PrefetchPlan::PrefetchPlan(std::size_t messages, std::size_t bytes)
    : most_messages_(messages), most_bytes_(bytes) {}

void PrefetchPlan::saw(std::size_t size) { average_ = average_ - average_ / 16 + size / 16; }

std::size_t PrefetchPlan::count() const {
  return std::clamp<std::size_t>(most_bytes_ / std::max<std::size_t>(average_, 1), 1, most_messages_);
}

}  // namespace duenotice::queue
