#pragma once
#include <array>
#include <functional>
#include <string>

#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {

/// Takes the bytes of a tile or entry bundle, valid during the call.
using TileSink = std::function<Status(const TileId& tile, std::string_view bytes)>;

/// The open end of a log that grows: on each level the tile that is not full, and the entry bundle that is
/// not full. All that has to be remembered of a log to go on with it; its size does not depend on the log's.
/// One thread.
class LogEdge {
 public:
  LogEdge() = default;
  /// The end of the log of this size, from its partial tiles.
  static Result<LogEdge> load(const TileReader& reader);

  /// Adds a leaf and hands on what became full with it. Asserts that the leaf is within
  /// `limits::evidence_leaf_bytes`. After an error this object must not be used further.
  Status append(std::string_view leaf, const TileSink& full);
  /// Hands on the partial tiles and the partial bundle that a log of `old_size` leaves did not have.
  Status partials_since(std::uint64_t old_size, const TileSink& sink) const;

  std::uint64_t size() const { return size_; }
  Digest root();

 private:
  std::uint64_t size_ = 0;
  std::array<std::string, tile_levels> hashes_;  ///< of the partial tile of each level
  std::string entries_;
  MerkleHasher hasher_;
};

}  // namespace duenotice::evidence
