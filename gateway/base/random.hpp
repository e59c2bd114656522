#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace duenotice {

/// Where unpredictable bytes come from. Injected, so that a test can replay a life from a seed. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::byte> out) = 0;
  /// A uniform number below `bound` (> 0).
  std::uint64_t below(std::uint64_t bound);
};

/// The operating system's generator (getrandom). A failure of it ends the process.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::byte> out) override;
};

}  // namespace duenotice
