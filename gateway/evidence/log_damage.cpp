#include "gateway/evidence/log_damage.hpp"

#include <algorithm>
#include <deque>
#include <vector>

#include "gateway/evidence/entry_bundle.hpp"
#include "gateway/evidence/leaf_alignment.hpp"
#include "gateway/evidence/proved_tiles.hpp"

namespace duenotice::evidence {
namespace {

using Hashes = std::vector<Digest>;

Hashes hashes_in(std::string_view tile) {
  Hashes hashes;
  for (std::size_t at = 0; at < tile.size(); at += hash_bytes) {
    hashes.push_back(digest_of(tile.substr(at, hash_bytes)));
  }
  return hashes;
}

/// The leaf hashes of the log, tile by tile, from whatever can be believed; reports what cannot.
class BelievedLeaves {
 public:
  BelievedLeaves(const LogFiles& files, const Checkpoint& head, LogFindings& findings)
      : reader_(files, head.size), tiles_(reader_, head.root), findings_(findings) {}

  void check_upper_levels() {
    if (!tiles_.edge_is_proved()) {
      findings_.add({LogFault::tile_changed,
                     {},
                     "tile/",
                     "neither the journal nor the partial tiles at the log's end have the signed root: what "
                     "else is named here rests on what remains"});
    }
    for (int level = 1; level < tile_levels; ++level) {
      const std::uint64_t full = hashes_at(level, reader_.size()) / tile_width;
      for (std::uint64_t index = 0; index < full; ++index) report_unless_proved({level, index, tile_width});
    }
  }

  std::optional<std::optional<Digest>> next() {
    if (at_ == hashes_.size()) {
      const auto id = tile_at(0, index_, reader_.size());
      if (!id) return std::nullopt;
      load(*id);
      at_ = 0;
      ++index_;
    }
    return hashes_[at_++];
  }

 private:
  /// Whether it is proved.
  bool report_unless_proved(const TileId& id) {
    if (tiles_.tile(id)) return true;
    const auto stored = reader_.tile(id);
    const bool missing = !stored && stored.error().kind == ErrorKind::not_found;
    // Below a tile that is not believed nothing can be said but that a file is not there.
    if (missing || !stored || (id.is_full() && tiles_.expected_root(id.level, id.index))) {
      findings_.add(damaged_file(id, missing));
    }
    return false;
  }

  void load(const TileId& id) {
    const TileId bundle_id{entries_level, id.index, id.width};
    const auto bundle = reader_.tile(bundle_id);
    const auto entries = bundle ? parse_entry_bundle(*bundle, id.width)
                                : Result<std::vector<std::string_view>>(bundle.error());
    Hashes of_entries;
    if (entries) {
      for (const std::string_view entry : *entries) of_entries.push_back(hasher_.leaf(entry));
    }
    const bool bundle_missing = !bundle && bundle.error().kind == ErrorKind::not_found;
    hashes_.assign(id.width, std::nullopt);
    if (report_unless_proved(id)) {
      const Hashes of_tile = hashes_in(*tiles_.tile(id));
      if (of_entries != of_tile) findings_.add(damaged_file(bundle_id, bundle_missing));
      hashes_.assign(of_tile.begin(), of_tile.end());
    } else if (of_entries.size() == id.width && are_proved(id, of_entries)) {
      hashes_.assign(of_entries.begin(), of_entries.end());
    } else if (!entries) {
      findings_.add(damaged_file(bundle_id, bundle_missing));
    }
  }

  /// Whether these are the hashes that a full tile must have.
  bool are_proved(const TileId& id, const Hashes& hashes) {
    if (!id.is_full()) return false;
    std::string tile;
    for (const Digest& hash : hashes) tile.append(bytes_of(hash));
    const auto expected = tiles_.expected_root(id.level, id.index);
    return expected && tile_root(hasher_, tile) == *expected;
  }

  TileReader reader_;
  ProvedTiles tiles_;
  LogFindings& findings_;
  MerkleHasher hasher_;
  std::uint64_t index_ = 0;  ///< of the next tile
  std::vector<std::optional<Digest>> hashes_;
  std::size_t at_ = 0;
};

/// The hashes of the journal's leaves, read in pieces.
class JournalHashes {
 public:
  JournalHashes(LeafSource& leaves, std::uint64_t count) : leaves_(leaves), count_(count) {}

  std::optional<Digest> next() {
    while (ready_.empty() && first_ < count_ && failure_.ok()) {
      const Status read = leaves_.read(first_, tile_width, [this](std::uint64_t, std::string_view leaf) {
        ready_.push_back(hasher_.leaf(leaf));
        return true;
      });
      if (!read) failure_ = read;
      first_ += tile_width;
    }
    if (ready_.empty()) return std::nullopt;
    const Digest hash = ready_.front();
    ready_.pop_front();
    return hash;
  }

  const Status& failure() const { return failure_; }

 private:
  LeafSource& leaves_;
  const std::uint64_t count_;
  MerkleHasher hasher_;
  std::uint64_t first_ = 0;
  std::deque<Digest> ready_;
  Status failure_ = Done{};
};

}  // namespace

LogFinding damaged_file(const TileId& tile, bool missing) {
  const bool bundle = tile.level == entries_level;
  const std::string path = tile_path(tile);
  if (missing) {
    return {bundle ? LogFault::bundle_missing : LogFault::tile_missing, {}, path, path + " is missing"};
  }
  return {bundle ? LogFault::bundle_changed : LogFault::tile_changed,
          {},
          path,
          path + " is not what was published"};
}

Status find_damage(LeafSource& leaves, const LogFiles& files, const Checkpoint& head, LogFindings& findings) {
  const auto count = leaves.count();
  if (!count) return count.error();
  BelievedLeaves log(files, head, findings);
  log.check_upper_levels();
  JournalHashes journal(leaves, *count);
  LeafAlignment([&] { return log.next(); }, [&] { return journal.next(); }, findings).run();
  return journal.failure();
}

}  // namespace duenotice::evidence
