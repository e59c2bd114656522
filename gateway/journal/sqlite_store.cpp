#include "gateway/journal/sqlite_store.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/journal/event_check.hpp"
#include "gateway/journal/schema.hpp"
#include "gateway/journal/scrubber.hpp"

namespace duenotice {
namespace {

using sqlite::SqliteError;

Event own_event(std::string_view type, Instant at) { return Event{type, {}, at, Json::object()}; }

/// A page of 4 KB wastes least: a rendering of 5 KB takes one overflow page and a quarter of a leaf, and a
/// savepoint copies every page that it touches. Memory is bounded by the cache; nothing is mapped.
void configure(sqlite::Database& database) {
  database.run("PRAGMA journal_mode = WAL");
  database.run("PRAGMA synchronous = FULL");
  database.run("PRAGMA mmap_size = 0");
  // What is deleted is written over, so that after an erasure the free space holds nothing.
  database.run("PRAGMA secure_delete = ON");
  database.run("PRAGMA cache_size = -" + std::to_string(limits::journal_cache_kib));
  database.run("PRAGMA journal_size_limit = " + std::to_string(limits::wal_file_bytes));
  database.keep_wal_files();
  database.count_wal_pages();
}

Status prepare_file(sqlite::Database& database) {
  database.run("PRAGMA page_size = 4096");
  const Status schema = bring_schema_up_to_date(database);
  if (!schema.ok()) return schema;
  configure(database);
  database.checkpoint();
  const EventCheck check = check_stored_events(database, limits::events_checked_at_start);
  if (!check.fault.empty()) {
    return Error{ErrorKind::broken,
                 "the history is damaged: " + check.fault + "; restore the journal from a backup"};
  }
  return Done{};
}

Random& source_of(const SqliteJournalOptions& options) {
  static SystemRandom of_the_system;
  return options.random != nullptr ? *options.random : of_the_system;
}

/// The keys that the journal was written with must be there before anything is written to it.
Result<MasterKeys> open_keys(sqlite::Database& database, const SqliteJournalOptions& options) {
  const bool is_new = database.integer("SELECT count(*) FROM master_keys") == 0;
  auto masters = is_new ? read_or_make_master_keys(options.master_keys, options.path, source_of(options))
                        : read_master_keys(options.master_keys, options.path);
  if (!masters && masters.error().kind == ErrorKind::not_found && !is_new) {
    return Error{ErrorKind::broken,
                 "the master key of the journal is missing: " + masters.error().message +
                     "; put it back from its backup, for without it nothing in the journal that is about a "
                     "person can be read"};
  }
  if (!masters) return masters.error();
  const auto missing = SubjectKeys(database, *masters, source_of(options)).missing_master_key();
  if (!missing) return masters;
  return Error{ErrorKind::broken, "the journal was written with the master key " + *missing +
                                      ", which is not among those that are configured: put it back, in a "
                                      "line of its own below the newer ones"};
}

std::int64_t start_epoch(sqlite::Database& database, const MasterKeys& masters, Instant now, Random& random) {
  SubjectKeys keys(database, masters, random);
  database.run("BEGIN IMMEDIATE");
  keys.begin();
  database.prepare("INSERT INTO epochs (started_at) VALUES (?)").bind(1, to_unix_ms(now)).run();
  const std::int64_t epoch = database.last_insert_id();
  Event event = own_event(events::epoch_started, now);
  event.facts["epoch"] = epoch;
  SqliteTransaction(database, epoch, keys, random, {}).append_event(event);
  database.run("COMMIT");
  return epoch;
}

Error cannot_open(const std::filesystem::path& path, const SqliteError& error) {
  const bool full = error.kind() == SqliteError::Kind::full;
  return Error{full ? ErrorKind::no_space : ErrorKind::broken,
               "the journal " + path.string() + " cannot be opened for writing: " + error.what() +
                   (full ? "; free some space and start again" : "")};
}

}  // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const SqliteJournalOptions& options,
                                                       const Clock& clock, Log& log) {
  auto space = std::make_unique<SpaceGuard>(options.path, options.low_space_bytes, options.reserve_bytes);
  for (bool first = true;; first = false) {
    try {
      sqlite::Database database(options.path, sqlite::Database::Mode::create,
                                limits::journal_busy_timeout.count());
      const Status ready = prepare_file(database);
      if (!ready.ok()) return Error{ready.error().kind, options.path.string() + ": " + ready.error().message};
      auto masters = open_keys(database, options);
      if (!masters) return masters.error();
      const std::int64_t epoch = start_epoch(database, *masters, clock.now(), source_of(options));
      return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(database), *std::move(masters),
                                                          std::move(space), epoch, options, clock, log));
    } catch (const SqliteError& error) {
      // On a full disk the reserve may still be there, and recovery must be able to write.
      const bool full = error.kind() == SqliteError::Kind::full;
      if (!full || !first || space == nullptr) return cannot_open(options.path, error);
      space->give_up_reserve();
    }
  }
}

