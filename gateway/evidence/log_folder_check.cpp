#include "gateway/evidence/log_folder_check.hpp"

#include <algorithm>

#include "gateway/evidence/entry_bundle.hpp"
#include "gateway/evidence/log_damage.hpp"
#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::evidence {
namespace {

/// Folders below each other: `tile`, the level, up to six groups of digits, the folder of partial tiles.
constexpr int depth_most = 10;

class Walk {
 public:
  Walk(const LogFiles& files, std::uint64_t size, std::uint64_t latest, LogFindings& findings)
      : files_(files), size_(size), latest_(latest), reader_(files, size), findings_(findings) {}

  Status folder(const std::string& path, int depth) {
    const auto names = files_.list(path);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      const std::string inner = path + "/" + name;
      if (!name.ends_with('/')) {
        file(inner);
      } else if (depth == depth_most) {
        extra(inner);
      } else {
        const Status walked = folder(inner.substr(0, inner.size() - 1), depth + 1);
        if (!walked) return walked;
      }
    }
    return Done{};
  }

 private:
  void extra(const std::string& path) {
    findings_.add({LogFault::file_extra, {}, path, path + " is no file of this log"});
  }

  /// Whether the tile has been found wrong, or all of them: then it is no measure for others.
  bool is_damaged(const TileId& tile) const {
    const std::string path = tile_path(tile);
    const auto& named = findings_.named();
    return std::any_of(named.begin(), named.end(), [&](const LogFinding& finding) {
      return finding.path == path || finding.path == "tile/";
    });
  }

  void file(const std::string& path) {
    const auto id = parse_tile_path(path);
    const auto newest = id ? tile_at(id->level, id->index, latest_) : std::nullopt;
    if (!newest || newest->width < id->width) return extra(path);
    const auto verified = tile_at(id->level, id->index, size_);
    // What the log has at its verified size has been looked at, and what came later is the next one's.
    if (!verified || verified->width <= id->width || is_damaged(*verified)) return;
    const auto whole = reader_.tile(*verified);
    const auto part = reader_.tile(*id);
    if (!part && part.error().kind == ErrorKind::not_found) return;  // outgrown in this moment
    const bool complete = part && (id->level != entries_level || parse_entry_bundle(*part, id->width).ok());
    if (!complete || (whole && !whole->starts_with(*part))) findings_.add(damaged_file(*id, false));
  }

  const LogFiles& files_;
  const std::uint64_t size_, latest_;
  const TileReader reader_;
  LogFindings& findings_;
};

}  // namespace

Status find_extra_files(const LogFiles& files, std::uint64_t size, std::uint64_t latest,
                        LogFindings& findings) {
  return Walk(files, size, latest, findings).folder("tile", 1);
}

}  // namespace duenotice::evidence
