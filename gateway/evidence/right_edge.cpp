#include "gateway/evidence/right_edge.hpp"

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {

void RightEdge::append(MerkleHasher& hasher, const Digest& hash, int height) {
  DN_ASSERT(height >= 0 && height < 63 && size_ % (std::uint64_t{1} << height) == 0);
  Digest merged = hash;
  for (int level = height; ((size_ >> level) & 1) != 0; ++level) {
    merged = hasher.node(subtrees_[static_cast<std::size_t>(--count_)], merged);
  }
  subtrees_[static_cast<std::size_t>(count_++)] = merged;
  size_ += std::uint64_t{1} << height;
}

Digest RightEdge::root(MerkleHasher& hasher) const {
  if (count_ == 0) return empty_root();
  Digest root = subtrees_[static_cast<std::size_t>(count_ - 1)];
  for (int i = count_ - 2; i >= 0; --i) root = hasher.node(subtrees_[static_cast<std::size_t>(i)], root);
  return root;
}

}  // namespace duenotice::evidence
