#pragma once
#include <filesystem>
#include <string>

#include "gateway/app/configuration.hpp"
#include "gateway/base/result.hpp"

/// The folders of files that the gateway makes itself.

namespace duenotice::app {

/// Makes `folder` and those above it where they are missing. The error names `key` (`[journal] url`), where
/// it was set, and what to do.
Status make_folder(const LoadedConfiguration& loaded, const std::string& section, const std::string& key,
                   const std::filesystem::path& folder);

/// Whether this user could make `file` now, with the folders above it: tried out with a folder that is
/// removed at once, because rights alone do not tell (a file system may be read-only, or none at all).
Status try_making(const std::filesystem::path& file);

}  // namespace duenotice::app
