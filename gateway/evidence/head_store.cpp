#include "gateway/evidence/head_store.hpp"

#include "gateway/base/limits.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/store_rows.hpp"

namespace duenotice::evidence {
namespace {

using sqlite::SqliteError;

constexpr std::string_view what = "the log's head";

Error error_of(const std::filesystem::path& path, const SqliteError& failure) {
  return store_error(what, path, failure);
}

}  // namespace

SqliteHeadStore::SqliteHeadStore(const std::filesystem::path& path)
    : path_(path), database_(path, sqlite::Database::Mode::create, limits::head_busy_timeout.count()) {
  database_.run(durable_store);
  database_.run(
      "CREATE TABLE IF NOT EXISTS head(id INTEGER PRIMARY KEY CHECK(id = 1), size INTEGER NOT NULL,"
      " root BLOB NOT NULL, checkpoint TEXT NOT NULL) STRICT");
}

Result<SqliteHeadStore> SqliteHeadStore::open(const std::filesystem::path& path) {
  try {
    return SqliteHeadStore(path);
  } catch (const SqliteError& failure) {
    return error_of(path, failure);
  }
}

Result<std::optional<Head>> SqliteHeadStore::read() {
  try {
    auto rows = database_.prepare("SELECT size, root, checkpoint FROM head");
    return next_head(rows, what, path_);
  } catch (const SqliteError& failure) {
    return error_of(path_, failure);
  }
}

Result<bool> SqliteHeadStore::swap(const std::optional<Head>& expected, const Head& next) {
  try {
    auto change =
        database_.prepare(expected ? "UPDATE head SET size = ?1, root = ?2, checkpoint = ?3"
                                     " WHERE size = ?4 AND root = ?5 AND checkpoint = ?6"
                                   : "INSERT INTO head(id, size, root, checkpoint) VALUES(1, ?1, ?2, ?3)"
                                     " ON CONFLICT DO NOTHING");
    change.bind(1, static_cast<std::int64_t>(next.size)).bind_blob(2, bytes_of(next.root));
    change.bind(3, next.checkpoint);
    if (expected) {
      change.bind(4, static_cast<std::int64_t>(expected->size)).bind_blob(5, bytes_of(expected->root));
      change.bind(6, expected->checkpoint);
    }
    change.run();
    return database_.changes() == 1;
  } catch (const SqliteError& failure) {
    return error_of(path_, failure);
  }
}

}  // namespace duenotice::evidence
