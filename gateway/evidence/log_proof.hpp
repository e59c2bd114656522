#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/evidence/merkle_proof.hpp"
#include "gateway/evidence/tile_reader.hpp"

/// Proof files (C2SP tlog-proof, suffix `.tlog-proof`): that one entry is in the log under a checkpoint.

namespace duenotice::evidence {

struct LogProof {
  std::optional<std::string> extra;  ///< bytes for the application; nothing vouches for them
  std::uint64_t index = 0;
  MerkleProof hashes;
  std::string checkpoint;  ///< the signed note, as it was published
  bool operator==(const LogProof&) const = default;
};

std::string to_text(const LogProof& proof);
/// Reads exactly what `to_text` writes, within limits.hpp. The checkpoint is a signed checkpoint by its form;
/// nothing is verified.
Result<LogProof> parse_log_proof(std::string_view text);

/// The proof for a leaf, from the tiles. `reader` has the size of `checkpoint`, the signed note.
Result<LogProof> make_log_proof(TileReader& reader, std::uint64_t index, std::string checkpoint);

/// Whether the proof holds for these bytes of a leaf, given a checkpoint that its reader trusts: verify its
/// signatures first (`verify_checkpoint`, `TrustPolicy`).
bool proves(const LogProof& proof, std::string_view leaf, std::uint64_t size, const Digest& root);

}  // namespace duenotice::evidence
