#include "gateway/evidence/seal_store.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/store_rows.hpp"

namespace duenotice::evidence {
namespace {

using sqlite::SqliteError;

constexpr std::string_view what = "the log's seals";

constexpr const char* schema = R"sql(
CREATE TABLE IF NOT EXISTS seal(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  size INTEGER NOT NULL,       -- leaves of the tree
  note TEXT NOT NULL,          -- the bytes that are stamped
  sealed_at INTEGER NOT NULL   -- ms since 1970, our clock
) STRICT;
CREATE INDEX IF NOT EXISTS seal_by_size ON seal(size);
CREATE TABLE IF NOT EXISTS stamp(
  seal INTEGER NOT NULL REFERENCES seal(id),
  tsa TEXT NOT NULL,
  token BLOB,                  -- TimeStampToken in DER; NULL: still to be asked for
  gen_time INTEGER,            -- ms since 1970, the TSA's clock
  signer TEXT,
  policy TEXT,
  PRIMARY KEY(seal, tsa)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stamp_waiting ON stamp(tsa, seal) WHERE token IS NULL;
CREATE TABLE IF NOT EXISTS arrival(  -- of stamps: a token that is lost leaves its number
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  seal INTEGER NOT NULL,
  tsa TEXT NOT NULL,
  UNIQUE(seal, tsa)
) STRICT;
CREATE TABLE IF NOT EXISTS cosignature(
  seal INTEGER NOT NULL REFERENCES seal(id),
  name TEXT NOT NULL,
  key_id INTEGER NOT NULL,
  line TEXT NOT NULL,          -- of a signed note
  PRIMARY KEY(seal, name, key_id)
) STRICT, WITHOUT ROWID;
)sql";

constexpr std::string_view columns = "SELECT id, note, sealed_at, size FROM seal ";
constexpr std::string_view is_stamped =
    "EXISTS(SELECT 1 FROM stamp WHERE seal = seal.id AND token IS NOT NULL)";
constexpr std::string_view is_cosigned = "EXISTS(SELECT 1 FROM cosignature WHERE seal = seal.id)";

Error error_of(const std::filesystem::path& path, const SqliteError& failure) {
  return store_error(what, path, failure);
}

/// One signature line as it stands in a note.
std::string line_of(const NoteSignature& signature) {
  const std::string note = to_text(SignedNote{"\n", {signature}});
  return note.substr(2);
}

}  // namespace

SealStore::SealStore(const std::filesystem::path& path, VerifierKey log_key)
    : path_(path),
      log_key_(std::move(log_key)),
      database_(path, sqlite::Database::Mode::create, limits::seal_busy_timeout.count()) {
  database_.run(durable_store);
  database_.run("PRAGMA foreign_keys = ON");
  database_.run(schema);
}

template <class Work>
auto SealStore::run(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const SqliteError& failure) {
    if (database_.in_transaction()) database_.run("ROLLBACK");
    return error_of(path_, failure);
  }
}

Result<SealStore> SealStore::open(const std::filesystem::path& path, VerifierKey log_key) {
  try {
    return SealStore(path, std::move(log_key));
  } catch (const SqliteError& failure) {
    return error_of(path, failure);
  }
}

Result<std::int64_t> SealStore::add(const SealedCheckpoint& sealed, Instant at,
                                    const std::vector<std::string>& tsas) {
  return run([&]() -> Result<std::int64_t> {
    database_.run("BEGIN IMMEDIATE");
    auto row = database_.prepare("INSERT INTO seal(size, note, sealed_at) VALUES(?1, ?2, ?3)");
    row.bind(1, static_cast<std::int64_t>(sealed.checkpoint.size));
    row.bind(2, sealed.note).bind(3, to_unix_ms(at)).run();
    const std::int64_t id = database_.last_insert_id();
    auto waiting = database_.prepare("INSERT INTO stamp(seal, tsa) VALUES(?1, ?2)");
    for (const std::string& tsa : tsas) waiting.bind(1, id).bind(2, tsa).run();
    database_.run("COMMIT");
    return id;
  });
}

