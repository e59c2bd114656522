#include "gateway/journal/schema.hpp"

#include <array>
#include <string>

namespace duenotice {
namespace {

/// "DueN", big-endian.
constexpr std::int64_t application_id = 0x4475654E;

/// The steps in their order; step i leads from version i to i + 1. A step that was released is never changed.
const std::array<std::string_view, 1>& migrations() {
  static const std::array<std::string_view, 1> steps{journal_schema_sql};
  return steps;
}

Error foreign() {
  return Error{ErrorKind::broken,
               "the file is an SQLite database of another program, not a duenotice journal"};
}

Error newer(std::int64_t version) {
  return Error{ErrorKind::broken, "the journal was written by a newer duenotice (schema " +
                                      std::to_string(version) + "; this program knows up to " +
                                      std::to_string(journal_schema_version()) +
                                      "): use that version or a newer one"};
}

bool is_empty(sqlite::Database& database) {
  return database.integer("SELECT count(*) FROM sqlite_master") == 0;
}

}  // namespace

int journal_schema_version() { return static_cast<int>(migrations().size()); }

Status bring_schema_up_to_date(sqlite::Database& database) {
  const std::int64_t version = database.integer("PRAGMA user_version");
  const bool ours = database.integer("PRAGMA application_id") == application_id;
  if (!ours && (version != 0 || !is_empty(database))) return foreign();
  if (version > journal_schema_version()) return newer(version);
  for (auto step = static_cast<std::size_t>(version); step < migrations().size(); ++step) {
    database.run("BEGIN IMMEDIATE");
    database.run(std::string(migrations()[step]));
    database.run("PRAGMA application_id = " + std::to_string(application_id));
    database.run("PRAGMA user_version = " + std::to_string(step + 1));
    database.run("COMMIT");
  }
  return Done{};
}

Status check_schema(sqlite::Database& database) {
  const std::int64_t version = database.integer("PRAGMA user_version");
  if (database.integer("PRAGMA application_id") != application_id) return foreign();
  if (version > journal_schema_version()) return newer(version);
  if (version < journal_schema_version()) {
    return Error{ErrorKind::broken,
                 "the journal has schema " + std::to_string(version) +
                     " of an older duenotice: start `duenotice serve` once, which brings it to " +
                     std::to_string(journal_schema_version())};
  }
  return Done{};
}

}  // namespace duenotice
