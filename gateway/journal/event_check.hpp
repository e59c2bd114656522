#pragma once
#include <optional>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice {

/// Whether sequence numbers run without a gap (from 1 when all are checked) and every event's bytes are JSON
/// that agrees with the columns derived from it. Checks the `last` events, or all. Where it checks all, also
/// whether each names the event of its notice before it, and whether the journal has what its commitments
/// bind to.
EventCheck check_stored_events(sqlite::Database& database, std::optional<int> last);

}  // namespace duenotice
