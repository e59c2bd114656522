#include "gateway/app/log_parts.hpp"

#include <thread>

#include "gateway/app/journal_access.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/publisher.hpp"
#include "gateway/evidence/tile.hpp"

namespace duenotice::app {

namespace {

/// What a publisher works with.
struct OpenLog {
  JournalLeaves leaves;
  evidence::DiskLogFiles files;
  evidence::SqliteHeadStore heads;
  evidence::Publisher publisher;

  OpenLog(JournalLeaves from, evidence::DiskLogFiles to, evidence::SqliteHeadStore head,
          evidence::SigningKey key)
      : leaves(std::move(from)),
        files(std::move(to)),
        heads(std::move(head)),
        publisher(leaves, files, heads, std::move(key)) {}
};

Result<std::unique_ptr<OpenLog>> open_log(const Configuration& configuration,
                                          const evidence::SigningKey& key) {
  auto leaves = open_leaves(configuration);
  if (!leaves) return leaves.error();
  auto files = evidence::DiskLogFiles::open(configuration.evidence.folder);
  if (!files) return files.error();
  auto heads = evidence::SqliteHeadStore::open(configuration.evidence.heads);
  if (!heads) return heads.error();
  return std::make_unique<OpenLog>(std::move(*leaves), std::move(*files), std::move(*heads), key);
}

}  // namespace

Result<evidence::SigningKey> read_log_key(const EvidenceSettings& settings) {
  const std::string file = settings.key_file.string();
  auto key = evidence::SigningKey::read(settings.key_file);
  if (!key && key.error().kind == ErrorKind::not_found) {
    return Error{ErrorKind::not_found, "there is no key of the evidence log at " + file +
                                           ": make it with `duenotice log init`, or, where the log has had "
                                           "one, put its copy there"};
  }
  if (!key) return key;
  const evidence::VerifierKey& verifier = key->verifier();
  if (verifier.kind == evidence::NoteKeyKind::note && verifier.name == settings.origin) return key;
  return Error{ErrorKind::invalid, "the key in " + file + " is that of " + verifier.name +
                                       ", but [evidence] origin is " + settings.origin +
                                       ": name the key of this log, or the origin of that key"};
}

Result<JournalLeaves> open_leaves(const Configuration& configuration) {
  // It knows best why a journal cannot be opened, and how to say so.
  const auto reader = open_journal(configuration.journal);
  if (!reader) return reader.error();
  return JournalLeaves::open(configuration.journal.path);
}

Result<evidence::DiskLogFiles> open_log_files(const EvidenceSettings& settings) {
  std::error_code ignored;
  if (!settings.enabled()) {
    return Error{
        ErrorKind::not_found,
        "no evidence log is kept here: set [evidence] origin, run `duenotice log init` and start the "
        "gateway again; where the configuration is another one, name it with --config"};
  }
  if (!std::filesystem::is_directory(settings.folder, ignored)) {
    return Error{ErrorKind::not_found, "there is no evidence log at " + settings.folder.string() +
                                           " yet: `duenotice serve` makes it"};
  }
  return evidence::DiskLogFiles::open(settings.folder);
}

Result<PublishedCheckpoint> read_checkpoint(const evidence::LogFiles& files) {
  auto note = files.read(std::string(evidence::checkpoint_path), limits::checkpoint_bytes);
  if (!note && note.error().kind == ErrorKind::not_found) {
    return Error{ErrorKind::not_found, "the evidence log has no checkpoint yet: `duenotice serve` makes it"};
  }
  if (!note) return note.error();
  const auto parsed = evidence::parse_note(*note);
  if (!parsed) return Error{ErrorKind::broken, "the log's checkpoint: " + parsed.error().message};
  const auto checkpoint = evidence::parse_checkpoint(parsed->text);
  if (!checkpoint) return Error{ErrorKind::broken, "the log's checkpoint: " + checkpoint.error().message};
  return PublishedCheckpoint{std::move(*note), checkpoint->size, checkpoint->root};
}

Result<PublishedCheckpoint> wait_for_checkpoint(const EvidenceSettings& settings, std::int64_t events) {
  const auto end = std::chrono::steady_clock::now() + limits::covering_checkpoint_wait;
  for (;;) {
    const auto files = open_log_files(settings);
    if (!files) return files.error();
    auto checkpoint = read_checkpoint(*files);
    if (checkpoint && checkpoint->size >= static_cast<std::uint64_t>(events)) return checkpoint;
    if (!checkpoint && checkpoint.error().kind != ErrorKind::not_found) return checkpoint;
    if (std::chrono::steady_clock::now() >= end) {
      return Error{ErrorKind::unavailable,
                   "the evidence log does not cover event " + std::to_string(events) +
                       " yet: a running gateway adds what is new within seconds, so try again; `duenotice "
                       "status` says how far the log is"};
    }
    std::this_thread::sleep_for(limits::covering_checkpoint_look);
  }
}

std::function<Result<evidence::Head>()> log_publication(const Configuration& configuration,
                                                        evidence::SigningKey key) {
  return [configuration, key = std::move(key),
          open = std::shared_ptr<OpenLog>()]() mutable -> Result<evidence::Head> {
    if (!open) {
      auto opened = open_log(configuration, key);
      if (!opened) return opened.error();
      open = std::move(*opened);
    }
    auto head = open->publisher.publish();
    if (!head) open.reset();
    return head;
  };
}

}  // namespace duenotice::app
