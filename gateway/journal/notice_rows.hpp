#pragma once
#include <span>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/export.hpp"

namespace duenotice {

/// The rows of an export of notices: one for each delivery, with what its notice, the deciding attempt and
/// that attempt's message say. The deciding attempt is the first that was sent, else the last.
class NoticeRows {
 public:
  /// `database` outlives this object.
  NoticeRows(sqlite::Database& database, bool unmasked);

  static std::span<const ExportColumn> columns();
  /// The statement behind it, for the notices `n` of which `where` holds; `?2` is whether addresses may be
  /// shown.
  static std::string statement(std::string_view where);

  /// Hands on the rows of one notice; returns how many.
  template <class Sink>
  int of(NoticeNumber number, Sink sink) {
    rows_.bind(1, number).bind(2, unmasked_);
    int count = 0;
    for (; rows_.step(); ++count) {
      read();
      sink(std::span<const ExportValue>(values_));
    }
    return count;
  }

 private:
  void read();

  sqlite::Statement rows_;
  const bool unmasked_;
  std::vector<ExportValue> values_;
  std::string receipts_;
};

}  // namespace duenotice
