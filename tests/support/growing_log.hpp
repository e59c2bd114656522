#pragma once
#include <set>
#include <string>
#include <vector>

#include "gateway/evidence/leaf_source.hpp"
#include "gateway/evidence/log_edge.hpp"

namespace duenotice::test {

using namespace evidence;

/// Leaves in memory; a test may change them as it likes.
class MemoryLeaves final : public LeafSource {
 public:
  std::vector<std::string> leaves;
  std::set<std::uint64_t> gaps;  ///< indexes that nothing stands at

  void grow_to(std::size_t count) {
    while (leaves.size() < count) leaves.push_back("{\"n\":" + std::to_string(leaves.size()) + "}");
  }
  Result<std::uint64_t> count() override { return std::uint64_t{leaves.size()}; }
  Status read(std::uint64_t first, std::uint64_t count, const LeafSink& sink) override {
    for (std::uint64_t i = first; i < leaves.size() && i - first < count; ++i) {
      if (!gaps.contains(i) && !sink(i, leaves[i])) break;
    }
    return Done{};
  }
};

/// Writes every tile where it belongs at once.
inline TileSink into(LogFiles& files) {
  return [&files](const TileId& tile, std::string_view bytes) { return files.write(tile_path(tile), bytes); };
}

/// Adds leaves and writes all tiles of a checkpoint after them.
inline Status append_all(LogEdge& edge, const std::vector<std::string>& leaves, LogFiles& files) {
  const std::uint64_t old_size = edge.size();
  for (const std::string& leaf : leaves) {
    const Status added = edge.append(leaf, into(files));
    if (!added) return added;
  }
  return edge.partials_since(old_size, into(files));
}

}  // namespace duenotice::test
