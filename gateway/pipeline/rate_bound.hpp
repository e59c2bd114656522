#pragma once
#include <algorithm>

#include "gateway/base/time.hpp"

namespace duenotice {

/// At most so many a second, with bursts of one second's worth (a token bucket). Not thread-safe.
class RateBound {
 public:
  /// 0: unbounded.
  explicit RateBound(int per_second) : per_second_(per_second), tokens_(per_second) {}

  int allowance(int wanted, Instant now) {
    if (per_second_ == 0) return wanted;
    refill(now);
    return std::min(wanted, static_cast<int>(tokens_));
  }
  void used(int count) { tokens_ -= per_second_ == 0 ? 0 : count; }
  /// How long until one more is allowed.
  Milliseconds wait() const {
    if (per_second_ == 0 || tokens_ >= 1) return Milliseconds(0);
    return Milliseconds(static_cast<std::int64_t>((1 - tokens_) * 1000 / per_second_) + 1);
  }

 private:
  void refill(Instant now) {
    if (last_ != Instant{} && now > last_) {
      const double seconds = static_cast<double>((now - last_).count()) / 1000;
      tokens_ = std::min<double>(per_second_, tokens_ + seconds * per_second_);
    }
    last_ = now;
  }

  int per_second_;
  double tokens_;
  Instant last_{};
};

}  // namespace duenotice
