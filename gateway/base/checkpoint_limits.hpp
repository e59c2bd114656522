#pragma once
#include <chrono>

/// The bounds of publishing the evidence log and of what is made from it for people; all others are in
/// limits.hpp.

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

/// What a certificate, one page, quotes: lines of a message, cells of such a line (about two lines on paper),
/// and indexes of events in the log; of more than those the first and the last.
inline constexpr int certificate_lines = 6;
inline constexpr std::size_t certificate_line_cells = 160;
inline constexpr std::size_t certificate_indexes = 16;

}  // namespace duenotice::limits
