#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>

namespace duenotice {

/// Watches the free space of the journal's file system. Space is low below the mark, or once the disk was
/// full; it is restored when there is as much above the mark as the reserve takes and the reserve exists. In
/// between, intake waits and nothing flaps.
class SpaceGuard {
 public:
  enum class Change { none, became_low, restored };

  SpaceGuard(const std::filesystem::path& journal, std::uint64_t low_space_bytes,
             std::uint64_t reserve_bytes);

  /// Looks at the file system. The journal's thread; cheap enough for every commit.
  Change look();

  /// The disk is full: gives the reserve up. The journal's thread.
  Change give_up_reserve();

  /// Any thread.
  bool low() const { return low_.load(std::memory_order_relaxed); }

 private:
  Change became_low();

  const std::filesystem::path journal_;
  const std::filesystem::path reserve_;
  const std::uint64_t low_space_bytes_;
  const std::uint64_t reserve_bytes_;
  bool has_reserve_ = false;
  std::atomic<bool> low_{false};
};

}  // namespace duenotice
