#pragma once
#include <filesystem>

#include "tests/support/journal_fixture.hpp"

namespace duenotice::test {

/// The journal in `folder` that the victim writes and the test reads: no demand for space.
inline SqliteJournalOptions crash_options(const std::filesystem::path& folder) {
  SqliteJournalOptions options;
  options.path = folder / "journal.db";
  options.low_space_bytes = 0;
  options.reserve_bytes = 0;
  return options;
}

}  // namespace duenotice::test
