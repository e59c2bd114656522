#include "gateway/journal/journal_leaves.hpp"

#include <algorithm>
#include <limits>

#include "gateway/base/limits.hpp"
#include "gateway/journal/schema.hpp"

namespace duenotice {
namespace {

using sqlite::Database;
using sqlite::SqliteError;

/// The number of the event before that of this leaf. Beyond SQLite's integers there is none.
std::int64_t number_before(std::uint64_t index) {
  constexpr auto most = std::numeric_limits<std::int64_t>::max() - 1;
  return index > static_cast<std::uint64_t>(most) ? most : static_cast<std::int64_t>(index);
}

Error unreadable(const SqliteError& error) {
  const bool busy = error.kind() == SqliteError::Kind::busy;
  return Error{busy ? ErrorKind::unavailable : ErrorKind::broken,
               std::string("the journal cannot be read: ") + error.what()};
}

}  // namespace

Result<JournalLeaves> JournalLeaves::open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{ErrorKind::not_found, "there is no journal at " + path.string() + " yet"};
  }
  try {
    Database database(path, Database::Mode::read_only, limits::journal_busy_timeout.count());
    const Status schema = check_schema(database);
    if (!schema) return Error{schema.error().kind, path.string() + ": " + schema.error().message};
    database.run("PRAGMA mmap_size = 0");
    return JournalLeaves(std::move(database));
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

JournalLeaves::JournalLeaves(Database database)
    : database_(std::move(database)),
      range_(database_.prepare("SELECT sequence, bytes FROM events WHERE sequence > ?1 AND sequence <= ?2 "
                               "ORDER BY sequence LIMIT ?3")),
      time_(database_.prepare("SELECT at FROM events WHERE sequence = ?")) {}

Result<std::uint64_t> JournalLeaves::count() {
  try {
    const std::int64_t first = database_.integer("SELECT min(sequence) FROM events");
    const std::int64_t last = database_.integer("SELECT max(sequence) FROM events");
    if (first >= 1) return static_cast<std::uint64_t>(last);
    if (first == 0 && last == 0 && !time_.bind(1, 0).step()) return std::uint64_t{0};
    time_.reset();
    return Error{ErrorKind::broken, "the journal has an event with the number " + std::to_string(first) +
                                        ", although they run from 1: it was altered"};
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

void JournalLeaves::read_piece(std::uint64_t first, std::uint64_t end, Piece& piece) {
  piece.leaves.clear();
  piece.bytes.clear();
  range_.bind(1, number_before(first)).bind(2, number_before(end)).bind(3, limits::export_window);
  while (range_.step()) {
    piece.bytes += range_.view(1);
    piece.leaves.push_back({static_cast<std::uint64_t>(range_.integer(0) - 1), piece.bytes.size()});
    if (piece.bytes.size() >= limits::export_piece_bytes) return range_.reset();
  }
}

Status JournalLeaves::read(std::uint64_t first, std::uint64_t count, const evidence::LeafSink& sink) {
  const std::uint64_t end = first + std::min(count, std::numeric_limits<std::uint64_t>::max() - first);
  Piece piece;
  while (first < end) {
    try {
      read_piece(first, end, piece);
    } catch (const SqliteError& error) {
      return unreadable(error);
    }
    if (piece.leaves.empty()) return Done{};
    std::size_t begin = 0;
    for (const Piece::Leaf& leaf : piece.leaves) {
      if (!sink(leaf.index, std::string_view(piece.bytes).substr(begin, leaf.end - begin))) return Done{};
      begin = leaf.end;
    }
    first = piece.leaves.back().index + 1;
  }
  return Done{};
}

Result<std::optional<Instant>> JournalLeaves::happened_at(std::uint64_t index) {
  try {
    time_.bind(1, number_before(index) + 1);
    if (!time_.step()) return std::optional<Instant>();
    const Instant at = from_unix_ms(time_.integer(0));
    time_.reset();
    return std::optional(at);
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

}  // namespace duenotice
