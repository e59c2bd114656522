#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/evidence/merkle_hasher.hpp"

/// How a log is cut into files (C2SP tlog-tiles): where each stands, and how wide it is. Pure functions.

namespace duenotice::evidence {

/// Hashes in a full tile, entries in a full bundle.
inline constexpr std::uint64_t tile_width = 256;
inline constexpr std::size_t hash_bytes = 32;
/// Levels that a tree of 2^63 leaves has tiles on.
inline constexpr int tile_levels = 8;
/// The level of entry bundles, which follow the numbering of the tiles of level 0.
inline constexpr int entries_level = -1;
/// Where the head of the log stands.
inline constexpr std::string_view checkpoint_path = "checkpoint";

/// A tile, or an entry bundle. Tile `index` of level L holds the roots of the subtrees of 256^L leaves from
/// subtree 256 × index on.
struct TileId {
  int level = 0;  ///< 0 to 63, or `entries_level`
  std::uint64_t index = 0;
  std::uint64_t width = tile_width;  ///< 1 to 255: a partial one
  bool operator==(const TileId&) const = default;
  bool is_full() const { return width == tile_width; }
};

/// `tile/0/x001/x234/067`, `tile/entries/000.p/17`.
std::string tile_path(const TileId& tile);
/// Empty for anything else than what `tile_path` writes.
std::optional<TileId> parse_tile_path(std::string_view path);

/// Hashes of a level (entries: of level 0) that a log of `size` leaves has.
std::uint64_t hashes_at(int level, std::uint64_t size);
/// Tile `index` of a level as it is in a log of `size` leaves; empty when that has no such tile.
std::optional<TileId> tile_at(int level, std::uint64_t index, std::uint64_t size);
/// The rightmost tile of a level when it is partial.
std::optional<TileId> partial_tile(int level, std::uint64_t size);

/// The root of the subtree over the 256 hashes of a full tile: its hash on the next level.
Digest tile_root(MerkleHasher& hasher, std::string_view full_tile);

}  // namespace duenotice::evidence
