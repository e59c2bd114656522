#pragma once
#include "gateway/base/time.hpp"

namespace duenotice {

/// Where "now" comes from. Injected everywhere, so that tests can run a whole life around midnight.
/// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override { return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now()); }
};

}  // namespace duenotice
