#include "gateway/evidence/tile_reader.hpp"

#include <bit>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/entry_bundle.hpp"
#include "gateway/evidence/right_edge.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::size_t bundle_bytes_most = tile_width * (limits::evidence_leaf_bytes + 2);
/// Two tiles a level, the one that a proof passes and the rightmost, are enough for any proof.
constexpr std::size_t cached_tiles = 2 * tile_levels;

/// The first `count` entries of a bundle.
std::string first_entries(const std::string& bundle, std::uint64_t count) {
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < count && at + 2 <= bundle.size(); ++i) {
    at += 2 + (std::size_t{static_cast<unsigned char>(bundle[at])} << 8 |
               static_cast<unsigned char>(bundle[at + 1]));
  }
  return bundle.substr(0, at);
}

}  // namespace

Result<std::string> TileReader::tile(const TileId& tile) const {
  const bool bundle = tile.level == entries_level;
  const std::size_t bound = bundle ? bundle_bytes_most : tile_width * hash_bytes;
  auto bytes = files_.read(tile_path(tile), bound);
  if (!bytes && bytes.error().kind == ErrorKind::not_found && !tile.is_full()) {
    bytes = files_.read(tile_path({tile.level, tile.index, tile_width}), bound);
    if (bytes)
      *bytes = bundle ? first_entries(*bytes, tile.width) : bytes->substr(0, tile.width * hash_bytes);
  }
  if (bytes && !bundle && bytes->size() != tile.width * hash_bytes) {
    return Error{ErrorKind::broken, tile_path(tile) + " has " + std::to_string(bytes->size()) +
                                        " bytes instead of " + std::to_string(tile.width * hash_bytes)};
  }
  return bytes;
}

Result<std::string> TileReader::entry(std::uint64_t index) const {
  DN_ASSERT(index < size_);
  const TileId id = *tile_at(entries_level, index / tile_width, size_);
  const auto bundle = tile(id);
  if (!bundle) return bundle.error();
  const auto entries = parse_entry_bundle(*bundle, id.width);
  if (!entries) return Error{ErrorKind::broken, tile_path(id) + ": " + entries.error().message};
  return std::string((*entries)[index % tile_width]);
}

Result<const TileReader::Nodes*> TileReader::nodes(int level, std::uint64_t index) {
  const auto known = cache_.find({level, index});
  if (known != cache_.end()) return &known->second;
  const auto id = tile_at(level, index, size_);
  DN_ASSERT(id.has_value());
  const auto bytes = tile(*id);
  if (!bytes) return bytes.error();
  if (cache_.size() >= cached_tiles) cache_.clear();
  Nodes& nodes = cache_[{level, index}];
  for (std::size_t at = 0; at < bytes->size(); at += hash_bytes) {
    nodes[0].push_back(digest_of(std::string_view(*bytes).substr(at, hash_bytes)));
  }
  for (std::size_t height = 1; height < nodes.size(); ++height) {
    const auto& below = nodes[height - 1];
    for (std::size_t i = 0; i + 1 < below.size(); i += 2) {
      nodes[height].push_back(hasher_.node(below[i], below[i + 1]));
    }
  }
  return &nodes;
}

Result<Digest> TileReader::node(int height, std::uint64_t index) {
  const int within = height % 8;
  const int shift = 8 - within;
  const auto found = nodes(height / 8, index >> shift);
  if (!found) return found.error();
  const std::uint64_t place = index & ((std::uint64_t{1} << shift) - 1);
  return (**found)[static_cast<std::size_t>(within)].at(place);
}

Result<Digest> TileReader::subtree(const LeafRange& range) {
  DN_ASSERT(range.first <= range.end && range.end <= size_);
  RightEdge edge;
  for (std::uint64_t at = range.first; at < range.end;) {
    const int height = static_cast<int>(std::bit_width(range.end - at)) - 1;
    const auto hash = node(height, at >> height);
    if (!hash) return hash;
    edge.append(hasher_, *hash, height);
    at += std::uint64_t{1} << height;
  }
  return edge.root(hasher_);
}

Result<MerkleProof> TileReader::hashes_of(const std::vector<LeafRange>& ranges) {
  MerkleProof proof;
  for (const LeafRange& range : ranges) {
    const auto hash = subtree(range);
    if (!hash) return hash.error();
    proof.push_back(*hash);
  }
  return proof;
}

Result<MerkleProof> TileReader::prove_inclusion(std::uint64_t index) {
  return hashes_of(inclusion_ranges(index, size_));
}

Result<MerkleProof> TileReader::prove_consistency(std::uint64_t old_size) {
  return hashes_of(consistency_ranges(old_size, size_));
}

}  // namespace duenotice::evidence
