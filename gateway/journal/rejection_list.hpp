#pragma once
#include <string>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice {

/// Finds the rejections of a listing, newest first, by one index range. Whatever the filter and wherever the
/// page, the cost depends on the rows listed, not on how many rejections there are.
class RejectionList {
 public:
  /// `database` outlives this object.
  explicit RejectionList(sqlite::Database& database);

  /// `not_found` when `filter.after` is no rejection.
  Result<std::vector<RejectedRequest>> find(const RejectionFilter& filter);

  /// A rejection with its body, and what was decided about it.
  std::optional<RejectionFile> file(const std::string& id);

  /// The SQL behind listings of one code, or of all; of the open ones only, or of all: a test asks SQLite how
  /// it would run it.
  static std::string statement(bool of_one_code, bool open_only);

 private:
  sqlite::Database& database_;
};

}  // namespace duenotice
