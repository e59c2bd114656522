#pragma once
#include <filesystem>
#include <memory>

#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// Opens the journal for a command that reads it. `not_found` only where there surely is none yet; where this
/// user has no right to read it, or to see whether it is there, the error is `broken` and says so.
Result<std::unique_ptr<JournalReader>> open_journal(const std::filesystem::path& path);

}  // namespace duenotice::app
