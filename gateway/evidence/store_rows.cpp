#include "gateway/evidence/store_rows.hpp"

#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {

using sqlite::SqliteError;

Error store_error(std::string_view what, const std::filesystem::path& path, const SqliteError& failure) {
  const ErrorKind kind = failure.kind() == SqliteError::Kind::busy   ? ErrorKind::unavailable
                         : failure.kind() == SqliteError::Kind::full ? ErrorKind::no_space
                                                                     : ErrorKind::broken;
  return Error{kind, std::string(what) + " in " + path.string() + ": " + failure.what()};
}

Result<std::optional<Head>> next_head(sqlite::Statement& rows, std::string_view what,
                                      const std::filesystem::path& path) {
  if (!rows.step()) return std::optional<Head>();
  const std::string root = rows.text(1);
  if (rows.integer(0) < 0 || root.size() != Digest().bytes.size())
    return Error{ErrorKind::broken, std::string(what) + " in " + path.string() + " is damaged"};
  return std::optional(Head{static_cast<std::uint64_t>(rows.integer(0)), digest_of(root), rows.text(2)});
}

}  // namespace duenotice::evidence
