#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/seal_store.hpp"

namespace duenotice::evidence {

/// What can be wrong with a seal. Stable names: `to_text`.
enum class SealFault {
  seal_missing,         ///< one that was made is gone
  seal_invalid,         ///< not a checkpoint that this log has signed
  seal_reordered,       ///< smaller than the one before it
  root_differs,         ///< not the root of the log as it is
  stamp_missing,        ///< one that came is gone
  stamp_invalid,        ///< not a time stamp of this seal by that TSA, or not what is noted beside it
  cosignature_invalid,  ///< not that witness's cosignature of this seal
};

std::string to_text(SealFault fault);

struct SealFinding {
  SealFault fault = SealFault::seal_invalid;
  std::int64_t seal = 0;
  std::string by;  ///< the TSA or the witness, where the finding is about one
  std::string sentence;
};

/// What a verification came to.
struct SealVerification {
  std::int64_t seals = 0;
  std::int64_t stamps = 0, cosignatures = 0;  ///< that were right
  std::int64_t unchecked = 0;                 ///< stamps and cosignatures by others than those trusted here
  std::int64_t waiting = 0;                   ///< stamps that were not given yet: no finding
  std::vector<SealFinding> findings;          ///< at most limits::log_findings_named
  std::uint64_t further = 0;                  ///< findings beyond those
  bool good() const { return findings.empty(); }
};

/// Holds every seal against the tiles of the log, and every stamp and cosignature against its seal. That the
/// tiles are right is for `LogVerifier` to say. Memory does not grow with the number of seals. One thread.
class SealVerifier {
 public:
  /// The references outlive this object. `tsas`: by their names, the roots that each one's stamps must lead
  /// to. `witnesses`: keys of cosigners.
  SealVerifier(SealStore& seals, const LogFiles& files, std::map<std::string, TimeStampRoots> tsas,
               std::vector<VerifierKey> witnesses);

  /// An error means that the store or the log could not be read at all.
  Result<SealVerification> verify();

 private:
  void check_tree(const Seal& seal, SealVerification& result) const;
  void check_stamps(const Seal& seal, SealVerification& result) const;
  void check_cosignatures(const Seal& seal, SealVerification& result) const;

  SealStore& seals_;
  const LogFiles& files_;
  const std::map<std::string, TimeStampRoots> tsas_;
  const std::vector<VerifierKey> witnesses_;
};

}  // namespace duenotice::evidence
