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
  /// The parameters of the terms are numbered from `first` on.
  NoticeTerms(const AuditFilter& filter, int first);

  /// ` AND term AND term …`; empty without a filter.
  const std::string& sql() const { return sql_; }
  void bind(sqlite::Statement& statement) const;

 private:
  void add(const std::string& before, std::variant<std::int64_t, std::string> value,
           const std::string& after = "");

  const int first_;
  std::string sql_;
  std::vector<std::variant<std::int64_t, std::string>> values_;
};

}  // namespace duenotice
