#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include "gateway/base/sqlite.hpp"
#include "gateway/evidence/head_store.hpp"

/// What the small SQLite files beside the log have in common: heads, seals, a witness's memory.

namespace duenotice::evidence {

/// EXTRA also syncs the folder after the rollback journal is gone: else a power cut could undo a commit.
inline constexpr const char* durable_store = "PRAGMA synchronous = EXTRA";

/// `what` the file at `path` is, for the sentence. `unavailable` while another process holds it, `no_space`,
/// or `broken`.
Error store_error(std::string_view what, const std::filesystem::path& path,
                  const sqlite::SqliteError& failure);

/// The next row of a statement whose columns are size, root and checkpoint; empty when there is none.
/// `broken` when they cannot be what was stored.
Result<std::optional<Head>> next_head(sqlite::Statement& rows, std::string_view what,
                                      const std::filesystem::path& path);

}  // namespace duenotice::evidence
