#include "gateway/evidence/trust_policy.hpp"

#include <algorithm>

namespace duenotice::evidence {

Result<PolicyVerdict> TrustPolicy::judge(std::string_view signed_checkpoint) const {
  const auto note = parse_note(signed_checkpoint);
  if (!note) return note.error();
  auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return checkpoint.error();
  std::vector<VerifierKey> known;
  for (const TrustedLog& log : logs_) known.push_back(log.key);
  for (const TrustedWitness& witness : witnesses_) known.push_back(witness.key);
  const auto signatures = verify_signatures(*note, known);
  if (!signatures) return signatures.error();

  PolicyVerdict verdict;
  const auto by_log = std::find_if(signatures->begin(), signatures->end(), [&](const auto& signature) {
    return signature.key.kind == NoteKeyKind::note && signature.key.name == checkpoint->origin;
  });
  if (by_log == signatures->end()) {
    return Error{ErrorKind::invalid,
                 "no log of the policy has signed the checkpoint of " + checkpoint->origin};
  }
  verdict.log = by_log->key;
  verdict.checkpoint = std::move(*checkpoint);
  std::vector<bool> satisfied;
  for (const Member& member : members_) {
    if (member.parts.empty()) {
      const TrustedWitness& witness = witnesses_[member.witness];
      const auto signature = std::find_if(signatures->begin(), signatures->end(), [&](const auto& candidate) {
        return candidate.key == witness.key;
      });
      satisfied.push_back(signature != signatures->end());
      if (satisfied.back()) verdict.witnesses.push_back({witness.name, *signature->cosigned_at});
    } else {
      const auto count = std::count_if(member.parts.begin(), member.parts.end(),
                                       [&](std::size_t part) { return satisfied[part]; });
      satisfied.push_back(static_cast<std::size_t>(count) >= member.threshold);
    }
  }
  verdict.quorum = !quorum_ || satisfied[*quorum_];
  return verdict;
}

}  // namespace duenotice::evidence
