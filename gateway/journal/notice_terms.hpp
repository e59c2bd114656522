#pragma once
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/audit.hpp"

namespace duenotice {

/// A filter as terms of SQL about one row `n` of notices. They choose no index: a statement that is not to
/// look at every notice names its own range beside them.
class NoticeTerms {
 public:
  explicit NoticeTerms(const AuditFilter& filter);

  /// ` AND term AND term …`, one parameter a term; empty without a filter.
  const std::string& sql() const { return sql_; }
  /// Binds the parameters from `first` on; returns the next index.
  int bind(sqlite::Statement& statement, int first) const;

 private:
  void add(const std::string& term, std::variant<std::int64_t, std::string> value);

  std::string sql_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
};

}  // namespace duenotice
