#include "gateway/journal/sqlite_journal.hpp"

#include <cstdio>
#include <cstdlib>

#include "gateway/base/file_system.hpp"
#include "gateway/journal/group_commit.hpp"
#include "gateway/journal/sqlite_store.hpp"

namespace duenotice {
namespace {

class SqliteJournal final : public Journal {
 public:
  SqliteJournal(FileLock lock, std::unique_ptr<SqliteStore> store)
      : lock_(std::move(lock)), store_(std::move(store)), commits_(*store_) {}

  void submit(WorkClass work_class, Work work, Done done) override {
    commits_.submit({work_class, std::move(work), std::move(done)});
  }
  bool space_is_low() const override { return store_->space_is_low(); }
  Figures figures() const override { return store_->figures(); }
  std::int64_t epoch() const override { return store_->epoch(); }
  void close() override { commits_.close(); }

 private:
  FileLock lock_;  ///< first, so that it is given back last
  std::unique_ptr<SqliteStore> store_;
  GroupCommit commits_;
};

/// Ends the process without running any more of it: what is in memory cannot be trusted to match the disk.
[[noreturn]] void give_up(const std::filesystem::path& path, const std::string& reason) {
  constexpr int ex_ioerr = 74;
  std::fprintf(
      stderr,
      "duenotice: the journal %s cannot be trusted any more: %s. Nothing unsure was acknowledged; mend "
      "the cause and start again.\n",
      path.c_str(), reason.c_str());
  std::_Exit(ex_ioerr);
}

}  // namespace

Result<std::unique_ptr<Journal>> open_sqlite_journal(const SqliteJournalOptions& given, const Clock& clock,
                                                     Log& log) {
  SqliteJournalOptions options = given;
  if (!options.on_broken) {
    options.on_broken = [path = options.path](const std::string& reason) { give_up(path, reason); };
  }
  const std::filesystem::path lock_path = journal_lock(options.path);
  auto lock = FileLock::take(lock_path);
  if (!lock.ok()) {
    if (lock.error().kind != ErrorKind::unavailable) return lock.error();
    return Error{ErrorKind::unavailable, "the journal " + options.path.string() +
                                             " is in use by another duenotice process, which holds " +
                                             lock_path.string() +
                                             ": stop that process or wait until it has ended"};
  }
  auto store = SqliteStore::open(options, clock, log);
  if (!store.ok()) return store.error();
  return std::unique_ptr<Journal>(std::make_unique<SqliteJournal>(std::move(*lock), std::move(*store)));
}

}  // namespace duenotice
