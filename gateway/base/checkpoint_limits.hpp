#pragma once
#include <chrono>
#include <cstddef>

/// The bounds of publishing and sealing the evidence log and of what is made from it for people; all others
/// are in limits.hpp.

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
/// The wait after a seal that failed, as on a full disk: short, because a midnight must not pass meanwhile.
inline constexpr std::chrono::milliseconds seal_retry{5'000};
/// Time-stamping authorities, and witnesses, that one log asks: each has a thread of its own.
inline constexpr std::size_t tsas_most = 16;
inline constexpr std::size_t witnesses_most = 32;
/// Requests that a witness answers at once: they wait for each other's commits anyway.
inline constexpr int witness_threads = 8;
/// A name that the operator gives to an authority: a label of metrics and a part of file names.
inline constexpr std::size_t tsa_name_bytes = 64;

/// How long a command waits for the checkpoint that covers what it has just read, and how often it looks.
inline constexpr std::chrono::milliseconds covering_checkpoint_wait{5'000};
inline constexpr std::chrono::milliseconds covering_checkpoint_look{50};

/// How long beyond the interval of sealing `bundle --wait` waits for the stamp, and how often it looks.
inline constexpr std::chrono::milliseconds stamp_wait{120'000};
inline constexpr std::chrono::milliseconds stamp_look{500};

/// An evidence bundle: the whole archive, what its files may have together (the rest is for the lists of
/// them), how many files, and a name. A notice with ten attempts on three channels has about a hundred files.
inline constexpr std::size_t bundle_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t bundle_content_bytes = 56 * 1024 * 1024;
inline constexpr std::size_t bundle_files = 10'000;
inline constexpr std::size_t bundle_name_bytes = 200;

/// What a certificate, one page, quotes: lines of a message, cells of such a line (about two lines on paper),
/// and indexes of events in the log; of more than those the first and the last.
inline constexpr int certificate_lines = 6;
inline constexpr std::size_t certificate_line_cells = 160;
inline constexpr std::size_t certificate_indexes = 16;

/// The greatest number of a request: what every JSON reader takes for exactly this number.
inline constexpr long long sequence_most = (1LL << 53) - 1;
/// Gaps and repeats that a report names of each source; the others it counts.
inline constexpr int sequence_faults_named = 100;
/// Lines of each list in a daily statement, so that people can read it; more are added up in one.
inline constexpr std::size_t statement_lines = 1'000;

}  // namespace duenotice::limits
