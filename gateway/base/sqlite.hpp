#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

/// A small wrapper over SQLite. A connection and its statements belong to one thread at a time. Failures
/// throw `SqliteError`, since to this product a database that does not work is a broken environment; the
/// caller that can go on (a full disk, a busy file) catches it and looks at its kind.

struct sqlite3;
struct sqlite3_stmt;

namespace duenotice::sqlite {

class SqliteError final : public std::runtime_error {
 public:
  /// `full`: no space, reported before anything was synced. An fsync that failed is `io`, whatever its
  /// reason.
  enum class Kind { constraint, busy, full, io, corrupt, other };
  SqliteError(Kind kind, int code, const std::string& message)
      : std::runtime_error(message), kind_(kind), code_(code) {}
  Kind kind() const { return kind_; }
  int code() const { return code_; }  ///< SQLite's extended result code

 private:
  Kind kind_;
  int code_;
};

/// A prepared statement. `bind` counts from 1, columns from 0, as SQLite does.
class Statement {
 public:
  Statement() = default;
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  Statement& bind(int index, std::int64_t value);
  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, const char* text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, const std::string& text) { return bind(index, std::string_view(text)); }
  Statement& bind(int index, int value) { return bind(index, std::int64_t{value}); }
  Statement& bind(int index, bool value) { return bind(index, std::int64_t{value ? 1 : 0}); }
  Statement& bind_blob(int index, std::string_view bytes);
  Statement& bind_null(int index);
  /// The same without a copy: the bytes must stay where they are until the statement has run.
  Statement& bind_borrowed(int index, std::string_view text);
  Statement& bind_borrowed_blob(int index, std::string_view bytes);
  template <class T>
  Statement& bind(int index, const std::optional<T>& value) {
    return value ? bind(index, *value) : bind_null(index);
  }

  /// Moves to the next row; false after the last, and the statement is reset.
  bool step();
  /// Runs a statement that yields no row, and resets it.
  void run();
  /// Forgets the current row and keeps the bindings for another run.
  void reset();

  std::int64_t integer(int column) const;
  std::string text(int column) const;       ///< also the bytes of a blob
  std::string_view view(int column) const;  ///< the same without a copy; until the next step or reset
  bool is_null(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  friend class Database;
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : handle_(statement) {}
  std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
};

class Database {
 public:
  enum class Mode { read_write, create, read_only };
  /// Opens the file. `busy_ms` is how long a statement waits for another process's lock. A read-only
  /// connection never checkpoints.
  Database(const std::filesystem::path& path, Mode mode, std::int64_t busy_ms);
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  /// Runs one or more statements that yield nothing of interest.
  void run(const std::string& sql);
  Statement prepare(std::string_view sql);
  /// First column of the first row of `sql` as an integer; 0 when there is none.
  std::int64_t integer(std::string_view sql);
  std::int64_t last_insert_id() const;
  /// Rows that the last insert, update or delete changed.
  std::int64_t changes() const;
  /// Keeps the write-ahead log's files when the last connection closes, so that read-only openers always find
  /// them.
  void keep_wal_files();
  /// Folds as much of the write-ahead log into the database as readers allow; returns the pages left in the
  /// log.
  int checkpoint();
  /// Folds all of the write-ahead log and cuts its file to nothing. Does not wait: false while a reader
  /// needs it.
  bool empty_wal();
  /// Pages in the write-ahead log after this connection's last commit. From the first call of
  /// `count_wal_pages` on, which also ends SQLite's own checkpoints after commits: their moment is then the
  /// caller's choice.
  void count_wal_pages();
  int wal_pages() const { return wal_pages_ == nullptr ? 0 : *wal_pages_; }
  bool in_transaction() const;

  /// What a function of SQL makes of an integer and two texts or blobs: a blob, or NULL.
  using Function =
      std::function<std::optional<std::string>(std::int64_t, std::string_view, std::string_view)>;
  /// Gives it to the statements of this connection; one of the same name is replaced. NULL as the integer
  /// gives NULL. An exception that it throws ends the statement with an error of kind `corrupt`.
  void define(const std::string& name, Function function);

 private:
  struct Closer {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<int> wal_pages_;  ///< written by SQLite's commit hook, so before the handle that calls it
  std::unique_ptr<sqlite3, Closer> handle_;
};

}  // namespace duenotice::sqlite