SqliteStore::SqliteStore(sqlite::Database database, MasterKeys masters, std::unique_ptr<SpaceGuard> space,
                         std::int64_t epoch, const SqliteJournalOptions& options, const Clock& clock,
                         Log& log)
    : database_(std::move(database)),
      clock_(clock),
      log_(log),
      on_broken_(options.on_broken),
      on_committed_(options.on_committed),
      rewrites_any_size_(options.rewrites_any_size),
      space_(std::move(space)),
      keys_(database_, std::move(masters), source_of(options)),
      transaction_(database_, epoch, keys_, source_of(options), {options.master_keys, options.path}),
      begin_(database_.prepare("BEGIN IMMEDIATE")),
      commit_(database_.prepare("COMMIT")),
      newest_epoch_(database_.prepare("SELECT max(epoch) FROM epochs")),
      savepoint_(database_.prepare("SAVEPOINT item")),
      release_(database_.prepare("RELEASE item")),
      rollback_to_(database_.prepare("ROLLBACK TO item")),
      fold_at_(limits::wal_checkpoint_pages) {
  if (space_->low()) note(SpaceGuard::Change::became_low);
  note(space_->look());
}

std::vector<Committed> SqliteStore::commit(std::span<CommitItem> items) {
  std::vector<Committed> results(items.size(), Committed::stopped);
  if (broken_) return results;
  const auto is_outcome = [](const CommitItem& item) { return item.work_class == WorkClass::outcome; };
  const bool has_outcome = std::any_of(items.begin(), items.end(), is_outcome);
  try {
    if (!std::all_of(items.begin(), items.end(), is_outcome)) note(space_->look());
    if (try_group(items, !space_->low(), results)) return results;
    note(space_->give_up_reserve());
    if (try_group(items, false, results)) return results;
    if (has_outcome) throw std::runtime_error("the disk is full and the reserve is used up");
    // Only intake was refused, and what the journal has to say itself waits for space.
  } catch (const std::exception& error) {
    broken(error.what());
    results.assign(items.size(), Committed::stopped);
  }
  return results;
}

/// False when the disk was full: then nothing of the group was written.
bool SqliteStore::try_group(std::span<CommitItem> items, bool with_intake, std::vector<Committed>& results) {
  const auto refused = [&](const CommitItem& item) {
    return !with_intake && item.work_class == WorkClass::intake;
  };
  for (std::size_t i = 0; i < items.size(); ++i)
    results[i] = refused(items[i]) ? Committed::no_space : results[i];
  if (own_events_.empty() && std::all_of(items.begin(), items.end(), refused)) return true;
  for (const bool apart : {false, true}) {
    try {
      run_group(items, with_intake, apart, results);
      return true;
    } catch (const SqliteError& error) {
      const bool undo_one = error.kind() == SqliteError::Kind::constraint && !apart;
      const bool full = error.kind() == SqliteError::Kind::full;
      // After a failed fsync nobody knows what the disk holds: no further write, not even an undo.
      if (!undo_one && !full) throw;
      if (database_.in_transaction()) database_.run("ROLLBACK");
      transaction_.undo_group();
      if (!full) continue;
      log_.warning("journal_full", {{"reason", std::string(error.what())}});
      return false;
    }
  }
  DN_ASSERT(false);
}

