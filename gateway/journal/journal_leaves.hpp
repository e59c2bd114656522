#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/base/time.hpp"
#include "gateway/evidence/leaf_source.hpp"

namespace duenotice {

/// The journal's events as the leaves of the evidence log: event n is leaf n − 1, and its bytes are the
/// leaf's. On a read-only connection of its own, beside a running gateway or without one. Reads in short
/// pieces and hands the leaves on between them, so that the write-ahead log can be folded back however slow
/// their taker is. One thread.
class JournalLeaves final : public evidence::LeafSource {
 public:
  /// `not_found` when there is no journal at `path` yet.
  static Result<JournalLeaves> open(const std::filesystem::path& path);

  /// `broken` when an event has a number below 1: no leaf stands for it.
  Result<std::uint64_t> count() override;
  Status read(std::uint64_t first, std::uint64_t count, const evidence::LeafSink& sink) override;

  /// When the event of a leaf happened; nothing where it is not there.
  Result<std::optional<Instant>> happened_at(std::uint64_t index);

 private:
  /// Leaves that were read together.
  struct Piece {
    struct Leaf {
      std::uint64_t index = 0;
      std::size_t end = 0;  ///< of its bytes
    };
    std::vector<Leaf> leaves;
    std::string bytes;
  };

  explicit JournalLeaves(sqlite::Database database);
  void read_piece(std::uint64_t first, std::uint64_t end, Piece& piece);

  sqlite::Database database_;
  sqlite::Statement range_, time_;
};

}  // namespace duenotice
