#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/base/json.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/opening_record.hpp"

namespace duenotice {

/// What a commitment of an event's bytes binds to, and the key that shows it (gateway/evidence/FORMAT.md).
struct FieldOpening {
  std::string field;
  std::string opening;                 ///< 32 bytes
  std::optional<std::string> payload;  ///< nothing where it is not in the journal any more
};

/// Reads the openings of events. One thread.
class EventOpenings {
 public:
  /// `database` outlives this object.
  explicit EventOpenings(sqlite::Database& database);

  /// Those of one event, in the order in which it was given them.
  std::vector<FieldOpening> of(std::int64_t sequence);

  /// Empty when the commitments of an event, whose bytes say `document`, are exactly those that its openings
  /// open; else what is wrong, without any of the payload.
  std::string fault(std::int64_t sequence, const Json& document);

 private:
  std::optional<std::string> payload(const OpeningRecord& record);

  sqlite::Database& database_;
  sqlite::Statement records_;
};

}  // namespace duenotice
