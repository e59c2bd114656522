#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "gateway/base/clock.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/journal/master_keys.hpp"

namespace duenotice {

/// A commit that is durable.
struct DurableCommit {
  std::span<const Event> events;  ///< that it added to the history, in the order of their numbers
  std::chrono::microseconds took{0};
};

struct SqliteJournalOptions {
  std::filesystem::path path;
  std::uint64_t low_space_bytes = limits::low_space_bytes_default;
  std::uint64_t reserve_bytes = limits::reserve_bytes_default;
  /// Called on the journal's thread when the store can no longer be trusted (any I/O error but a full disk
  /// before the commit). It must end the process; the default prints the reason and exits with 74 (EX_IOERR).
  /// Should it return (in a test), nothing is committed or acknowledged any more.
  std::function<void(const std::string& reason)> on_broken;
  MasterKeySource master_keys;
  /// Where the keys of commitments and of subjects come from; null: the operating system. Outlives the
  /// journal.
  Random* random = nullptr;
  /// Called on the journal's thread after every commit, before the `Done` of its work; must be quick.
  std::function<void(const DurableCommit&)> on_committed;
  /// After an erasure the file is written anew however large it is: nothing else waits for this process.
  bool rewrites_any_size = false;
};

/// The file whose lock the one writer of the journal holds: `PATH.lock`.
inline std::filesystem::path journal_lock(std::filesystem::path journal) { return journal += ".lock"; }

/// Opens (and makes or migrates) the journal for writing: takes the lock `PATH.lock`, starts a new epoch,
/// checks the last event sequence numbers, makes the reserve file `PATH.reserve`. `unavailable` when another
/// process holds the lock, and where a master key is missing that the journal was written with: then nothing
/// was written. Where none is configured the first is made beside the journal. SQLite in WAL mode with
/// synchronous=FULL: a commit has been synced when `Done` is called.
Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteJournalOptions& options, const Clock& clock,
                                                     Log& log);

}  // namespace duenotice
