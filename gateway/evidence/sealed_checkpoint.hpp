#pragma once
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/evidence/checkpoint.hpp"

namespace duenotice::evidence {

/// What a seal covers: a checkpoint with the log's own signature and no other. Cosignatures come later and
/// are kept beside it; a stamp over the log's signature proves that the log had signed before the stamp.
struct SealedCheckpoint {
  Checkpoint checkpoint;
  std::string note;  ///< text, empty line, the log's signature line: the bytes that are stamped
  bool operator==(const SealedCheckpoint&) const = default;
};

/// Takes that out of a checkpoint as it was published. `invalid` unless this log has signed it.
Result<SealedCheckpoint> sealed_checkpoint(std::string_view published, const VerifierKey& log_key);

}  // namespace duenotice::evidence
