#pragma once
#include <atomic>
#include <vector>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/group_commit.hpp"
#include "gateway/journal/space_guard.hpp"
#include "gateway/journal/sqlite_journal.hpp"
#include "gateway/journal/sqlite_transaction.hpp"

namespace duenotice {

/// The SQLite file behind group commit: one transaction for a group, the checkpoint of the write-ahead log,
/// and what happens when the disk is full or broken. An item that breaks a constraint is undone alone: the
/// group is then run again with a savepoint for each item. (A savepoint copies every page that the item
/// touches, a quarter of the journal's work, and no item of a sound gateway breaks a constraint.) Opened on
/// any thread, then used by the journal's alone.
class SqliteStore final : public CommitStore {
 public:
  /// Opens the file, which must be locked already: brings the schema up to date, folds the log, checks the
  /// newest events, starts an epoch.
  static Result<std::unique_ptr<SqliteStore>> open(const SqliteJournalOptions& options, const Clock& clock,
                                                   Log& log);

  std::vector<Committed> commit(std::span<CommitItem> items) override;
  void keep_house() override;

  bool space_is_low() const { return space_->low(); }  ///< any thread
  Journal::Figures figures() const;                    ///< any thread
  std::int64_t epoch() const { return transaction_.epoch(); }

 private:
  SqliteStore(sqlite::Database database, MasterKeys masters, std::unique_ptr<SpaceGuard> space,
              std::int64_t epoch, const SqliteJournalOptions& options, const Clock& clock, Log& log);

  bool try_group(std::span<CommitItem> items, bool with_intake, std::vector<Committed>& results);
  void run_group(std::span<CommitItem> items, bool with_intake, bool apart, std::vector<Committed>& results);
  Committed run_together(CommitItem& item);
  Committed run_apart(CommitItem& item);
  void check_epoch();
  void fold_log();
  void scrub_file();
  void note(SpaceGuard::Change change);
  void broken(const std::string& reason);

  sqlite::Database database_;
  const Clock& clock_;
  Log& log_;
  const std::function<void(const std::string&)> on_broken_;
  const std::function<void(const DurableCommit&)> on_committed_;
  const bool rewrites_any_size_;
  const std::unique_ptr<SpaceGuard> space_;
  SubjectKeys keys_;
  SqliteTransaction transaction_;
  sqlite::Statement begin_, commit_, newest_epoch_, savepoint_, release_, rollback_to_;
  std::vector<Event> own_events_;  ///< what the journal has to say itself, until it is committed
  int fold_at_;                    ///< pages in the log at which it is folded next
  std::chrono::steady_clock::time_point scrub_at_;  ///< not tried before
  bool broken_ = false;
  std::atomic<std::int64_t> commits_{0}, items_{0}, last_commit_ms_{0};
};

}  // namespace duenotice
