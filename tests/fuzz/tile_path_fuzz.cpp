#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/tile.hpp"

/// Any bytes where the path of a tile is read. What is taken is written back as it was.

using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view path(reinterpret_cast<const char*>(data), size);
  const auto tile = parse_tile_path(path);
  if (!tile) return 0;
  DN_ASSERT(tile->level >= entries_level && tile->level <= 63);
  DN_ASSERT(tile->width >= 1 && tile->width <= tile_width);
  DN_ASSERT(tile_path(*tile) == path);
  return 0;
}
