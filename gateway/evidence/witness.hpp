#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/time.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/witness_store.hpp"

namespace duenotice::evidence {

/// What a witness says to an HTTP request.
struct WitnessAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
  /// With 422: the refused checkpoint with the signature of the known log that made it, and no other line.
  std::string refused = {};
  /// With 422: that checkpoint is as large as the one that was cosigned, and another: the log has signed two
  /// that contradict each other. Else the proof may just be wrong, which anybody can send.
  bool forked = false;
};

/// Cosigns checkpoints of the logs that it knows, and only when each holds the whole of the one before (C2SP
/// tlog-witness): whoever sees its cosignature knows that the log showed everybody the same history. It
/// remembers one checkpoint of each log. One thread; the answers are those of HTTP, without a server.
class Witness {
 public:
  /// `store` outlives this object. Asserts that the key is a cosigner's and those of the logs are notes'.
  Witness(WitnessStore& store, SigningKey key, std::vector<VerifierKey> logs);

  /// Judges the body of `POST PREFIX/add-checkpoint`: 200 with the line of the cosignature, once it is
  /// durably remembered; 400 when it is no such request or goes backwards, 403 without a right signature of a
  /// known key, 404 for an unknown log, 409 with the size that it knows when the old size is another, 422
  /// when the proof does not hold, 500 when the store failed.
  WitnessAnswer add_checkpoint(std::string_view body, Instant now);

  /// `GET PREFIX/DIGEST/checkpoint`, DIGEST being the SHA-256 of the origin in hexadecimal: the newest
  /// checkpoint that it has cosigned, or 404.
  WitnessAnswer newest(const std::string& origin_digest);

 private:
  bool knows(const std::string& origin) const;

  WitnessStore& store_;
  const SigningKey key_;
  const std::vector<VerifierKey> logs_;
};

}  // namespace duenotice::evidence
