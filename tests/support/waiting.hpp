#pragma once
#include <chrono>
#include <functional>
#include <thread>

namespace duenotice::test {

/// The longest that a test waits for something that must happen.
inline constexpr std::chrono::seconds long_enough{60};

/// Whether `condition` came true in time. Polls: what is waited for happens on another thread.
inline bool eventually(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + long_enough;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace duenotice::test
