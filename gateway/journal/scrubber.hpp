#pragma once
#include "gateway/base/sqlite.hpp"

/// What was erased is still in the file where it was deleted, and in the write-ahead log, until it is written
/// over. That this is to be done stands in the journal itself, so that a process that ends meanwhile does not
/// leave it undone. The journal's thread.

namespace duenotice {

/// Inside the transaction that deletes.
void want_scrubbing(sqlite::Database& database);
bool scrubbing_is_wanted(sqlite::Database& database);

enum class Scrubbed {
  yes,
  later,      ///< a reader needs the log
  no_room,    ///< for a second copy of the file
  failed,     ///< for another reason, such as no folder for temporary files
  too_large,  ///< more than limits::rewritten_journal_bytes: somebody else would wait too long
};

/// Outside of transactions, without waiting: writes the file anew and empties the write-ahead log.
/// `any_size`: nobody else waits. Throws SqliteError.
Scrubbed scrub(sqlite::Database& database, bool any_size);

}  // namespace duenotice
