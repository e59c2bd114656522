#include "gateway/base/sqlite.hpp"

#include <sqlite3.h>

#include <cerrno>

namespace duenotice::sqlite {
namespace {

using Kind = SqliteError::Kind;

/// SQLite reports a full disk as SQLITE_FULL, except when it fails to lengthen the shared index of its
/// write-ahead log.
Kind kind_of(int code, int system_error) {
  if (code == SQLITE_IOERR_SHMSIZE && system_error == ENOSPC) return Kind::full;
  switch (code & 0xFF) {
    case SQLITE_CONSTRAINT:
      return Kind::constraint;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Kind::busy;
    case SQLITE_FULL:
      return Kind::full;
    case SQLITE_IOERR:
      return Kind::io;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Kind::corrupt;
    default:
      return Kind::other;
  }
}

[[noreturn]] void fail(sqlite3* database, const std::string& what) {
  const int code = database != nullptr ? sqlite3_extended_errcode(database) : SQLITE_NOMEM;
  const std::string reason = database != nullptr ? sqlite3_errmsg(database) : "out of memory";
  const int system_error = database != nullptr ? sqlite3_system_errno(database) : 0;
  throw SqliteError(kind_of(code, system_error), code,
                    what + ": " + reason + " (SQLite code " + std::to_string(code) + ")");
}

/// Two settings of the library, each worth a tenth of a busy writer's time. They take effect before SQLite's
/// first use in the process; afterwards this does nothing.
void set_up_library() {
  // Its memory is counted behind a lock that every allocation takes, and nobody reads the count.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  // The undo pages of a savepoint are kept in one piece of memory of this size, instead of a piece for each
  // page; the few savepoints that touch more pages go on in a temporary file.
  constexpr int undo_bytes = 1'000'000;
  static const int in_one_piece = sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, undo_bytes);
  static_cast<void>(uncounted);
  static_cast<void>(in_one_piece);
}

/// SQLite's own handler sleeps ever longer, up to 100 ms, so that a process which comes back often keeps the
/// others out for seconds. Looking every millisecond gives each a fair chance.
int wait_for_lock(void* bound_ms, int tries) {
  if (tries >= static_cast<int>(reinterpret_cast<std::intptr_t>(bound_ms))) return 0;
  sqlite3_sleep(1);
  return 1;
}

sqlite3* owner(sqlite3_stmt* statement) { return sqlite3_db_handle(statement); }

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
void Database::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Statement& Statement::bind(int index, std::int64_t value) {
  if (sqlite3_bind_int64(handle_.get(), index, value) != SQLITE_OK) fail(owner(handle_.get()), "bind");
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(handle_.get(), index, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8) !=
      SQLITE_OK) {
    fail(owner(handle_.get()), "bind");
  }
  return *this;
}

Statement& Statement::bind_blob(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  if (sqlite3_bind_blob64(handle_.get(), index, data, bytes.size(), SQLITE_TRANSIENT) != SQLITE_OK) {
    fail(owner(handle_.get()), "bind");
  }
  return *this;
}

Statement& Statement::bind_borrowed(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();
  if (sqlite3_bind_text64(handle_.get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) != SQLITE_OK) {
    fail(owner(handle_.get()), "bind");
  }
  return *this;
}

Statement& Statement::bind_borrowed_blob(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  if (sqlite3_bind_blob64(handle_.get(), index, data, bytes.size(), SQLITE_STATIC) != SQLITE_OK) {
    fail(owner(handle_.get()), "bind");
  }
  return *this;
}

Statement& Statement::bind_null(int index) {
  if (sqlite3_bind_null(handle_.get(), index) != SQLITE_OK) fail(owner(handle_.get()), "bind");
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(handle_.get());
    return false;
  }
  sqlite3* database = owner(handle_.get());
  const int extended = sqlite3_extended_errcode(database);
  const std::string reason = sqlite3_errmsg(database);
  const Kind kind = kind_of(extended, sqlite3_system_errno(database));
  sqlite3_reset(handle_.get());
  throw SqliteError(kind, extended, reason + " (SQLite code " + std::to_string(extended) + ")");
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() { sqlite3_reset(handle_.get()); }

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }

std::string Statement::text(int column) const { return std::string(view(column)); }

std::string_view Statement::view(int column) const {
  const void* bytes = sqlite3_column_blob(handle_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column));
  return bytes == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(bytes), size);
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

Database::Database(const std::filesystem::path& path, Mode mode, std::int64_t busy_ms) {
  const int flags = SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                    (mode == Mode::create ? SQLITE_OPEN_CREATE : 0);
  set_up_library();
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) fail(raw, "cannot open " + path.string());
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_handler(raw, &wait_for_lock, reinterpret_cast<void*>(static_cast<std::intptr_t>(busy_ms)));
  if (mode == Mode::read_only) sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

void Database::run(const std::string& sql) {
  if (sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail(handle_.get(), sql.substr(0, 60));
  }
}

Statement Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(handle_.get(), std::string(sql.substr(0, 80)));
  return Statement(statement);
}

std::int64_t Database::integer(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::last_insert_id() const { return sqlite3_last_insert_rowid(handle_.get()); }
std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }
bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }

void Database::define(const std::string& name, Function function) {
  const auto call = [](sqlite3_context* context, int, sqlite3_value** values) {
    const auto bytes = [&](int index) {
      const void* data = sqlite3_value_blob(values[index]);
      const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[index]));
      return data == nullptr ? std::string_view() : std::string_view(static_cast<const char*>(data), size);
    };
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    try {
      const auto& body = *static_cast<const Function*>(sqlite3_user_data(context));
      const auto result = body(sqlite3_value_int64(values[0]), bytes(1), bytes(2));
      if (!result) return sqlite3_result_null(context);
      sqlite3_result_blob64(context, result->data(), result->size(), SQLITE_TRANSIENT);
    } catch (const std::exception& error) {
      sqlite3_result_error(context, error.what(), -1);
      sqlite3_result_error_code(context, SQLITE_CORRUPT);
    }
  };
  auto owned = std::make_unique<Function>(std::move(function));
  // SQLite frees it, also when this fails.
  if (sqlite3_create_function_v2(handle_.get(), name.c_str(), 3, SQLITE_UTF8, owned.release(), call, nullptr,
                                 nullptr,
                                 [](void* body) { delete static_cast<Function*>(body); }) != SQLITE_OK)
    fail(handle_.get(), name);
}

void Database::keep_wal_files() {
  int on = 1;
  sqlite3_file_control(handle_.get(), nullptr, SQLITE_FCNTL_PERSIST_WAL, &on);
}

void Database::count_wal_pages() {
  wal_pages_ = std::make_unique<int>(0);
  const auto note = [](void* count, sqlite3*, const char*, int pages) {
    *static_cast<int*>(count) = pages;
    return SQLITE_OK;
  };
  sqlite3_wal_hook(handle_.get(), note, wal_pages_.get());
}

bool Database::empty_wal() {
  const std::int64_t patience = integer("PRAGMA busy_timeout");
  sqlite3_busy_timeout(handle_.get(), 0);
  const int code =
      sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_busy_timeout(handle_.get(), static_cast<int>(patience));
  if (code != SQLITE_OK && code != SQLITE_BUSY) fail(handle_.get(), "checkpoint");
  return code == SQLITE_OK;
}

int Database::checkpoint() {
  int in_log = 0;
  int folded = 0;
  const int code =
      sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_log, &folded);
  if (code != SQLITE_OK && code != SQLITE_BUSY) fail(handle_.get(), "checkpoint");
  return in_log - folded;
}

}  // namespace duenotice::sqlite
