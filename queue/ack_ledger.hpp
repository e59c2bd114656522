#pragma once
#include <cstdint>
#include <deque>
#include <vector>

namespace duenotice::queue {

/// The deliveries of one AMQP channel that the broker waits for an acknowledgement of. Gathers them into as
/// few acknowledgements as possible: one with `multiple` for everything up to the first delivery that is not
/// done, and single ones behind it. Not thread-safe.
class AckLedger {
 public:
  struct Ack {
    std::uint64_t tag = 0;
    bool multiple = false;
    bool operator==(const Ack&) const = default;
  };

  /// A delivery came. A channel counts its tags from 1 without gaps.
  void delivered(std::uint64_t tag);
  /// It is done and the broker must be told. Ignored when the tag is unknown or was done before.
  void done(std::uint64_t tag);
  /// It was given back, so the broker needs no acknowledgement.
  void given_back(std::uint64_t tag);
  /// The acknowledgements to send now, in order.
  std::vector<Ack> take();

 private:
  enum class State : std::uint8_t { out, done, told };
  State* find(std::uint64_t tag);

  std::uint64_t first_ = 1;  ///< tag of the oldest entry
  std::deque<State> entries_;
  std::vector<std::uint64_t> done_;
};

}  // namespace duenotice::queue
