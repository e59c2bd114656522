#pragma once
#include <chrono>

/// The bounds of publishing the evidence log; all others are in limits.hpp.

namespace duenotice::limits {

/// How far the log may be behind the journal: 2 s are promised, of which the checkpoint itself takes its
/// part.
inline constexpr std::chrono::milliseconds checkpoint_interval_least{100};
inline constexpr std::chrono::milliseconds checkpoint_interval_default{1'000};
inline constexpr std::chrono::milliseconds checkpoint_interval_most{2'000};
/// Waits after a checkpoint that failed for a reason that may pass, from the first to the longest.
inline constexpr std::chrono::milliseconds checkpoint_retry_first{1'000};
inline constexpr std::chrono::milliseconds checkpoint_retry_most{30'000};
/// A stop begins no further checkpoint after this; the next start goes on.
inline constexpr std::chrono::milliseconds checkpoint_at_stop{10'000};

}  // namespace duenotice::limits
