#pragma once
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/leaf_source.hpp"
#include "gateway/evidence/log_findings.hpp"
#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {

/// What a verification came to.
struct LogVerification {
  std::uint64_t size = 0;         ///< leaves under the checkpoint that everything was held against
  std::uint64_t unpublished = 0;  ///< events behind them: no finding, the next checkpoint has them
  LogFindings findings;

  bool good() const { return findings.none(); }
};

/// Recomputes a whole log from the journal and holds it against tiles, entry bundles and signed checkpoint.
/// Where something differs the signed root decides who is right, tile by tile, so that each finding names
/// what was altered and not what follows from it. Goes through the journal once when all is well, and twice
/// otherwise; memory does not grow with the log. May run while the log is being published. One thread.
class LogVerifier {
 public:
  /// The references outlive this object. `heads` may be null: then the folder's checkpoint is the only head.
  LogVerifier(LeafSource& leaves, const LogFiles& files, HeadStore* heads, VerifierKey log_key)
      : leaves_(leaves), files_(files), heads_(heads), key_(std::move(log_key)) {}

  /// An error means that the journal, the folder or the head could not be read at all; what is wrong with
  /// them is a finding.
  Result<LogVerification> verify();

 private:
  /// Two signed heads: what the folder has, and what was remembered.
  struct Heads {
    std::optional<Checkpoint> published, remembered;
  };

  Result<Heads> read_heads(LogFindings& findings) const;
  void compare_heads(const Heads& heads, LogFindings& findings) const;
  /// Whether the journal has the signed root; then `findings` names every tile that is not as it must be.
  Result<bool> recompute(const Checkpoint& target, const Heads& heads, LogFindings& findings);

  LeafSource& leaves_;
  const LogFiles& files_;
  HeadStore* heads_;
  const VerifierKey key_;
};

}  // namespace duenotice::evidence
