#pragma once
#include <cstdint>
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/facets.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice {

/// Finds the notices of a listing, newest first, by index ranges alone. Whatever the filter and wherever the
/// page, the cost depends on the rows listed and on the number of facets, not on how many notices there are:
/// each facet in each state is one range in order of acceptance, and the ranges that fit are merged. A filter
/// by account reads that account's own range instead.
class NoticeList {
 public:
  /// `database` outlives this object.
  explicit NoticeList(sqlite::Database& database);

  /// `not_found` when `filter.after` is no notice.
  Result<std::vector<NoticeNumber>> find(const NoticeFilter& filter);

 private:
  /// Where a notice stands in the order of listings.
  struct Place {
    std::int64_t accepted_at = 0;
    NoticeNumber number = 0;
    auto operator<=>(const Place&) const = default;
  };
  /// The part of the order that is looked at: `first_ms` or later, and before `end`.
  struct Window {
    std::int64_t first_ms = 0;
    Place end;
  };

  Result<Window> window(const NoticeFilter& filter);
  std::vector<Place> of_account(const NoticeFilter& filter, const Window& window, std::size_t limit);
  std::vector<Place> of_facets(const NoticeFilter& filter, const Window& window, std::size_t limit);

  Facets facets_;
  sqlite::Statement place_, of_facet_, of_account_;
};

}  // namespace duenotice