Status SealStore::put_stamp(std::int64_t seal, const std::string& tsa, const TimeStamp& stamp) {
  return run([&]() -> Status {
    database_.run("BEGIN IMMEDIATE");
    auto row = database_.prepare(
        "INSERT INTO stamp(seal, tsa, token, gen_time, signer, policy) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT DO UPDATE SET token = excluded.token, gen_time = excluded.gen_time,"
        " signer = excluded.signer, policy = excluded.policy WHERE token IS NULL");
    row.bind(1, seal).bind(2, tsa).bind_blob(3, stamp.token).bind(4, to_unix_ms(stamp.gen_time));
    row.bind(5, stamp.tsa).bind(6, stamp.policy).run();
    auto arrival = database_.prepare("INSERT OR IGNORE INTO arrival(seal, tsa) VALUES(?1, ?2)");
    arrival.bind(1, seal).bind(2, tsa).run();
    database_.run("COMMIT");
    return Done{};
  });
}

Status SealStore::put_cosignature(std::int64_t seal, const NoteSignature& cosignature) {
  return run([&]() -> Status {
    auto row = database_.prepare("INSERT OR REPLACE INTO cosignature VALUES(?1, ?2, ?3, ?4)");
    row.bind(1, seal).bind(2, cosignature.name).bind(3, std::int64_t{cosignature.key_id});
    row.bind(4, line_of(cosignature)).run();
    return Done{};
  });
}

Result<std::int64_t> SealStore::count() {
  return run([&]() -> Result<std::int64_t> {
    return database_.integer("SELECT seq FROM sqlite_sequence WHERE name = 'seal'");
  });
}

Result<SealRecord> SealStore::record() { return record(INT64_MAX, INT64_MAX); }

Result<SealRecord> SealStore::record(std::int64_t seals, std::int64_t stamps) {
  return run([&]() -> Result<SealRecord> {
    SealRecord record;
    Sha256 digest;
    database_.run("BEGIN");
    auto notes = database_.prepare("SELECT id, note FROM seal WHERE id <= ?1 ORDER BY id");
    notes.bind(1, seals);
    while (notes.step()) {
      digest.add("seal " + notes.text(0) + " " + sha256(notes.text(1)).hex() + "\n");
      ++record.seals;
    }
    auto tokens = database_.prepare(
        "SELECT a.seal, a.tsa, s.token, a.number FROM arrival AS a JOIN stamp AS s ON s.seal = a.seal AND "
        "s.tsa = a.tsa"
        " WHERE a.number <= ?1 AND s.token IS NOT NULL ORDER BY a.number");
    tokens.bind(1, stamps);
    while (tokens.step()) {
      digest.add("stamp " + tokens.text(0) + " " + tokens.text(1) + " " + sha256(tokens.text(2)).hex() +
                 "\n");
      record.stamps = tokens.integer(3);
    }
    database_.run("COMMIT");
    record.sha256 = digest.digest().hex();
    return record;
  });
}

Result<std::vector<std::pair<std::int64_t, std::string>>> SealStore::lost_stamps() {
  return run([&]() -> Result<std::vector<std::pair<std::int64_t, std::string>>> {
    std::vector<std::pair<std::int64_t, std::string>> lost;
    auto rows = database_.prepare(
        "SELECT a.seal, a.tsa FROM arrival AS a JOIN seal ON seal.id = a.seal LEFT JOIN stamp AS s ON s.seal "
        "= a.seal AND s.tsa = a.tsa"
        " WHERE s.token IS NULL ORDER BY a.number");
    while (rows.step()) lost.emplace_back(rows.integer(0), rows.text(1));
    return lost;
  });
}

Result<std::optional<Seal>> SealStore::newest() { return read("ORDER BY id DESC LIMIT 1", 0); }

Result<std::optional<Seal>> SealStore::seal(std::int64_t id) { return read("WHERE id = ?1", id); }

