#include "queue/embedded_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "gateway/base/limits.hpp"

namespace duenotice::queue {
namespace {

constexpr std::int64_t application_id = 0x444e5155;  // "DNQU"
constexpr std::int64_t schema_version = 1;

// Claims live apart from the bodies, so that claiming a message does not rewrite its body. A row of
// `deliveries` says that the message was given out before; its consumer is null once that consumer is gone.
constexpr const char* schema = R"(
  CREATE TABLE requests(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL);
  CREATE TABLE deliveries(
    request INTEGER PRIMARY KEY,
    consumer INTEGER);
  CREATE TABLE consumers(
    id INTEGER PRIMARY KEY);
  CREATE TABLE dead_letters(
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    pointer TEXT NOT NULL,
    message TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL,
    expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX dead_letters_by_expiry ON dead_letters(expires_at);
)";

/// Requests hold personal data: SQLite would make the file readable for everybody that the umask allows.
void make_private(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) ::close(descriptor);
}

Status ensure_schema(sqlite::Database& database, const std::filesystem::path& path) {
  const auto is_ours = [&] { return database.integer("PRAGMA application_id") == application_id; };
  if (!is_ours()) {
    if (database.integer("SELECT count(*) FROM sqlite_schema") != 0 && !is_ours()) {
      return Error{ErrorKind::invalid,
                   path.string() + " is a SQLite file but not an embedded queue; name another file"};
    }
    EmbeddedTransaction transaction(database);
    if (!is_ours()) {
      database.run(schema);
      database.run("PRAGMA application_id = " + std::to_string(application_id));
      database.run("PRAGMA user_version = " + std::to_string(schema_version));
    }
    transaction.commit();
  }
  const std::int64_t version = database.integer("PRAGMA user_version");
  if (version == schema_version) return Done{};
  return Error{ErrorKind::invalid, "the embedded queue " + path.string() + " has schema version " +
                                       std::to_string(version) + ", this program knows version " +
                                       std::to_string(schema_version) + "; use the program that made it"};
}

}  // namespace

Result<sqlite::Database> open_embedded_file(const std::filesystem::path& path) {
  make_private(path);
  sqlite::Database database(path, sqlite::Database::Mode::read_write, limits::embedded_busy_timeout.count());
  database.run("PRAGMA synchronous = FULL");
  if (Status status = ensure_schema(database, path); !status) return status.error();
  const std::string mode = [&] {
    sqlite::Statement statement = database.prepare("PRAGMA journal_mode = PERSIST");
    return statement.step() ? statement.text(0) : std::string();
  }();
  if (mode != "persist") {
    return Error{ErrorKind::invalid, "the embedded queue " + path.string() + " is in journal mode " + mode +
                                         "; set it back with PRAGMA journal_mode = DELETE"};
  }
  database.run("PRAGMA journal_size_limit = " + std::to_string(limits::embedded_journal_bytes));
  return database;
}

Error embedded_error(const sqlite::SqliteError& failure, const std::filesystem::path& path) {
  const std::string where = "the embedded queue " + path.string();
  switch (failure.kind()) {
    case sqlite::SqliteError::Kind::full:
      return Error{ErrorKind::no_space,
                   where + " has no space left on its disk; free some: " + failure.what()};
    case sqlite::SqliteError::Kind::busy:
      return Error{ErrorKind::unavailable, where + " stays locked by another process: " + failure.what()};
    default:
      return Error{ErrorKind::broken, where + " does not work: " + failure.what()};
  }
}

EmbeddedTransaction::EmbeddedTransaction(sqlite::Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

EmbeddedTransaction::~EmbeddedTransaction() {
  if (!database_.in_transaction()) return;
  try {
    database_.run("ROLLBACK");
  } catch (const sqlite::SqliteError&) {
    // The error that brought us here is already on its way, and the next opener rolls the journal back.
  }
}

void EmbeddedTransaction::commit() { database_.run("COMMIT"); }

}  // namespace duenotice::queue
