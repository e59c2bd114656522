#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/log_sealing.hpp"
#include "gateway/evidence/seal_store.hpp"
#include "gateway/evidence/trust_policy.hpp"

/// How the evidence log is sealed, by the store of the seals and the configuration. Needs no gateway.

namespace duenotice::app {

/// The seals for a command that only reads them; empty while there are none.
Result<std::optional<evidence::SealStore>> open_seals(const EvidenceSettings& settings,
                                                      const evidence::VerifierKey& log_key);

/// What others have said about one seal, and what is missing.
struct SealConfirmation {
  std::vector<std::string> stamped, unstamped;    ///< TSAs that were to be asked
  std::vector<std::string> cosigned, uncosigned;  ///< witnesses of the policy
  bool quorum = false;                            ///< as many have cosigned as the policy demands
};
SealConfirmation confirmation_of(const evidence::Seal& seal, const evidence::TrustPolicy& policy);

/// The note of the seal with its cosignatures behind it.
std::string cosigned_note(const evidence::Seal& seal);

struct SealStanding {
  std::int64_t seals = 0;  ///< that were ever made
  std::optional<evidence::Seal> newest;
  SealConfirmation confirmation;                ///< of the newest
  std::map<std::string, std::int64_t> waiting;  ///< seals that each configured TSA has still to stamp
};
Result<SealStanding> look_at_seals(const EvidenceSettings& settings);

}  // namespace duenotice::app
