#include "gateway/evidence/log_edge.hpp"

#include "gateway/evidence/entry_bundle.hpp"
#include "gateway/evidence/right_edge.hpp"

namespace duenotice::evidence {

Result<LogEdge> LogEdge::load(const TileReader& reader) {
  LogEdge edge;
  edge.size_ = reader.size();
  for (int level = entries_level; level < tile_levels; ++level) {
    const auto id = partial_tile(level, edge.size_);
    if (!id) continue;
    auto bytes = reader.tile(*id);
    if (!bytes) return bytes.error();
    std::string& target =
        level == entries_level ? edge.entries_ : edge.hashes_[static_cast<std::size_t>(level)];
    target = std::move(*bytes);
  }
  return edge;
}

Status LogEdge::append(std::string_view leaf, const TileSink& full) {
  const Digest hash = hasher_.leaf(leaf);
  append_entry(entries_, leaf);
  hashes_[0].append(bytes_of(hash));
  ++size_;
  if (size_ % tile_width != 0) return Done{};
  const Status bundled = full({entries_level, size_ / tile_width - 1, tile_width}, entries_);
  if (!bundled) return bundled;
  entries_.clear();
  for (int level = 0; hashes_[static_cast<std::size_t>(level)].size() == tile_width * hash_bytes; ++level) {
    std::string& tile = hashes_[static_cast<std::size_t>(level)];
    const Status tiled = full({level, hashes_at(level, size_) / tile_width - 1, tile_width}, tile);
    if (!tiled) return tiled;
    hashes_[static_cast<std::size_t>(level) + 1].append(bytes_of(tile_root(hasher_, tile)));
    tile.clear();
  }
  return Done{};
}

Status LogEdge::partials_since(std::uint64_t old_size, const TileSink& sink) const {
  for (int level = entries_level; level < tile_levels; ++level) {
    const auto id = partial_tile(level, size_);
    if (!id || id == partial_tile(level, old_size)) continue;
    const Status taken =
        sink(*id, level == entries_level ? entries_ : hashes_[static_cast<std::size_t>(level)]);
    if (!taken) return taken;
  }
  return Done{};
}

Digest LogEdge::root() {
  RightEdge edge;
  for (int level = tile_levels - 1; level >= 0; --level) {
    const std::string_view hashes = hashes_[static_cast<std::size_t>(level)];
    for (std::size_t at = 0; at < hashes.size(); at += hash_bytes) {
      edge.append(hasher_, digest_of(hashes.substr(at, hash_bytes)), 8 * level);
    }
  }
  return edge.root(hasher_);
}

}  // namespace duenotice::evidence
