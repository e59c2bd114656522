#include "gateway/evidence/merkle_proof.hpp"

#include <catch2/catch.hpp>

#include "gateway/evidence/right_edge.hpp"
#include "tests/support/growing_log.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

/// MTH by the recursion of RFC 6962, for leaves `0`, `1`, … that hash as their number's text.
Digest tree(MerkleHasher& hasher, std::uint64_t first, std::uint64_t end) {
  if (end - first == 1) return hasher.leaf(std::to_string(first));
  std::uint64_t split = 1;
  while (split * 2 < end - first) split *= 2;
  return hasher.node(tree(hasher, first, first + split), tree(hasher, first + split, end));
}

MerkleProof hashes_of(MerkleHasher& hasher, const std::vector<LeafRange>& ranges) {
  MerkleProof proof;
  for (const LeafRange& range : ranges) proof.push_back(tree(hasher, range.first, range.end));
  return proof;
}

}  // namespace

TEST_CASE("the right edge has the root of every size") {
  MerkleHasher hasher;
  RightEdge edge;
  CHECK(edge.root(hasher) == empty_root());
  for (std::uint64_t size = 1; size <= 70; ++size) {
    edge.append(hasher, hasher.leaf(std::to_string(size - 1)));
    CHECK(edge.root(hasher) == tree(hasher, 0, size));
  }
}

TEST_CASE("complete subtrees may be appended whole") {
  MerkleHasher hasher;
  RightEdge edge;
  edge.append(hasher, tree(hasher, 0, 8), 3);
  edge.append(hasher, tree(hasher, 8, 12), 2);
  edge.append(hasher, tree(hasher, 12, 13));
  CHECK(edge.size() == 13);
  CHECK(edge.root(hasher) == tree(hasher, 0, 13));
}

TEST_CASE("proofs of inclusion verify, and no changed one does") {
  MerkleHasher hasher;
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 13U}) {
    const Digest root = tree(hasher, 0, size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Digest leaf = hasher.leaf(std::to_string(index));
      MerkleProof proof = hashes_of(hasher, inclusion_ranges(index, size));
      CHECK(verify_inclusion(index, size, leaf, proof, root));
      CHECK_FALSE(verify_inclusion(index + 1, size, leaf, proof, root));
      CHECK_FALSE(verify_inclusion(index, size, root == leaf ? empty_root() : root, proof, root));
      for (Digest& hash : proof) {
        hash.bytes[5] ^= 1;
        CHECK_FALSE(verify_inclusion(index, size, leaf, proof, root));
        hash.bytes[5] ^= 1;
      }
      proof.push_back(root);
      CHECK_FALSE(verify_inclusion(index, size, leaf, proof, root));
    }
  }
}

TEST_CASE("proofs of consistency verify, and no changed one does") {
  MerkleHasher hasher;
  for (const std::uint64_t size : {1U, 2U, 3U, 7U, 8U, 13U}) {
    const Digest root = tree(hasher, 0, size);
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      const Digest old_root = tree(hasher, 0, old_size);
      MerkleProof proof = hashes_of(hasher, consistency_ranges(old_size, size));
      CHECK(verify_consistency(old_size, size, proof, old_root, root));
      CHECK_FALSE(verify_consistency(old_size, size, proof, empty_root(), root));
      CHECK_FALSE(verify_consistency(old_size, size, proof, old_root, empty_root()));
      for (Digest& hash : proof) {
        hash.bytes[31] ^= 0x80;
        CHECK_FALSE(verify_consistency(old_size, size, proof, old_root, root));
        hash.bytes[31] ^= 0x80;
      }
      proof.push_back(root);
      CHECK_FALSE(verify_consistency(old_size, size, proof, old_root, root));
    }
    CHECK_FALSE(verify_consistency(0, size, {}, empty_root(), root));
    CHECK_FALSE(verify_consistency(size + 1, size, {}, root, root));
  }
}

TEST_CASE("a log of three levels is read, continued and proved from its tiles") {
  const test::TemporaryFolder folder;
  auto files = DiskLogFiles::open(folder.path());
  REQUIRE(files);
  test::MemoryLeaves source;
  source.grow_to(66'000);
  LogEdge edge;
  REQUIRE(test::append_all(edge, {source.leaves.begin(), source.leaves.begin() + 65'700}, *files));
  TileReader before(*files, 65'700);
  auto loaded = LogEdge::load(before);
  REQUIRE(loaded);
  CHECK(loaded->root() == edge.root());
  REQUIRE(test::append_all(*loaded, {source.leaves.begin() + 65'700, source.leaves.end()}, *files));

  MerkleHasher hasher;
  RightEdge plain;
  for (const std::string& leaf : source.leaves) plain.append(hasher, hasher.leaf(leaf));
  const Digest root = plain.root(hasher);
  CHECK(loaded->root() == root);
  TileReader reader(*files, 66'000);
  CHECK(reader.root().value() == root);
  for (const std::uint64_t index : {0U, 255U, 256U, 65'535U, 65'536U, 65'791U, 65'792U, 65'999U}) {
    const auto proof = reader.prove_inclusion(index);
    REQUIRE(proof);
    CHECK(verify_inclusion(index, 66'000, hasher.leaf(source.leaves[index]), *proof, root));
    CHECK(reader.entry(index).value() == source.leaves[index]);
    const auto consistency = reader.prove_consistency(index + 1);
    REQUIRE(consistency);
    const Digest old_root = TileReader(*files, 66'000).subtree({0, index + 1}).value();
    CHECK(verify_consistency(index + 1, 66'000, *consistency, old_root, root));
  }
}
