#include "gateway/evidence/merkle_proof.hpp"

#include <algorithm>
#include <bit>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {
namespace {

/// Where the left subtree of [first, end) ends: the largest power of two below its size.
std::uint64_t split_of(const LeafRange& range) {
  return range.first + std::bit_floor(range.end - range.first - 1);
}

/// A walk from a leaf (or subtree) up to the root, as both checks make it.
struct Climb {
  std::uint64_t at;    ///< of the node on this level
  std::uint64_t last;  ///< node of this level

  void up() {
    at >>= 1;
    last >>= 1;
  }
  bool is_right_or_last() const { return (at & 1) == 1 || at == last; }
  /// The last node of a level may have no sibling for some levels.
  void up_past_missing_siblings() {
    while (at != 0 && (at & 1) == 0) up();
    up();
  }
};

}  // namespace

std::vector<LeafRange> inclusion_ranges(std::uint64_t index, std::uint64_t size) {
  DN_ASSERT(index < size);
  std::vector<LeafRange> ranges;
  for (LeafRange tree{0, size}; tree.end - tree.first > 1;) {
    const std::uint64_t split = split_of(tree);
    const LeafRange left{tree.first, split};
    const LeafRange right{split, tree.end};
    ranges.push_back(index < split ? right : left);
    tree = index < split ? left : right;
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::vector<LeafRange> consistency_ranges(std::uint64_t old_size, std::uint64_t size) {
  DN_ASSERT(old_size > 0 && old_size <= size);
  std::vector<LeafRange> ranges;
  LeafRange tree{0, size};
  while (tree.end != old_size) {
    const std::uint64_t split = split_of(tree);
    const LeafRange left{tree.first, split};
    const LeafRange right{split, tree.end};
    ranges.push_back(old_size <= split ? right : left);
    tree = old_size <= split ? left : right;
  }
  // A left subtree that is the whole old tree is known to whoever knows the old root.
  if (tree.first != 0) ranges.push_back(tree);
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

bool verify_inclusion(std::uint64_t index, std::uint64_t size, const Digest& leaf_hash,
                      std::span<const Digest> proof, const Digest& root) {
  if (index >= size) return false;
  MerkleHasher hasher;
  Climb climb{index, size - 1};
  Digest hash = leaf_hash;
  for (const Digest& sibling : proof) {
    if (climb.last == 0) return false;
    if (climb.is_right_or_last()) {
      hash = hasher.node(sibling, hash);
      climb.up_past_missing_siblings();
    } else {
      hash = hasher.node(hash, sibling);
      climb.up();
    }
  }
  return climb.last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t size, std::span<const Digest> proof,
                        const Digest& old_root, const Digest& root) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (proof.empty()) return false;
  MerkleHasher hasher;
  Climb climb{old_size - 1, size - 1};
  while ((climb.at & 1) == 1) climb.up();
  const bool old_root_begins = std::has_single_bit(old_size);
  Digest old_hash = old_root_begins ? old_root : proof.front();
  Digest hash = old_hash;
  for (const Digest& step : old_root_begins ? proof : proof.subspan(1)) {
    if (climb.last == 0) return false;
    if (climb.is_right_or_last()) {
      old_hash = hasher.node(step, old_hash);
      hash = hasher.node(step, hash);
      climb.up_past_missing_siblings();
    } else {
      hash = hasher.node(hash, step);
      climb.up();
    }
  }
  return climb.last == 0 && old_hash == old_root && hash == root;
}

}  // namespace duenotice::evidence
