#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/evidence/merkle_proof.hpp"

namespace duenotice::evidence {

/// What a log sends to a witness (C2SP tlog-witness, `add-checkpoint`).
struct AddCheckpoint {
  std::uint64_t old_size = 0;  ///< what the witness is thought to have seen; 0: nothing
  MerkleProof proof;           ///< that the log only grew since; empty for 0 and for the same size
  std::string checkpoint;      ///< the signed note
  bool operator==(const AddCheckpoint&) const = default;
};

/// `old SIZE`, a line for each hash, an empty line, the checkpoint.
std::string to_text(const AddCheckpoint& request);
/// Reads exactly what `to_text` writes, within limits.hpp. Of the checkpoint nothing is looked at.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view text);

}  // namespace duenotice::evidence
