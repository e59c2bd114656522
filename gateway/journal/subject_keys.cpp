#include "gateway/journal/subject_keys.hpp"

#include <map>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {

using sqlite::Statement;

struct SubjectKeys::State {
  State(sqlite::Database& connection, MasterKeys keys, Random& source, std::optional<JournalKeys> from)
      : database(connection),
        masters(std::move(keys)),
        random(source),
        place(std::move(from)),
        find_account(database.prepare("SELECT number FROM subjects WHERE account = ?")),
        insert(database.prepare("INSERT INTO subjects (number, account, master, wrapped) VALUES (?,?,?,?)")),
        next(database.prepare("SELECT max(number) + 1 FROM subjects")),
        key_of(database.prepare("SELECT s.master, m.id, s.wrapped FROM subjects AS s LEFT JOIN master_keys "
                                "AS m ON m.number = s.master WHERE s.number = ?")),
        find_master(database.prepare("SELECT number FROM master_keys WHERE id = ?")),
        insert_master(database.prepare("INSERT INTO master_keys (id) VALUES (?)")) {}

  /// What a wrapped key is bound to.
  static std::string bound_to(SubjectNumber subject, std::string_view master) {
    return std::to_string(subject) + " " + std::string(master);
  }

  [[noreturn]] static void damaged(SubjectNumber subject) {
    throw sqlite::SqliteError(sqlite::SqliteError::Kind::corrupt, 0,
                              "the journal is damaged: the key of subject " + std::to_string(subject));
  }

  [[noreturn]] static void no_master_key(SubjectNumber subject) {
    throw sqlite::SqliteError(sqlite::SqliteError::Kind::other, 0,
                              "the master key is missing that the key of subject " + std::to_string(subject) +
                                  " is kept under; `duenotice doctor` says which");
  }

  std::int64_t newest_master() {
    const std::string id = masters.id(0);
    const auto known =
        rows::one(find_master.bind(1, id), [](const Statement& row) { return row.integer(0); });
    if (known) return *known;
    insert_master.bind(1, id).run();
    return database.last_insert_id();
  }

  SubjectNumber make(SubjectNumber number, std::optional<std::string_view> account) {
    const std::int64_t master = newest_master();
    const SecretKey key = SecretKey::random(random);
    const std::string wrapped =
        duenotice::seal(masters.newest(), key.bytes(), bound_to(number, masters.id(0)), random);
    insert.bind(1, number).bind(2, account).bind(3, master).bind_borrowed_blob(4, wrapped).run();
    return number;
  }

  SubjectNumber next_number() {
    return *rows::one(next, [](const Statement& row) { return row.integer(0); });
  }

  const SecretKey* find_master_key(const std::string& id) {
    const SecretKey* known = masters.find(id);
    if (known != nullptr || !place || id == missing) return known;
    missing = id;  // not looked for again in vain for each row
    if (auto again = read_master_keys(place->source, place->journal)) masters = *std::move(again);
    return masters.find(id);
  }

  Standing look_up(SubjectNumber subject) {
    struct Row {
      bool is_erased;
      std::optional<std::string> master, wrapped;
    };
    const auto stored = rows::one(key_of.bind(1, subject), [](const Statement& row) {
      return Row{row.is_null(0) && row.is_null(2), row.optional_text(1), row.optional_text(2)};
    });
    if (stored && stored->is_erased) return Standing::erased;
    // A row that is lost must not pass for an erasure.
    if (!stored || !stored->master || !stored->wrapped) damaged(subject);
    const SecretKey* wrapping = find_master_key(*stored->master);
    if (wrapping == nullptr) return Standing::no_master_key;
    auto key = duenotice::unseal(*wrapping, *stored->wrapped, bound_to(subject, *stored->master));
    if (!key || key->size() != SecretKey::size) damaged(subject);
    if (at_hand.size() >= limits::subject_keys_at_hand) at_hand.clear();
    at_hand.emplace(subject, SecretKey(*key));
    wipe(*key);
    return Standing::readable;
  }

  /// Null when the subject was erased, and for who only reads also when its master key is missing.
  const SecretKey* key(SubjectNumber subject) {
    auto known = at_hand.find(subject);
    if (known == at_hand.end()) {
      const Standing standing = look_up(subject);
      if (standing == Standing::no_master_key && !place) no_master_key(subject);
      if (standing == Standing::readable) known = at_hand.find(subject);
    }
    return known == at_hand.end() ? nullptr : &known->second;
  }

  sqlite::Database& database;
  MasterKeys masters;
  Random& random;
  const std::optional<JournalKeys> place;
  std::string missing;  ///< the id that was last looked for in vain
  Statement find_account, insert, next, key_of, find_master, insert_master;
  std::map<SubjectNumber, SecretKey> at_hand;
};

