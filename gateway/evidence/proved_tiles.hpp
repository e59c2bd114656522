#pragma once
#include <array>
#include <optional>
#include <string>

#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {

/// The tiles of a log that its signed root vouches for: each is believed only when its hash stands in a
/// believed tile above it, up to the partial tiles, which have the root together. Reads a tile whenever it is
/// asked for, and remembers the last of each level. One thread.
class ProvedTiles {
 public:
  /// `reader` outlives this object.
  ProvedTiles(const TileReader& reader, const Digest& root);

  /// Whether the partial tiles have the signed root.
  bool edge_is_proved() const { return edge_is_proved_; }
  /// The root that a full tile must have; empty when the tile above it is not believed.
  std::optional<Digest> expected_root(int level, std::uint64_t index);
  /// The bytes of a tile of this log; empty when nothing vouches for them.
  std::optional<std::string> tile(const TileId& tile);

 private:
  struct Known {
    TileId id;
    std::optional<std::string> bytes;
  };

  const TileReader& reader_;
  MerkleHasher hasher_;
  bool edge_is_proved_ = false;
  std::array<std::optional<Known>, tile_levels> last_;
};

}  // namespace duenotice::evidence
