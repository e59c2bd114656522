#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"

/// The SQLite file of the embedded queue, shared by every process that publishes or consumes.
///
/// It runs in rollback-journal mode: any number of processes may write to it, and a commit is durable when it
/// returns. PERSIST rather than DELETE, because with synchronous=FULL it syncs the end of the transaction
/// too, where DELETE would leave the unlink of the journal to chance.

namespace duenotice::queue {

/// Opens the file, and makes it (readable for its owner only) with its tables when it does not exist.
/// Throws SqliteError; a file that is something else is `invalid`.
Result<sqlite::Database> open_embedded_file(const std::filesystem::path& path);

/// What a failure of the file means to a caller.
Error embedded_error(const sqlite::SqliteError& failure, const std::filesystem::path& path);

/// One transaction that takes the write lock at once, so that it cannot fail half-way for a lock. Rolled back
/// unless committed.
class EmbeddedTransaction {
 public:
  explicit EmbeddedTransaction(sqlite::Database& database);
  ~EmbeddedTransaction();
  EmbeddedTransaction(const EmbeddedTransaction&) = delete;
  EmbeddedTransaction& operator=(const EmbeddedTransaction&) = delete;
  /// Durable when it returns.
  void commit();

 private:
  sqlite::Database& database_;
};

}  // namespace duenotice::queue
