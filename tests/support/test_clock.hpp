#pragma once
#include <atomic>
#include <cstring>
#include <mutex>
#include <random>

#include "gateway/base/clock.hpp"
#include "gateway/base/random.hpp"

namespace duenotice::test {

/// A clock that stands still until a test moves it. Thread-safe.
class TestClock final : public Clock {
 public:
  explicit TestClock(std::string_view start) { set(start); }
  Instant now() const override { return from_unix_ms(ms_.load()); }
  void set(std::string_view instant) { ms_ = to_unix_ms(*parse_instant(instant)); }
  void set(Instant instant) { ms_ = to_unix_ms(instant); }
  void advance(Milliseconds by) { ms_ += by.count(); }

 private:
  std::atomic<std::int64_t> ms_{0};
};

/// Replayable bytes from a seed. Thread-safe.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<std::byte> out) override {
    const std::lock_guard lock(mutex_);
    for (std::byte& byte : out) byte = static_cast<std::byte>(engine_() & 0xFF);
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

}  // namespace duenotice::test
