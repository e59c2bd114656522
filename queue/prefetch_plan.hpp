#pragma once
#include <cstddef>

namespace duenotice::queue {

/// How many messages to let the broker push. AMQP bounds a consumer only by their count, so the count is
/// chosen such that messages of the size seen lately fit into the bound on bytes. What comes in excess is
/// given back; this keeps that rare. Not thread-safe.
class PrefetchPlan {
 public:
  PrefetchPlan(std::size_t messages, std::size_t bytes);
  /// A message of `size` bytes came, whether or not it was kept.
  void saw(std::size_t size);
  /// The count to ask the broker for; between 1 and the bound on messages.
  std::size_t count() const;
  /// Whether `count()` has grown so far beyond `current` that asking anew is worth it.
  bool worth_raising(std::size_t current) const { return count() >= 2 * current; }

 private:
  const std::size_t most_messages_;
  const std::size_t most_bytes_;
  std::size_t average_ = 0;  ///< bytes, over about the last 16 messages
};

}  // namespace duenotice::queue