SubjectKeys::SubjectKeys(sqlite::Database& database, MasterKeys masters, Random& random,
                         std::optional<JournalKeys> place)
    : state_(std::make_unique<State>(database, std::move(masters), random, std::move(place))) {
  State* const state = state_.get();
  database.define("sealed", [state](std::int64_t subject, std::string_view what, std::string_view bytes) {
    const SecretKey* key = bytes.empty() ? nullptr : state->key(subject);
    return std::optional(key == nullptr ? std::string() : duenotice::seal(*key, bytes, what, state->random));
  });
  database.define("unsealed", [state](std::int64_t subject, std::string_view what, std::string_view bytes) {
    if (bytes.empty()) return std::optional(std::string());
    const SecretKey* key = state->key(subject);
    auto plain = key == nullptr ? std::nullopt : duenotice::unseal(*key, bytes, what);
    // What was altered must not pass for what is not there.
    if (key != nullptr && !plain) {
      throw sqlite::SqliteError(sqlite::SqliteError::Kind::corrupt, 0,
                                "the journal is damaged: a sealed " + std::string(what) + " was altered");
    }
    return plain;
  });
}

SubjectKeys::SubjectKeys(SubjectKeys&&) noexcept = default;
SubjectKeys::~SubjectKeys() = default;

void SubjectKeys::begin() {
  if (state_->database.integer("SELECT count(*) FROM subjects") == 0)
    state_->make(gateway_subject, std::nullopt);
}

SubjectNumber SubjectKeys::of_account(std::string_view account) {
  const auto known = rows::one(state_->find_account.bind_borrowed(1, account),
                               [](const Statement& row) { return row.integer(0); });
  return known ? *known : state_->make(state_->next_number(), account);
}

SubjectNumber SubjectKeys::of_nobody() { return state_->make(state_->next_number(), std::nullopt); }

SubjectKeys::Standing SubjectKeys::standing(SubjectNumber subject) {
  return state_->at_hand.contains(subject) ? Standing::readable : state_->look_up(subject);
}

Digest SubjectKeys::tombstone(std::string_view source, std::string_view request_id) {
  const SecretKey* key = state_->key(gateway_subject);
  DN_ASSERT(key != nullptr);
  std::string message = "duenotice-tombstone/v1\n" + std::to_string(source.size()) + "\n";
  return hmac_sha256(key->bytes(), message.append(source).append(request_id));
}

std::optional<std::string> SubjectKeys::seal(SubjectNumber subject, std::string_view plain,
                                             std::string_view bound_to) {
  const SecretKey* key = state_->key(subject);
  if (key == nullptr) return std::nullopt;
  return duenotice::seal(*key, plain, bound_to, state_->random);
}

std::optional<std::string> SubjectKeys::unseal(SubjectNumber subject, std::string_view sealed,
                                               std::string_view bound_to) {
  const SecretKey* key = state_->key(subject);
  if (key == nullptr) return std::nullopt;
  return duenotice::unseal(*key, sealed, bound_to);
}

bool SubjectKeys::has_master(std::string_view id) const { return state_->masters.find(id) != nullptr; }

std::optional<std::string> SubjectKeys::missing_master_key() { return missing_among(state_->masters); }

std::optional<std::string> SubjectKeys::missing_among(const MasterKeys& masters) {
  Statement used = state_->database.prepare("SELECT id FROM master_keys");
  while (used.step()) {
    std::string id = used.text(0);
    if (masters.find(id) == nullptr) return id;
  }
  return std::nullopt;
}

void SubjectKeys::use(MasterKeys masters) { state_->masters = std::move(masters); }

int SubjectKeys::rewrap(int most) {
  State& state = *state_;
  const std::int64_t newest = state.newest_master();
  Statement older = state.database.prepare("SELECT number, id FROM master_keys WHERE number <> ?");
  Statement wrapped = state.database.prepare("SELECT number, wrapped FROM subjects WHERE master = ? LIMIT ?");
  Statement update = state.database.prepare("UPDATE subjects SET master = ?, wrapped = ? WHERE number = ?");
  struct Row {
    SubjectNumber subject;
    std::string wrapped;
  };
  int done = 0;
  const auto masters = rows::all(older.bind(1, newest),
                                 [](const Statement& row) { return std::pair(row.integer(0), row.text(1)); });
  for (const auto& [number, id] : masters) {
    const SecretKey* master = state.masters.find(id);
    if (master == nullptr) continue;
    const auto found = rows::all(wrapped.bind(1, number).bind(2, most - done), [](const Statement& row) {
      return Row{row.integer(0), row.text(1)};
    });
    for (const Row& row : found) {
      auto key = duenotice::unseal(*master, row.wrapped, State::bound_to(row.subject, id));
      if (!key) State::damaged(row.subject);
      const std::string again = duenotice::seal(
          state.masters.newest(), *key, State::bound_to(row.subject, state.masters.id(0)), state.random);
      wipe(*key);
      update.bind(1, newest).bind_borrowed_blob(2, again).bind(3, row.subject).run();
      ++done;
    }
  }
  return done;
}

void SubjectKeys::forget_unused_masters() {
  state_->database.run(
      "DELETE FROM master_keys WHERE number NOT IN (SELECT master FROM subjects WHERE master IS NOT NULL)");
}

void SubjectKeys::forget() { state_->at_hand.clear(); }

}  // namespace duenotice
