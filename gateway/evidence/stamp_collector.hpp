#pragma once
#include <optional>
#include <stop_token>

#include "gateway/evidence/collector_rest.hpp"
#include "gateway/evidence/seal_store.hpp"
#include "gateway/evidence/time_stamp_client.hpp"

namespace duenotice::evidence {

/// Gets the stamps of one TSA for the seals that wait for it, the newest first, one at a time. While the TSA
/// fails, rests between two requests grow up to a bound; the seals wait in the store, over restarts too. Each
/// TSA has a collector with a thread and a connection to the store of its own, so that one that is away keeps
/// nobody else waiting.
class StampCollector {
 public:
  using Step = CollectorStep;

  /// The references outlive this object.
  StampCollector(SealStore& seals, TimeStamper& tsa) : seals_(seals), tsa_(tsa) {}

  /// Asks at most once; blocks as long as `TimeStamper::stamp`. Errors are those of the store.
  Result<Step> step(Instant now, std::stop_token stop = {});

 private:
  SealStore& seals_;
  TimeStamper& tsa_;
  CollectorRest rest_;
};

}  // namespace duenotice::evidence
