#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/seal_schedule.hpp"
#include "gateway/evidence/seal_store.hpp"

namespace duenotice::evidence {

/// Seals the log when its plan says so: takes the head, and puts it down as a seal for which TSAs (and
/// witnesses) are then asked by collectors of their own. Talks to nobody over the network and never waits, so
/// that a seal before midnight is made before midnight. One thread.
class Sealer {
 public:
  struct Step {
    Instant next;                      ///< when to call again; earlier does no harm
    std::optional<std::int64_t> seal;  ///< the id of the seal that was made
  };

  /// The references outlive this object. `heads` may be another connection to the publisher's file. `tsas`:
  /// the names of those to be asked about each new seal.
  Sealer(HeadStore& heads, SealStore& seals, VerifierKey log_key, SealPlan plan,
         std::vector<std::string> tsas);

  /// Does what is due. Errors are those of the two files, or `broken` when the head is not this log's or is
  /// older than the last seal; calling again later is right for `unavailable` and `no_space`.
  Result<Step> step(Instant now);

 private:
  HeadStore& heads_;
  SealStore& seals_;
  const VerifierKey log_key_;
  const SealPlan plan_;
  const std::vector<std::string> tsas_;
};

}  // namespace duenotice::evidence
