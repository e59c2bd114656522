#pragma once
#include <optional>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/subject_keys.hpp"

namespace duenotice {

/// Whether sequence numbers run without a gap (from 1 when all are checked) and every event's bytes are JSON
/// that agrees with the columns derived from it. Checks the `last` events, or all. Where it checks all, also
/// whether each names the event of its notice before it, and whether the journal has what its commitments
/// bind to; `keys` are needed for that.
EventCheck check_stored_events(sqlite::Database& database, std::optional<int> last,
                               SubjectKeys* keys = nullptr);

}  // namespace duenotice
