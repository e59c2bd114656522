#include "gateway/evidence/witness_store.hpp"

#include "gateway/base/limits.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/store_rows.hpp"

namespace duenotice::evidence {
namespace {

using sqlite::SqliteError;

constexpr std::string_view what = "the witness's memory";

Error error_of(const std::filesystem::path& path, const SqliteError& failure) {
  return store_error(what, path, failure);
}

}  // namespace

WitnessStore::WitnessStore(const std::filesystem::path& path)
    : path_(path), database_(path, sqlite::Database::Mode::create, limits::witness_busy_timeout.count()) {
  database_.run(durable_store);
  database_.run(
      "CREATE TABLE IF NOT EXISTS cosigned(origin TEXT PRIMARY KEY, origin_digest TEXT NOT NULL UNIQUE,"
      " size INTEGER NOT NULL, root BLOB NOT NULL, checkpoint TEXT NOT NULL) STRICT");
}

Result<WitnessStore> WitnessStore::open(const std::filesystem::path& path) {
  try {
    return WitnessStore(path);
  } catch (const SqliteError& failure) {
    return error_of(path, failure);
  }
}

Result<std::optional<Head>> WitnessStore::newest(const std::string& origin) {
  return read("SELECT size, root, checkpoint FROM cosigned WHERE origin = ?1", origin);
}

Result<std::optional<Head>> WitnessStore::newest_by_digest(const std::string& origin_digest) {
  return read("SELECT size, root, checkpoint FROM cosigned WHERE origin_digest = ?1", origin_digest);
}

Result<std::optional<Head>> WitnessStore::read(const char* query, const std::string& key) {
  try {
    auto row = database_.prepare(query);
    row.bind(1, key);
    return next_head(row, what, path_);
  } catch (const SqliteError& failure) {
    return error_of(path_, failure);
  }
}

Result<bool> WitnessStore::swap(const std::string& origin, const std::optional<Head>& expected,
                                const Head& next) {
  try {
    auto change =
        database_.prepare(expected ? "UPDATE cosigned SET size = ?1, root = ?2, checkpoint = ?3"
                                     " WHERE origin = ?4 AND size = ?5 AND root = ?6 AND checkpoint = ?7"
                                   : "INSERT INTO cosigned(size, root, checkpoint, origin, origin_digest)"
                                     " VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING");
    change.bind(1, static_cast<std::int64_t>(next.size)).bind_blob(2, bytes_of(next.root));
    change.bind(3, next.checkpoint).bind(4, origin);
    if (expected) {
      change.bind(5, static_cast<std::int64_t>(expected->size)).bind_blob(6, bytes_of(expected->root));
      change.bind(7, expected->checkpoint);
    } else {
      change.bind(5, sha256(origin).hex());
    }
    change.run();
    return database_.changes() == 1;
  } catch (const SqliteError& failure) {
    return error_of(path_, failure);
  }
}

}  // namespace duenotice::evidence
