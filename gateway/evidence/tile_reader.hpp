#pragma once
#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/merkle_proof.hpp"
#include "gateway/evidence/tile.hpp"

namespace duenotice::evidence {

/// Reads a log of a given size from its tiles and makes proofs of them. Keeps the few tiles that it used last
/// with the nodes above their hashes. Nothing is checked but lengths: a proof made of damaged tiles does not
/// verify, and `LogVerifier` finds the damage. One thread.
class TileReader {
 public:
  /// `files` outlives this object. `size`: leaves of the tree that is read, at most those of a published
  /// checkpoint.
  TileReader(const LogFiles& files, std::uint64_t size) : files_(files), size_(size) {}

  std::uint64_t size() const { return size_; }
  /// The bytes of a tile or entry bundle of this size. Where a partial one is gone, the longer one that
  /// replaced it is read and cut. `not_found`, or `broken` when its length is wrong.
  Result<std::string> tile(const TileId& tile) const;
  /// The bytes of one leaf.
  Result<std::string> entry(std::uint64_t index) const;
  /// The hash of one leaf.
  Result<Digest> leaf_hash(std::uint64_t index) { return node(0, index); }
  /// MTH over the leaves of the range: one of a proof's, or a whole tree.
  Result<Digest> subtree(const LeafRange& range);
  Result<Digest> root() { return subtree({0, size_}); }

  /// Asserts index < size.
  Result<MerkleProof> prove_inclusion(std::uint64_t index);
  /// That this log begins with the one of `old_size` leaves. Asserts 0 < old_size <= size.
  Result<MerkleProof> prove_consistency(std::uint64_t old_size);

 private:
  /// The hashes of a tile and the nodes above them, by their height within it.
  using Nodes = std::array<std::vector<Digest>, 9>;

  Result<const Nodes*> nodes(int level, std::uint64_t index);
  /// The root of the complete subtree `index` of 2^height leaves.
  Result<Digest> node(int height, std::uint64_t index);
  Result<MerkleProof> hashes_of(const std::vector<LeafRange>& ranges);

  const LogFiles& files_;
  const std::uint64_t size_;
  MerkleHasher hasher_;
  std::map<std::pair<int, std::uint64_t>, Nodes> cache_;
};

}  // namespace duenotice::evidence
