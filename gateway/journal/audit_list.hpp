#pragma once
#include <compare>
#include <string>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/audit.hpp"
#include "gateway/journal/facets.hpp"

namespace duenotice {

/// Finds the notices of an audit page by index ranges. An account or an address is looked up by its own
/// range, which costs what that account or address has. Otherwise each combination and clause is one range in
/// the order of legal dates, and each combination and state one of those that have none; the ranges that fit
/// are merged. Only where a clause is asked for, those without a legal date are looked at one by one.
class AuditList {
 public:
  /// `database` outlives this object.
  explicit AuditList(sqlite::Database& database);

  /// `not_found` when `after` is no notice.
  Result<AuditPage> page(const AuditFilter& filter, const std::optional<std::string>& after, int limit);

  /// The statements behind it: one range of legal dates, the clauses of a combination, and what an account or
  /// an address has.
  static std::string dated_statement();
  static std::string clauses_statement();
  static std::string account_or_address_statement(const AuditFilter& filter);

 private:
  /// Where a notice stands in the order of a page.
  struct Place {
    std::int64_t undated = 0;  ///< 1 without a legal date
    std::int64_t key = 0;      ///< its legal date; without one, when it was accepted
    NoticeNumber number = 0;
    auto operator<=>(const Place&) const = default;
  };

  std::vector<Place> of_account_or_address(const AuditFilter& filter, const Place& end, std::size_t limit);
  std::vector<Place> of_facets(const AuditFilter& filter, const Place& end, std::size_t limit);
  void dated(const AuditFilter& filter, const Place& end, std::int64_t facet, Newest<Place>& newest);
  void undated(const AuditFilter& filter, const Place& end, std::int64_t facet, Newest<Place>& newest);
  std::vector<std::string> clauses(const AuditFilter& filter, std::int64_t facet);
  AuditEntry entry(NoticeNumber number);

  sqlite::Database& database_;
  Facets facets_;
  sqlite::Statement place_, clauses_, dated_, undated_, notice_, deliveries_, attempt_, rendering_;
};

}  // namespace duenotice
