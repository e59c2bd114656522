#pragma once
#include <filesystem>
#include <string>

#include "gateway/app/configuration.hpp"
#include "gateway/base/result.hpp"

/// The folders and files that the gateway makes itself, and what this user may do with them.

namespace duenotice::app {

/// Makes `folder` and those above it where they are missing. The error names `key` (`[journal] url`), where
/// it was set, and what to do.
Status make_folder(const LoadedConfiguration& loaded, const std::string& section, const std::string& key,
                   const std::filesystem::path& folder);

/// Whether this user could make `file` now, with the folders above it: tried out with a folder that is
/// removed at once, because rights alone do not tell (a file system may be read-only, or none at all).
Status try_making(const std::filesystem::path& file);

/// An error (`broken`) where this user has no right to read `file`, or to see whether it is there. A file
/// that is surely absent is none.
Status may_read(const std::filesystem::path& file);

/// An error (`broken`) where this user has no right to use the SQLite database `file`, as far as it is there:
/// SQLite itself would only say that it cannot open it.
Status may_use_database(const std::filesystem::path& file);

}  // namespace duenotice::app
