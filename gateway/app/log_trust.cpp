#include "gateway/app/log_trust.hpp"

#include <algorithm>

#include "gateway/app/configuration_tsa_keys.hpp"
#include "gateway/app/configuration_urls.hpp"
#include "gateway/base/file_system.hpp"

namespace duenotice::app {

namespace {

Error wrong(const EvidenceSettings& settings, const std::string& what) {
  return {ErrorKind::invalid, "[evidence] witnesses: " + settings.witnesses->string() + ": " + what};
}

bool can_be_asked(const evidence::TrustedWitness& witness) {
  const auto parts = split_url(witness.url);
  return parts && (parts->scheme == "http" || parts->scheme == "https");
}

}  // namespace

Result<evidence::TimeStampRoots> read_tsa_roots(const std::string& name, const TsaSettings& tsa) {
  auto roots = evidence::TimeStampRoots::read(tsa.roots);
  if (roots) return roots;
  return Error{roots.error().kind, "[" + tsa_section(name) + "] roots: " + roots.error().message +
                                       "; name a PEM file of its root certificates that can be read"};
}

Result<std::map<std::string, evidence::TimeStampRoots>> read_tsa_roots(const EvidenceSettings& settings) {
  std::map<std::string, evidence::TimeStampRoots> all;
  for (const auto& [name, tsa] : settings.tsas) {
    auto roots = read_tsa_roots(name, tsa);
    if (!roots) return roots.error();
    all.emplace(name, std::move(*roots));
  }
  return all;
}

Result<evidence::TrustPolicy> read_witness_policy(const EvidenceSettings& settings,
                                                  const evidence::VerifierKey& log_key) {
  if (!settings.witnesses) return evidence::TrustPolicy::parse("log " + to_vkey(log_key) + "\nquorum none\n");
  const auto text = read_file(*settings.witnesses, limits::trust_policy_bytes);
  if (!text) {
    return Error{text.error().kind,
                 "[evidence] witnesses: " + text.error().message + "; name a trust policy that can be read"};
  }
  auto policy = evidence::TrustPolicy::parse(*text);
  if (!policy) return wrong(settings, policy.error().message);
  const auto& logs = policy->logs();
  if (std::none_of(logs.begin(), logs.end(), [&](const auto& log) { return log.key == log_key; }))
    return wrong(settings, "it does not name this log; add the line: log " + to_vkey(log_key));
  for (const evidence::TrustedWitness& witness : policy->witnesses()) {
    if (!can_be_asked(witness))
      return wrong(settings, "the witness " + witness.name + " has no http:// or https:// URL to ask it at");
  }
  if (policy->witnesses().size() > limits::witnesses_most)
    return wrong(settings, "it has more than " + std::to_string(limits::witnesses_most) + " witnesses");
  return policy;
}

}  // namespace duenotice::app
