#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/evidence/sealed_checkpoint.hpp"
#include "gateway/evidence/time_stamp.hpp"

namespace duenotice::evidence {

/// A sealed checkpoint, and what others have said about it.
struct Seal {
  struct Stamp {
    std::string tsa;                 ///< its name in the configuration
    std::optional<TimeStamp> stamp;  ///< empty: still to be asked for
  };
  struct Cosignature {
    std::string name;  ///< of the witness's key
    std::uint32_t key_id = 0;
    std::string line;  ///< of the signed note, with its newline
  };
  std::int64_t id = 0;  ///< from 1, in the order of sealing
  SealedCheckpoint sealed;
  Instant at;                               ///< when the log was sealed, by our clock
  std::vector<Stamp> stamps;                ///< sorted by name
  std::vector<Cosignature> cosignatures{};  ///< sorted by name
};

/// That this many seals and stamps are there, by a digest of all of them: the daily statement puts it into
/// the log, so that none of them can be lost or changed unnoticed.
struct SealRecord {
  std::int64_t seals = 0;   ///< with the ids 1 to this
  std::int64_t stamps = 0;  ///< the number of the last of them, in the order in which they came
  std::string sha256;       ///< hexadecimal; gateway/evidence/FORMAT.md says over what
  bool operator==(const SealRecord&) const = default;
};

/// Remembers the seals of a log in a SQLite file of its own: not in the journal, because a seal must survive
/// the journal's restoring from a backup; not beside the head, whose file must never be busy with anything
/// else; and not in loose files, because a seal and what is still to be asked for change together. Sealed
/// checkpoints and stamps are never changed or removed. Everything is durable when it returns a value.
/// Errors: `unavailable` while another process holds the file, `no_space`, `broken`. One thread; further
/// processes may read.
class SealStore {
 public:
  /// Makes the file when it is missing; its folder must exist. `log_key` is the log's: whatever is read is
  /// verified with it.
  static Result<SealStore> open(const std::filesystem::path& path, VerifierKey log_key);

  /// A new seal, for which these TSAs are to be asked. Returns its id.
  Result<std::int64_t> add(const SealedCheckpoint& sealed, Instant at, const std::vector<std::string>& tsas);
  /// Puts down the stamp that was asked for; nothing changes when one is there already.
  Status put_stamp(std::int64_t seal, const std::string& tsa, const TimeStamp& stamp);
  /// Puts a cosignature beside the seal, in the place of an older one by the same key.
  Status put_cosignature(std::int64_t seal, const NoteSignature& cosignature);

  /// How many were ever made: their ids are 1 to this.
  Result<std::int64_t> count();
  /// Of all seals and stamps, or of the first so many. Where fewer are there it says how many.
  Result<SealRecord> record();
  Result<SealRecord> record(std::int64_t seals, std::int64_t stamps);
  /// Seals that are there and TSAs whose stamp came and is not there any more.
  Result<std::vector<std::pair<std::int64_t, std::string>>> lost_stamps();
  Result<std::optional<Seal>> newest();
  /// Empty when there is none with this id; `broken` when what is stored was not signed by the log.
  Result<std::optional<Seal>> seal(std::int64_t id);
  /// The newest seal that waits for this TSA, among the newest `limits::time_stamps_waiting_most`.
  Result<std::optional<Seal>> waiting_for(const std::string& tsa);
  /// Stamps that are still to be asked for.
  Result<std::int64_t> count_waiting(const std::string& tsa);
  /// The seals around a leaf that others have confirmed: the last without it, stamped or cosigned, and the
  /// first with it, stamped. It was appended after `at` of the one, by our word and that of its witnesses,
  /// and before the stamps' times of the other, by the word of the TSAs. A stamp alone is no proof that its
  /// checkpoint was still the newest.
  Result<std::optional<Seal>> last_without(std::uint64_t leaf);
  Result<std::optional<Seal>> first_with(std::uint64_t leaf);
  /// The first with it that a witness has cosigned.
  Result<std::optional<Seal>> first_cosigned_with(std::uint64_t leaf);

 private:
  SealStore(const std::filesystem::path& path, VerifierKey log_key);
  template <class Work>
  auto run(Work work) -> decltype(work());
  Result<std::optional<Seal>> read(std::string_view condition, std::int64_t value);
  Result<std::optional<Seal>> read(sqlite::Statement row);
  void read_stamps(Seal& seal);
  void read_cosignatures(Seal& seal);

  std::filesystem::path path_;
  VerifierKey log_key_;
  sqlite::Database database_;
};

}  // namespace duenotice::evidence
