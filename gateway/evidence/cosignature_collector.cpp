#include "gateway/evidence/cosignature_collector.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

Result<CosignatureCollector::Step> CosignatureCollector::step(Instant now, const std::stop_token& stop) {
  const Instant rested = rest_.until(now);
  if (now < rested) return Step{rested};
  const auto seal = seals_.newest();
  if (!seal) return seal.error();
  const VerifierKey& key = witness_.key();
  const auto by_witness = [&](const Seal::Cosignature& one) {
    return one.name == key.name && one.key_id == key.id();
  };
  if (!*seal || std::any_of((*seal)->cosignatures.begin(), (*seal)->cosignatures.end(), by_witness)) {
    return Step{now + limits::seal_poll};
  }
  const std::int64_t id = (*seal)->id;
  const auto cosignature = witness_.cosign((*seal)->sealed, stop);
  if (!cosignature) return Step{rest_.after_failure(now), id, cosignature.error()};
  const Status stored = seals_.put_cosignature(id, *cosignature);
  if (!stored) return stored.error();
  rest_.end();
  return Step{now + limits::seal_poll, id};
}

}  // namespace duenotice::evidence
