#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/random.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/master_keys.hpp"
#include "gateway/notice/subject.hpp"

namespace duenotice {

/// The keys of subjects on one connection to the journal, each kept in the row of its subject under a master
/// key. Gives the connection's statements the functions `sealed(subject, what, bytes)` and
/// `unsealed(subject, what, bytes)`; `what` is the word of a column, so that no value can be put into the
/// place of another kind. Nothing stays nothing; of somebody who was erased `unsealed` gives NULL, and
/// `sealed` nothing: nothing more is kept. A master key that is missing is no erasure: on the connection that
/// writes everything here throws `SqliteError` then, for who only reads `unsealed` gives NULL. A key whose
/// row is lost throws it for both. The connection's thread.
class SubjectKeys {
 public:
  /// `database` and `random` outlive this object, and no statement with these functions runs after it. Who
  /// only reads gives `place`: the master keys are read from there again when one is missing, for the process
  /// that writes may have changed them.
  SubjectKeys(sqlite::Database& database, MasterKeys masters, Random& random,
              std::optional<JournalKeys> place = std::nullopt);
  SubjectKeys(SubjectKeys&&) noexcept;
  ~SubjectKeys();

  /// Makes the gateway's own subject if there is none; inside a transaction.
  void begin();
  /// The subject of an account, made when there is none; inside a transaction.
  SubjectNumber of_account(std::string_view account);
  /// A subject of whom no account is known; inside a transaction.
  SubjectNumber of_nobody();

  /// What stays of the identity of a request that is not kept: HMAC-SHA-256 under the gateway's own key,
  /// which must be at hand.
  Digest tombstone(std::string_view source, std::string_view request_id);

  enum class Standing { readable, erased, no_master_key };
  Standing standing(SubjectNumber subject);

  /// As `gateway/base/sealed_box.hpp`; nothing when the subject was erased, and as said above.
  std::optional<std::string> seal(SubjectNumber subject, std::string_view plain, std::string_view bound_to);
  std::optional<std::string> unseal(SubjectNumber subject, std::string_view sealed,
                                    std::string_view bound_to);

  bool has_master(std::string_view id) const;
  /// Whether every subject's key can be had; otherwise the id of a master key that is missing.
  std::optional<std::string> missing_master_key();
  /// The same with other master keys than those in use.
  std::optional<std::string> missing_among(const MasterKeys& masters);

  /// From now on these; the newest is the one that keys are wrapped under.
  void use(MasterKeys masters);
  /// Wraps up to `most` keys that are wrapped under another master key under the newest; returns how many.
  /// What is sealed with them stays as it is. Inside a transaction.
  int rewrap(int most);
  /// Forgets the ids of master keys that nothing is wrapped under any more. Inside a transaction.
  void forget_unused_masters();

  /// After something was undone, and after an erasure: only the database knows.
  void forget();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace duenotice
