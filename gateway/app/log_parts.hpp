#pragma once
#include <functional>
#include <memory>

#include "gateway/app/configuration.hpp"
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/journal/journal_leaves.hpp"

/// The evidence log's concrete parts, as the configuration names them.

namespace duenotice::app {

/// The key that signs the log. `not_found` where there is none, `invalid` where it is that of another log;
/// both say what to do.
Result<evidence::SigningKey> read_log_key(const EvidenceSettings& settings);

/// The journal's events for a command or a thread that reads them. The errors of `open_journal`.
Result<JournalLeaves> open_leaves(const Configuration& configuration);

/// The log's folder for a command that only reads it; `not_found` while there is none.
Result<evidence::DiskLogFiles> open_log_files(const EvidenceSettings& settings);

/// The published checkpoint with its size and root; nobody looked at its signatures. `not_found` while there
/// is none.
struct PublishedCheckpoint {
  std::string note;
  std::uint64_t size = 0;
  Digest root;
};
Result<PublishedCheckpoint> read_checkpoint(const evidence::LogFiles& files);
/// The same as soon as it covers that many events: waits up to `limits::covering_checkpoint_wait`, then
/// `unavailable`.
Result<PublishedCheckpoint> wait_for_checkpoint(const EvidenceSettings& settings, std::int64_t events);

/// Publishes what is new at each call (`evidence::Publisher`). The parts are opened at the first call, and
/// again after one that failed. One thread.
std::function<Result<evidence::Head>()> log_publication(const Configuration& configuration,
                                                        evidence::SigningKey key);

}  // namespace duenotice::app
