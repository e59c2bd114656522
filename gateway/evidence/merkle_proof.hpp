#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "gateway/base/digest.hpp"

/// Proofs over a Merkle tree: which hashes they are made of (RFC 6962 2.1.1, 2.1.2) and how they are checked
/// (RFC 9162 2.1.3.2, 2.1.4.2). Pure functions; any numbers may be given to the checks.

namespace duenotice::evidence {

using MerkleProof = std::vector<Digest>;

/// The leaves [first, end) of a tree: a subtree whose root is a part of a proof. Either complete, or it ends
/// where the tree ends.
struct LeafRange {
  std::uint64_t first = 0;
  std::uint64_t end = 0;
  bool operator==(const LeafRange&) const = default;
};

/// The subtrees of the proof that leaf `index` is in the tree of `size`, the leaf's sibling first. Asserts
/// index < size.
std::vector<LeafRange> inclusion_ranges(std::uint64_t index, std::uint64_t size);
/// The subtrees of the proof that the tree of `size` begins with the tree of `old_size`. Asserts
/// 0 < old_size <= size.
std::vector<LeafRange> consistency_ranges(std::uint64_t old_size, std::uint64_t size);

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf_hash,
                      std::span<const Digest> proof, const Digest& root);
/// `old_size` 0 is never accepted: nothing is proved of an empty tree.
bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::span<const Digest> proof,
                        const Digest& old_root, const Digest& root);

}  // namespace duenotice::evidence
