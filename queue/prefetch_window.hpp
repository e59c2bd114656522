#pragma once
#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace duenotice::queue {

/// What a consumer may still take before it holds as much as it is allowed to. A message larger than the byte
/// bound is taken only when nothing else is out: otherwise it could never be delivered.
struct Room {
  std::size_t messages = 0;
  std::size_t bytes = 0;
  bool nothing_out = false;

  /// Whether a message of `size` bytes fits; if so it is counted.
  bool take(std::size_t size);
};

/// The messages that a consumer holds or has given out and that are not acknowledged yet, against the bounds
/// on their count and bytes. Not thread-safe: its owner guards it.
class PrefetchWindow {
 public:
  /// `messages` and `bytes` are at least 1.
  PrefetchWindow(std::size_t messages, std::size_t bytes);

  Room room() const;
  /// Whether at least an empty message fits.
  bool has_room() const;
  void add(std::uint64_t tag, std::size_t size);
  /// False when `tag` is not out: it was acknowledged before, or belongs to a lost connection.
  bool remove(std::uint64_t tag);
  void clear();
  std::size_t messages() const { return out_.size(); }
  std::size_t bytes() const { return bytes_; }

 private:
  const std::size_t most_messages_;
  const std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::unordered_map<std::uint64_t, std::size_t> out_;
};

}  // namespace duenotice::queue
