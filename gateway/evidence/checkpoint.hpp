#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/result.hpp"
#include "gateway/evidence/note_signature.hpp"

/// Checkpoints (C2SP tlog-checkpoint): the head of a log as the text of a signed note.

namespace duenotice::evidence {

struct Checkpoint {
  std::string origin;  ///< names the log; also the name of its key
  std::uint64_t size = 0;
  Digest root;
  std::string extensions;  ///< further lines, each with its newline; the log writes none
  bool operator==(const Checkpoint&) const = default;
};

std::string to_text(const Checkpoint& checkpoint);
/// Reads exactly what `to_text` writes: the text of a note, without its signatures.
Result<Checkpoint> parse_checkpoint(std::string_view text);

/// The note that the log publishes. Asserts that the checkpoint's origin is the key's name.
std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& log_key);

/// A checkpoint that the log has signed.
struct SignedCheckpoint {
  Checkpoint checkpoint;
  SignedNote note;
};

/// `invalid` unless it is a signed checkpoint of this very log with its right signature.
Result<SignedCheckpoint> verify_checkpoint(std::string_view note, const VerifierKey& log_key);

}  // namespace duenotice::evidence