Result<std::optional<Seal>> SealStore::waiting_for(const std::string& tsa) {
  return run([&]() -> Result<std::optional<Seal>> {
    auto row = database_.prepare(std::string(columns) +
                                 "WHERE id = (SELECT max(seal) FROM stamp WHERE tsa = ?1 AND token IS NULL)"
                                 " AND id > (SELECT max(id) FROM seal) - ?2");
    row.bind(1, tsa).bind(2, limits::time_stamps_waiting_most);
    return read(std::move(row));
  });
}

Result<std::int64_t> SealStore::count_waiting(const std::string& tsa) {
  return run([&]() -> Result<std::int64_t> {
    auto row = database_.prepare(
        "SELECT count(*) FROM stamp WHERE tsa = ?1 AND token IS NULL"
        " AND seal > (SELECT max(id) FROM seal) - ?2");
    row.bind(1, tsa).bind(2, limits::time_stamps_waiting_most);
    row.step();
    return row.integer(0);
  });
}

Result<std::optional<Seal>> SealStore::last_without(std::uint64_t leaf) {
  return read("WHERE size <= ?1 AND (" + std::string(is_stamped) + " OR " + std::string(is_cosigned) +
                  ") ORDER BY size DESC, id DESC LIMIT 1",
              static_cast<std::int64_t>(leaf));
}

Result<std::optional<Seal>> SealStore::first_with(std::uint64_t leaf) {
  return read("WHERE size > ?1 AND " + std::string(is_stamped) + " ORDER BY size, id LIMIT 1",
              static_cast<std::int64_t>(leaf));
}

Result<std::optional<Seal>> SealStore::first_cosigned_with(std::uint64_t leaf) {
  return read("WHERE size > ?1 AND " + std::string(is_cosigned) + " ORDER BY size, id LIMIT 1",
              static_cast<std::int64_t>(leaf));
}

Result<std::optional<Seal>> SealStore::read(std::string_view condition, std::int64_t value) {
  return run([&]() -> Result<std::optional<Seal>> {
    auto row = database_.prepare(std::string(columns) + std::string(condition));
    if (condition.find("?1") != std::string_view::npos) row.bind(1, value);
    return read(std::move(row));
  });
}

Result<std::optional<Seal>> SealStore::read(sqlite::Statement row) {
  if (!row.step()) return std::optional<Seal>();
  const std::string note = row.text(1);
  auto sealed = sealed_checkpoint(note, log_key_);
  const bool good =
      sealed && sealed->note == note && sealed->checkpoint.size == static_cast<std::uint64_t>(row.integer(3));
  if (!good) {
    return Error{ErrorKind::broken, "a seal in " + path_.string() + " was not made by this log"};
  }
  Seal seal{row.integer(0), std::move(*sealed), from_unix_ms(row.integer(2)), {}, {}};
  row.reset();
  read_stamps(seal);
  read_cosignatures(seal);
  return std::optional(std::move(seal));
}

void SealStore::read_stamps(Seal& seal) {
  auto row = database_.prepare(
      "SELECT tsa, token, gen_time, signer, policy FROM stamp WHERE seal = ?1 ORDER BY tsa");
  row.bind(1, seal.id);
  while (row.step()) {
    Seal::Stamp stamp{row.text(0), std::nullopt};
    if (!row.is_null(1)) {
      stamp.stamp = TimeStamp{row.text(1), from_unix_ms(row.integer(2)), row.text(3), row.text(4)};
    }
    seal.stamps.push_back(std::move(stamp));
  }
}

void SealStore::read_cosignatures(Seal& seal) {
  auto row =
      database_.prepare("SELECT name, key_id, line FROM cosignature WHERE seal = ?1 ORDER BY name, key_id");
  row.bind(1, seal.id);
  while (row.step()) {
    seal.cosignatures.push_back({row.text(0), static_cast<std::uint32_t>(row.integer(1)), row.text(2)});
  }
}

}  // namespace duenotice::evidence
