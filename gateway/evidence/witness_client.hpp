#pragma once
#include <stop_token>
#include <string>

#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/evidence/sealed_checkpoint.hpp"

namespace duenotice::evidence {

struct WitnessServer {
  VerifierKey key;      ///< a cosigner's
  std::string url;      ///< the prefix of its `add-checkpoint`
  std::string ca_file;  ///< authorities for its HTTPS certificate, beside those of the system
};

/// A witness over HTTP (C2SP tlog-witness). One thread.
class WitnessClient {
 public:
  /// `files`, the published log, outlives this object; proofs are made of its tiles.
  WitnessClient(WitnessServer server, const LogFiles& files);

  const VerifierKey& key() const { return server_.key; }
  /// Its cosignature of this checkpoint, verified. Blocks for at most twice `limits::time_stamp_timeout`, or
  /// about a second after a stop was asked for. `unavailable` when it may be had later; `invalid` when the
  /// witness refuses, `broken` when it has cosigned what this log does not hold: somebody was shown another
  /// history, and an operator must look.
  Result<NoteSignature> cosign(const SealedCheckpoint& sealed, const std::stop_token& stop = {});

 private:
  struct Reply {
    int status = 0;
    std::string body;
  };
  Result<Reply> ask(const SealedCheckpoint& sealed, const std::stop_token& stop);
  Result<NoteSignature> cosignature(const std::string& lines, const SealedCheckpoint& sealed) const;

  const WitnessServer server_;
  const LogFiles& files_;
  std::uint64_t known_size_ = 0;  ///< what the witness has cosigned last, as far as we know
};

}  // namespace duenotice::evidence
