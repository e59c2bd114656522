#include "gateway/journal/scrubber.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice {
namespace {

// Where it stands, under this name among the cursors.
constexpr const char* name = "scrubbing";
constexpr std::int64_t file_is_to_be_written = 1;
constexpr std::int64_t log_is_to_be_emptied = 2;

std::int64_t standing(sqlite::Database& database) {
  return database.integer("SELECT sequence FROM cursors WHERE name = '" + std::string(name) + "'");
}

void note(sqlite::Database& database, std::int64_t standing) {
  database.prepare("INSERT OR REPLACE INTO cursors (name, sequence) VALUES (?,?)")
      .bind(1, name)
      .bind(2, standing)
      .run();
}

Scrubbed write_anew(sqlite::Database& database, bool any_size) {
  const std::int64_t bytes = database.integer("PRAGMA page_count") * database.integer("PRAGMA page_size");
  if (!any_size && bytes > limits::rewritten_journal_bytes) return Scrubbed::too_large;
  try {
    database.run("VACUUM");
    return Scrubbed::yes;
  } catch (const sqlite::SqliteError& error) {
    // The key is gone whatever becomes of the file, and nothing in it is worse than before.
    if (error.kind() == sqlite::SqliteError::Kind::corrupt) throw;
    return error.kind() == sqlite::SqliteError::Kind::full ? Scrubbed::no_room : Scrubbed::failed;
  }
}

}  // namespace

void want_scrubbing(sqlite::Database& database) { note(database, file_is_to_be_written); }

bool scrubbing_is_wanted(sqlite::Database& database) { return standing(database) != 0; }

Scrubbed scrub(sqlite::Database& database, bool any_size) {
  if (standing(database) == file_is_to_be_written) {
    const Scrubbed written = write_anew(database, any_size);
    if (written != Scrubbed::yes) return database.empty_wal() ? written : Scrubbed::later;
    note(database, log_is_to_be_emptied);
  }
  if (!database.empty_wal()) return Scrubbed::later;
  database.prepare("DELETE FROM cursors WHERE name = ?").bind(1, name).run();
  return Scrubbed::yes;
}

}  // namespace duenotice
