#pragma once
#include <string>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/waiting.hpp"

namespace duenotice {

/// Reads what waits for a person. The cost depends on what waits, not on what was delivered. One thread at a
/// time, inside a snapshot.
class WaitingList {
 public:
  /// `database` outlives this object.
  explicit WaitingList(sqlite::Database& database) : database_(database) {}

  Waiting read(const WaitingFilter& filter, Instant now);

  /// The statement behind the groups.
  static std::string groups_statement(const WaitingFilter& filter);

 private:
  std::vector<StuckGroup> groups(const WaitingFilter& filter, Instant now);
  WaitingSpan span(const std::string& sql, std::optional<std::int64_t> parameter = std::nullopt);

  sqlite::Database& database_;
};

}  // namespace duenotice
