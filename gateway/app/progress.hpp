#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "gateway/app/terminal.hpp"

namespace duenotice::app {

/// A progress bar on stderr, only where that is a terminal. It redraws itself at most ten times a second.
class Progress {
 public:
  /// `total` 0: the end is not known, and only the count is shown. `noun` is what is counted; `{0} noun`
  /// and `{0} nouns` are phrases.
  Progress(const Terminal& terminal, std::uint64_t total, std::string noun = "request")
      : terminal_(terminal), total_(total), noun_(std::move(noun)) {}
  void show(std::uint64_t done, std::int64_t count);
  /// Removes the bar, so that what follows starts on a clean line.
  void clear();

  /// The bar without the control characters around it.
  static std::string bar(std::uint64_t done, std::uint64_t total, std::int64_t count,
                         const std::string& noun = "request", Language language = Language::english);

 private:
  const Terminal& terminal_;
  const std::uint64_t total_;
  const std::string noun_;
  std::chrono::steady_clock::time_point drawn_at_{};
  bool drawn_ = false;
};

}  // namespace duenotice::app