void SqliteStore::run_group(std::span<CommitItem> items, bool with_intake, bool apart,
                            std::vector<Committed>& results) {
  begin_.run();
  check_epoch();
  for (const Event& event : own_events_) transaction_.append_event(event);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (with_intake || items[i].work_class == WorkClass::outcome) {
      results[i] = apart ? run_apart(items[i]) : run_together(items[i]);
    }
  }
  const auto began = std::chrono::steady_clock::now();
  commit_.run();
  const auto took =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  if (on_committed_) on_committed_({transaction_.appended(), took});
  transaction_.group_committed();
  own_events_.clear();
  last_commit_ms_ = std::chrono::duration_cast<Milliseconds>(took).count();
  ++commits_;
  items_ += static_cast<std::int64_t>(items.size());
}

Committed SqliteStore::run_together(CommitItem& item) {
  transaction_.begin_work();
  item.work(transaction_);
  transaction_.end_work();
  return Committed::yes;
}

Committed SqliteStore::run_apart(CommitItem& item) {
  savepoint_.run();
  try {
    run_together(item);
    release_.run();
    return Committed::yes;
  } catch (const SqliteError& error) {
    if (error.kind() != SqliteError::Kind::constraint) throw;
    log_.error("journal_work_undone", {{"reason", std::string(error.what())}});
    rollback_to_.run();
    release_.run();
    transaction_.undo_work();
    return Committed::failed;
  }
}

void SqliteStore::check_epoch() {
  newest_epoch_.step();
  const std::int64_t newest = newest_epoch_.integer(0);
  newest_epoch_.reset();
  if (newest != epoch()) {
    throw std::runtime_error("another process has written to the journal (epoch " + std::to_string(newest) +
                             ", ours is " + std::to_string(epoch()) + ")");
  }
}

void SqliteStore::keep_house() {
  if (broken_) return;
  try {
    note(space_->look());
    if (!own_events_.empty()) commit({});
    if (transaction_.takes_scrubbing()) scrub_file();
    fold_log();
  } catch (const std::exception& error) {
    broken(error.what());
  }
}

/// After an erasure. Where the file cannot be written anew now, it is tried again at the next start.
void SqliteStore::scrub_file() {
  const auto now = std::chrono::steady_clock::now();
  if (now < scrub_at_) return;
  const Scrubbed done = scrub(database_, rewrites_any_size_);
  if (done == Scrubbed::later) {
    scrub_at_ = now + limits::scrubbing_pause;
  } else {
    transaction_.scrubbing_ends();
  }
  if (done == Scrubbed::yes || done == Scrubbed::later) return;
  const std::string why = done == Scrubbed::no_room     ? "the disk is full"
                          : done == Scrubbed::too_large ? "it is too large for a running gateway"
                                                        : "SQLite cannot; see its folder for temporary files";
  log_.warning("journal_not_rewritten", {{"reason", why}});
}

void SqliteStore::fold_log() {
  const int pages = database_.wal_pages();
  if (pages < limits::wal_checkpoint_pages) fold_at_ = limits::wal_checkpoint_pages;
  if (pages < fold_at_) return;
  // A reader that looks at an old state keeps the log from starting over; it is tried again when it has grown
  // as much once more.
  fold_at_ = pages + limits::wal_checkpoint_pages;
  try {
    database_.checkpoint();
  } catch (const SqliteError& error) {
    // Nothing is lost: the log still has it all.
    if (error.kind() != SqliteError::Kind::full) throw;
    note(space_->give_up_reserve());
  }
}

void SqliteStore::note(SpaceGuard::Change change) {
  if (change == SpaceGuard::Change::none) return;
  const bool low = change == SpaceGuard::Change::became_low;
  const std::string_view type = low ? events::space_low : events::space_restored;
  low ? log_.error(type) : log_.info(type);
  // A recovery that ended before it could be written down is not history.
  if (low && !own_events_.empty() && own_events_.back().type == events::space_restored) {
    own_events_.pop_back();
    return;
  }
  own_events_.push_back(own_event(type, clock_.now()));
}

void SqliteStore::broken(const std::string& reason) {
  broken_ = true;
  log_.error("journal_broken", {{"reason", reason}});
  on_broken_(reason);
}

Journal::Figures SqliteStore::figures() const { return {commits_, items_, Milliseconds(last_commit_ms_)}; }

}  // namespace duenotice
