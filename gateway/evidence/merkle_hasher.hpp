#pragma once
#include <memory>
#include <string_view>

#include "gateway/base/digest.hpp"

namespace duenotice::evidence {

/// The hashes of a Merkle tree after RFC 6962 2.1: SHA-256 with a prefix that keeps leaves and nodes apart.
/// Keeps one context of the cryptographic library and allocates nothing for a hash. One thread.
class MerkleHasher {
 public:
  MerkleHasher();
  MerkleHasher(MerkleHasher&&) noexcept;
  MerkleHasher& operator=(MerkleHasher&&) noexcept;
  ~MerkleHasher();

  /// SHA-256(0x00 || entry).
  Digest leaf(std::string_view entry);
  /// SHA-256(0x01 || left || right).
  Digest node(const Digest& left, const Digest& right);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The root of a tree without leaves: SHA-256 of nothing.
Digest empty_root();

/// The 32 bytes of a digest as they stand in a tile.
std::string_view bytes_of(const Digest& digest);
/// The opposite; asserts that there are 32.
Digest digest_of(std::string_view bytes);

}  // namespace duenotice::evidence
