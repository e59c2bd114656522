#pragma once
#include <map>
#include <string>

#include "gateway/app/configuration.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/time_stamp_roots.hpp"
#include "gateway/evidence/trust_policy.hpp"

/// Who confirms the log from outside: time-stamping authorities and witnesses, as the configuration names
/// them. Each error says which key is wrong and what to do.

namespace duenotice::app {

Result<evidence::TimeStampRoots> read_tsa_roots(const std::string& name, const TsaSettings& tsa);
/// Of all that are configured, by their names.
Result<std::map<std::string, evidence::TimeStampRoots>> read_tsa_roots(const EvidenceSettings& settings);

/// The policy of [evidence] witnesses: it must name this log, and say where each witness is asked. Without
/// one there are no witnesses, and nobody must have cosigned.
Result<evidence::TrustPolicy> read_witness_policy(const EvidenceSettings& settings,
                                                  const evidence::VerifierKey& log_key);

}  // namespace duenotice::app
