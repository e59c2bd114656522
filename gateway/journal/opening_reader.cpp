#include "gateway/journal/opening_reader.hpp"

#include "gateway/base/limits.hpp"
#include "gateway/journal/schema.hpp"

namespace duenotice {
namespace {

using sqlite::Database;
using sqlite::SqliteError;

Error unreadable(const SqliteError& error) {
  const bool busy = error.kind() == SqliteError::Kind::busy;
  return Error{busy ? ErrorKind::unavailable : ErrorKind::broken,
               std::string("the journal cannot be read: ") + error.what()};
}

}  // namespace

OpeningReader::OpeningReader(std::unique_ptr<Database> database)
    : database_(std::move(database)), openings_(*database_) {}

Result<OpeningReader> OpeningReader::open(const std::filesystem::path& path) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    return Error{ErrorKind::not_found, "there is no journal at " + path.string() + " yet"};
  try {
    auto database =
        std::make_unique<Database>(path, Database::Mode::read_only, limits::journal_busy_timeout.count());
    const Status schema = check_schema(*database);
    if (!schema) return Error{schema.error().kind, path.string() + ": " + schema.error().message};
    return OpeningReader(std::move(database));
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

Result<std::vector<FieldOpening>> OpeningReader::of(std::int64_t sequence) {
  try {
    return openings_.of(sequence);
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

}  // namespace duenotice
