#include "gateway/evidence/proved_tiles.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/evidence/right_edge.hpp"

namespace duenotice::evidence {

ProvedTiles::ProvedTiles(const TileReader& reader, const Digest& root) : reader_(reader) {
  RightEdge edge;
  for (int level = tile_levels - 1; level >= 0; --level) {
    const auto id = partial_tile(level, reader.size());
    if (!id) continue;
    const auto bytes = reader.tile(*id);
    if (!bytes) return;
    for (std::size_t at = 0; at < bytes->size(); at += hash_bytes) {
      edge.append(hasher_, digest_of(std::string_view(*bytes).substr(at, hash_bytes)), 8 * level);
    }
  }
  edge_is_proved_ = edge.root(hasher_) == root;
}

std::optional<Digest> ProvedTiles::expected_root(int level, std::uint64_t index) {
  const auto above = tile_at(level + 1, index / tile_width, reader_.size());
  DN_ASSERT(above && index % tile_width < above->width);
  const auto bytes = tile(*above);
  if (!bytes) return std::nullopt;
  return digest_of(std::string_view(*bytes).substr(index % tile_width * hash_bytes, hash_bytes));
}

std::optional<std::string> ProvedTiles::tile(const TileId& id) {
  auto& last = last_.at(static_cast<std::size_t>(id.level));
  if (last && last->id == id) return last->bytes;
  auto bytes = reader_.tile(id);
  bool believed = bytes.ok();
  if (believed && id.is_full()) {
    const auto expected = expected_root(id.level, id.index);
    believed = expected && tile_root(hasher_, *bytes) == *expected;
  } else {
    believed = believed && edge_is_proved_;
  }
  last = Known{id, believed ? std::optional(std::move(*bytes)) : std::nullopt};
  return last->bytes;
}

}  // namespace duenotice::evidence
