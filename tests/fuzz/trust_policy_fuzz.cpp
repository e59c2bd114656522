#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/trust_policy.hpp"

/// Any bytes where a trust policy is read, and a checkpoint that it judges: the two are parted by a zero.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t zero = input.find('\0');
  const auto policy = TrustPolicy::parse(input.substr(0, zero));
  if (!policy) {
    DN_ASSERT(!policy.error().message.empty());
    return 0;
  }
  DN_ASSERT(policy->witnesses().size() <= limits::trust_policy_names);
  const auto verdict = policy->judge(zero == std::string_view::npos ? "" : input.substr(zero + 1));
  if (!verdict) return 0;
  DN_ASSERT(verdict->log.name == verdict->checkpoint.origin);
  DN_ASSERT(verdict->witnesses.size() <= policy->witnesses().size());
  return 0;
}
