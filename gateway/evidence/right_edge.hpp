#pragma once
#include <array>
#include <cstdint>

#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {

/// The root of a tree that grows to the right: of all its leaves only the roots of the complete subtrees are
/// kept, at most one for each power of two. Fixed memory. One thread.
class RightEdge {
 public:
  /// Adds a complete subtree of 2^height leaves (a leaf: its leaf hash, height 0). Asserts that it fits: the
  /// size so far is a multiple of 2^height.
  void append(MerkleHasher& hasher, const Digest& hash, int height = 0);
  std::uint64_t size() const { return size_; }
  /// MTH of RFC 6962 2.1 over everything appended.
  Digest root(MerkleHasher& hasher) const;

 private:
  std::uint64_t size_ = 0;
  int count_ = 0;
  std::array<Digest, 64> subtrees_;  ///< the first `count_`, the largest first
};

}  // namespace duenotice::evidence
