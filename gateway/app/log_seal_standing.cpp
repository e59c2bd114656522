#include "gateway/app/log_seal_standing.hpp"

#include <algorithm>

#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_trust.hpp"

namespace duenotice::app {

Result<std::optional<evidence::SealStore>> open_seals(const EvidenceSettings& settings,
                                                      const evidence::VerifierKey& log_key) {
  std::error_code ignored;
  if (!std::filesystem::exists(settings.seals, ignored)) return std::optional<evidence::SealStore>();
  auto seals = evidence::SealStore::open(settings.seals, log_key);
  if (!seals) return seals.error();
  return std::optional(std::move(*seals));
}

std::string cosigned_note(const evidence::Seal& seal) {
  std::string note = seal.sealed.note;
  for (const evidence::Seal::Cosignature& cosignature : seal.cosignatures) note += cosignature.line;
  return note;
}

SealConfirmation confirmation_of(const evidence::Seal& seal, const evidence::TrustPolicy& policy) {
  SealConfirmation confirmation;
  for (const evidence::Seal::Stamp& stamp : seal.stamps)
    (stamp.stamp ? confirmation.stamped : confirmation.unstamped).push_back(stamp.tsa);
  // A cosignature that is wrong counts as none; `log verify` names it.
  const auto verdict = policy.judge(cosigned_note(seal));
  for (const evidence::TrustedWitness& witness : policy.witnesses()) {
    const bool has = verdict && std::any_of(verdict->witnesses.begin(), verdict->witnesses.end(),
                                            [&](const auto& one) { return one.name == witness.name; });
    (has ? confirmation.cosigned : confirmation.uncosigned).push_back(witness.name);
  }
  confirmation.quorum = verdict && verdict->quorum;
  return confirmation;
}

Result<SealStanding> look_at_seals(const EvidenceSettings& settings) {
  SealStanding standing;
  const auto key = read_log_key(settings);
  if (!key) return key.error();
  const auto policy = read_witness_policy(settings, key->verifier());
  if (!policy) return policy.error();
  auto seals = open_seals(settings, key->verifier());
  if (!seals) return seals.error();
  if (!*seals) return standing;
  const auto count = (*seals)->count();
  if (!count) return count.error();
  standing.seals = *count;
  auto newest = (*seals)->newest();
  if (!newest) return newest.error();
  standing.newest = std::move(*newest);
  if (standing.newest) standing.confirmation = confirmation_of(*standing.newest, *policy);
  for (const auto& [name, tsa] : settings.tsas) {
    const auto waiting = (*seals)->count_waiting(name);
    if (!waiting) return waiting.error();
    standing.waiting[name] = *waiting;
  }
  return standing;
}

}  // namespace duenotice::app
