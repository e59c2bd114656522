#include "gateway/evidence/log_stage.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

const std::string folder = ".staging";

std::string staged(std::string_view name) { return folder + "/" + std::string(name); }
std::string staged_checkpoint() { return staged(checkpoint_path); }

/// One folder holds all: paths of tiles have no dash, so that one can stand for their slashes.
std::string name_of(std::string path) {
  std::replace(path.begin(), path.end(), '/', '-');
  return path;
}

std::optional<TileId> tile_named(std::string name) {
  std::replace(name.begin(), name.end(), '-', '/');
  return parse_tile_path(name);
}

}  // namespace

Status LogStage::add(const TileId& tile, std::string_view bytes) {
  return files_.write(staged(name_of(tile_path(tile))), bytes);
}

Status LogStage::close(std::string_view checkpoint) {
  const Status written = files_.write(staged_checkpoint(), checkpoint);
  return written ? files_.sync() : written;
}

Status LogStage::publish(const Head& head) {
  const auto belongs_to = files_.read(staged_checkpoint(), limits::checkpoint_bytes);
  if (belongs_to && *belongs_to == head.checkpoint) {
    const Status placed = place_tiles();
    if (!placed) return placed;
  }
  const Status replaced = replace_checkpoint(head);
  return replaced ? discard() : replaced;
}

Status LogStage::place_tiles() {
  const auto names = files_.list(folder);
  if (!names) return names.error();
  std::vector<std::string> outgrown;
  std::optional<int> level;
  for (const std::string& name : *names) {
    const auto tile = tile_named(name);
    if (!tile) continue;
    const std::string path = tile_path(*tile);
    const Status placed = files_.place(staged(name), path);
    if (!placed) return placed;
    // The full tiles of a level follow each other, and only the first can have been a partial one before.
    if (tile->is_full() && tile->level != level) outgrown.push_back(path + ".p");
    if (tile->is_full()) level = tile->level;
  }
  // Whoever reads an older checkpoint takes the full tile where the partial one is gone. A folder that stays
  // because this was cut off does no harm.
  for (const std::string& partial : outgrown) {
    const Status removed = files_.remove(partial);
    if (!removed) return removed;
  }
  return Done{};
}

Status LogStage::replace_checkpoint(const Head& head) {
  const std::string path(checkpoint_path);
  const auto current = files_.read(path, limits::checkpoint_bytes);
  if (current && *current == head.checkpoint) return Done{};
  const auto ready = files_.read(staged_checkpoint(), limits::checkpoint_bytes);
  if (!ready || *ready != head.checkpoint) {
    const Status written = files_.write(staged_checkpoint(), head.checkpoint);
    if (!written) return written;
  }
  return files_.replace(staged_checkpoint(), path);
}

Status LogStage::discard() { return files_.remove(folder); }

}  // namespace duenotice::evidence
