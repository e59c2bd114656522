#pragma once
#include <stop_token>

#include "gateway/evidence/collector_rest.hpp"
#include "gateway/evidence/seal_store.hpp"
#include "gateway/evidence/witness_client.hpp"

namespace duenotice::evidence {

/// Gets the cosignature of one witness for the newest seal; for older ones there is none to be had, since a
/// witness never goes back. While it fails, rests grow up to a bound. Each witness has a collector with a
/// thread and a connection to the store of its own.
class CosignatureCollector {
 public:
  using Step = CollectorStep;

  /// The references outlive this object.
  CosignatureCollector(SealStore& seals, WitnessClient& witness) : seals_(seals), witness_(witness) {}

  /// Asks at most once; blocks as long as `WitnessClient::cosign`. Errors are those of the store.
  Result<Step> step(Instant now, const std::stop_token& stop = {});

 private:
  SealStore& seals_;
  WitnessClient& witness_;
  CollectorRest rest_;
};

}  // namespace duenotice::evidence
