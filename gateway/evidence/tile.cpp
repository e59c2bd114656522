#include "gateway/evidence/tile.hpp"

#include <array>
#include <charconv>
#include <vector>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/decimal.hpp"

namespace duenotice::evidence {
namespace {

constexpr int level_most = 63;

std::string three_digits(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return std::string(3 - digits.size(), '0') + digits;
}

/// What stands before the next slash, which is taken away with it.
std::string_view take_part(std::string_view& path) {
  const std::size_t slash = path.find('/');
  const std::string_view part = path.substr(0, slash);
  path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
  return part;
}

}  // namespace

std::string tile_path(const TileId& tile) {
  DN_ASSERT(tile.level >= entries_level && tile.level <= level_most);
  DN_ASSERT(tile.width >= 1 && tile.width <= tile_width);
  std::string groups = three_digits(tile.index % 1000);
  for (std::uint64_t rest = tile.index / 1000; rest != 0; rest /= 1000) {
    groups.insert(0, "x" + three_digits(rest % 1000) + "/");
  }
  const std::string level = tile.level == entries_level ? "entries" : std::to_string(tile.level);
  const std::string width = tile.is_full() ? "" : ".p/" + std::to_string(tile.width);
  return "tile/" + level + "/" + groups + width;
}

std::optional<TileId> parse_tile_path(std::string_view path) {
  const std::string_view whole = path;
  if (path.size() > 80 || take_part(path) != "tile") return std::nullopt;
  TileId tile;
  const std::string_view level = take_part(path);
  if (level == "entries") {
    tile.level = entries_level;
  } else if (const auto number = parse_decimal(level, level_most)) {
    tile.level = static_cast<int>(*number);
  } else {
    return std::nullopt;
  }
  for (bool last = false; !last;) {
    std::string_view group = take_part(path);
    last = !group.starts_with('x');
    if (!last) group.remove_prefix(1);
    if (last && group.ends_with(".p")) {
      group.remove_suffix(2);
      const auto width = parse_decimal(take_part(path), tile_width - 1);
      if (!width) return std::nullopt;
      tile.width = *width;
    }
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(group.data(), group.data() + group.size(), number);
    if (group.size() != 3 || fault != std::errc() || end != group.data() + 3) return std::nullopt;
    if (tile.index > (UINT64_MAX - number) / 1000) return std::nullopt;
    tile.index = tile.index * 1000 + number;
  }
  // Whatever else could be spelled in two ways is caught here.
  if (tile.width == 0 || tile_path(tile) != whole) return std::nullopt;
  return tile;
}

std::uint64_t hashes_at(int level, std::uint64_t size) {
  if (level == entries_level) return size;
  return level >= tile_levels ? 0 : size >> (8 * level);
}

std::optional<TileId> tile_at(int level, std::uint64_t index, std::uint64_t size) {
  const std::uint64_t hashes = hashes_at(level, size);
  if (index < hashes / tile_width) return TileId{level, index, tile_width};
  if (index > hashes / tile_width || hashes % tile_width == 0) return std::nullopt;
  return TileId{level, index, hashes % tile_width};
}

std::optional<TileId> partial_tile(int level, std::uint64_t size) {
  return tile_at(level, hashes_at(level, size) / tile_width, size);
}

Digest tile_root(MerkleHasher& hasher, std::string_view full_tile) {
  DN_ASSERT(full_tile.size() == tile_width * hash_bytes);
  std::array<Digest, tile_width> hashes;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    hashes[i] = digest_of(full_tile.substr(i * hash_bytes, hash_bytes));
  }
  for (std::size_t width = hashes.size() / 2; width > 0; width /= 2) {
    for (std::size_t i = 0; i < width; ++i) hashes[i] = hasher.node(hashes[2 * i], hashes[2 * i + 1]);
  }
  return hashes[0];
}

}  // namespace duenotice::evidence
