#include "gateway/journal/completeness.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/schema.hpp"

namespace duenotice {
namespace {

using sqlite::Database;
using sqlite::SqliteError;
using sqlite::Statement;

constexpr const char* sources_sql =
    "SELECT source, min(number), max(number), count(DISTINCT number), count(*) FROM sequences"
    " WHERE ?1 IS NULL OR source = ?1 GROUP BY source ORDER BY source";
constexpr const char* gaps_sql =
    "SELECT number + 1, next - 1 FROM"
    " (SELECT number, lead(number) OVER (ORDER BY number) AS next FROM sequences WHERE source = ?1)"
    " WHERE next > number + 1 ORDER BY number LIMIT ?2";
constexpr const char* repeats_sql =
    "SELECT number, request_id FROM sequences WHERE source = ?1 AND number IN"
    " (SELECT number FROM sequences WHERE source = ?1 GROUP BY number HAVING count(*) > 1"
    "  ORDER BY number LIMIT ?2) ORDER BY number, request_id LIMIT ?2 * ?2";
constexpr const char* repeated_sql =
    "SELECT count(*) FROM (SELECT 1 FROM sequences WHERE source = ?1 GROUP BY number HAVING count(*) > 1)";
constexpr const char* accepted_sql =
    "SELECT n.source, n.kind, w.word, count(*) FROM events AS e JOIN notices AS n ON n.number = e.notice"
    " JOIN words AS w ON w.topic = 'notice_state' AND w.code = n.state"
    " WHERE e.sequence BETWEEN ?1 AND ?2 AND e.type = 'accepted' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3";
constexpr const char* rejected_sql =
    "SELECT r.source, '', 'rejected', count(*) FROM events AS e"
    " JOIN rejections AS r ON r.id = json_extract(CAST(e.bytes AS TEXT), '$.rejection')"
    " WHERE e.sequence BETWEEN ?1 AND ?2 AND e.type = 'rejected' GROUP BY 1 ORDER BY 1";

Error unreadable(const SqliteError& error) {
  const bool busy = error.kind() == SqliteError::Kind::busy;
  return Error{busy ? ErrorKind::unavailable : ErrorKind::broken,
               std::string("the journal cannot be read: ") + error.what()};
}

RequestCount read_count(const Statement& row) {
  return {row.text(0), row.text(1), row.text(2), row.integer(3)};
}

/// A text in the event's bytes; empty where there is none.
std::string fact(const std::string& event_bytes, std::string_view key) {
  const auto event = parse_json(event_bytes);
  return event ? text_at(*event, key) : std::string();
}

}  // namespace

Result<Completeness> Completeness::open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    return Error{ErrorKind::not_found, "there is no journal at " + path.string() + " yet"};
  try {
    Database database(path, Database::Mode::read_only, limits::journal_busy_timeout.count());
    const Status schema = check_schema(database);
    if (!schema) return Error{schema.error().kind, path.string() + ": " + schema.error().message};
    database.run("PRAGMA mmap_size = 0");
    return Completeness(std::move(database));
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

template <class Work>
auto Completeness::run(Work work) -> decltype(work()) {
  try {
    return work();
  } catch (const SqliteError& error) {
    if (database_.in_transaction()) database_.run("ROLLBACK");
    return unreadable(error);
  }
}

Result<std::vector<SourceSequence>> Completeness::sources(const std::optional<std::string>& source) {
  return run([&]() -> Result<std::vector<SourceSequence>> {
    auto rows = database_.prepare(sources_sql);
    rows.bind(1, source);
    std::vector<SourceSequence> found;
    while (rows.step()) {
      SourceSequence one;
      one.source = rows.text(0);
      one.first = rows.integer(1);
      one.last = rows.integer(2);
      one.numbers = rows.integer(3);
      one.missing = one.last - one.first + 1 - one.numbers;
      one.repeated = rows.integer(4) - one.numbers;  // at least; counted when there are any
      found.push_back(std::move(one));
    }
    for (SourceSequence& one : found) read_faults(one);
    return found;
  });
}

void Completeness::read_faults(SourceSequence& source) {
  constexpr std::int64_t most = limits::sequence_faults_named;
  if (source.missing > 0) {
    auto gaps = database_.prepare(gaps_sql);
    gaps.bind(1, source.source).bind(2, most);
    while (gaps.step()) source.gaps.push_back({gaps.integer(0), gaps.integer(1)});
  }
  if (source.repeated == 0) return;
  auto repeated = database_.prepare(repeated_sql);
  repeated.bind(1, source.source);
  repeated.step();
  source.repeated = repeated.integer(0);
  auto repeats = database_.prepare(repeats_sql);
  repeats.bind(1, source.source).bind(2, most);
  while (repeats.step()) {
    const std::int64_t number = repeats.integer(0);
    if (source.repeats.empty() || source.repeats.back().number != number)
      source.repeats.push_back({number, {}});
    source.repeats.back().request_ids.push_back(repeats.text(1));
  }
}

Result<std::vector<RequestCount>> Completeness::counts(std::int64_t first, std::int64_t last) {
  return run([&]() -> Result<std::vector<RequestCount>> {
    std::vector<RequestCount> found;
    for (const char* sql : {accepted_sql, rejected_sql}) {
      auto rows = database_.prepare(sql);
      rows.bind(1, first).bind(2, last);
      while (rows.step()) found.push_back(read_count(rows));
    }
    return found;
  });
}

Result<RequestStanding> Completeness::standing(std::int64_t first, std::int64_t last) {
  return run([&]() -> Result<RequestStanding> {
    database_.run("BEGIN");
    auto found_counts = counts(first, last);
    if (!found_counts) return found_counts.error();
    auto found_sources = sources();
    if (!found_sources) return found_sources.error();
    database_.run("COMMIT");
    return RequestStanding{std::move(*found_counts), std::move(*found_sources)};
  });
}

Status Completeness::statements(const std::function<void(const StoredStatement&)>& sink) {
  return run([&]() -> Status {
    auto rows = database_.prepare(
        "SELECT e.bytes, coalesce(s.note, ''), s.event IS NOT NULL FROM events AS e LEFT JOIN statements AS s"
        " ON s.event = e.sequence WHERE e.type = 'statement' ORDER BY e.sequence");
    while (rows.step()) sink({rows.text(0), rows.text(1), rows.integer(2) != 0});
    return Done{};
  });
}

Result<std::optional<StoredStatement>> Completeness::statement(const std::optional<CalendarDate>& date) {
  return run([&]() -> Result<std::optional<StoredStatement>> {
    auto rows = database_.prepare(
        "SELECT e.bytes, s.note FROM statements AS s JOIN events AS e ON e.sequence = s.event"
        " ORDER BY s.event DESC");
    while (rows.step()) {
      StoredStatement found{rows.text(0), rows.text(1)};
      if (date && fact(found.event, "date") != to_text(*date)) continue;
      if (found.note.empty() || fact(found.event, "sha256") == sha256(found.note).hex())
        return std::optional(std::move(found));
      return Error{ErrorKind::broken, "the statement of " + fact(found.event, "date") +
                                          " in the journal is not the one whose digest is in its event: it "
                                          "was altered"};
    }
    return std::optional<StoredStatement>();
  });
}

}  // namespace duenotice
