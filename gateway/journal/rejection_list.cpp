#include "gateway/journal/rejection_list.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

/// Where a rejection stands in the order of listings: its instant, and its number among those of the same.
using Place = std::pair<std::int64_t, std::int64_t>;

}  // namespace

std::string RejectionList::statement(bool of_one_code) {
  const std::string range = of_one_code ? "rejections INDEXED BY rejections_by_code WHERE code = ?5 AND "
                                        : "rejections INDEXED BY rejections_by_at WHERE ";
  return rows::select(rows::rejection_columns,
                      range + "(at, number) < (?1, ?2) AND at >= ?3 ORDER BY at DESC, number DESC LIMIT ?4");
}

RejectionList::RejectionList(sqlite::Database& database)
    : place_(database.prepare("SELECT at, number FROM rejections WHERE id = ?")),
      all_(database.prepare(statement(false))),
      of_code_(database.prepare(statement(true))) {}

Result<std::vector<RejectedRequest>> RejectionList::find(const RejectionFilter& filter) {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  Place end{highest, highest};
  // Numbers begin with 1, so that place 0 of an instant stands before all that were refused at it.
  if (filter.until) end = {to_unix_ms(*filter.until), 0};
  if (filter.after) {
    const auto place = rows::one(place_.bind(1, *filter.after), [](const sqlite::Statement& row) {
      return Place{row.integer(0), row.integer(1)};
    });
    if (!place) {
      return Error{ErrorKind::not_found, "there is no rejection " + *filter.after + " to list after"};
    }
    end = std::min(end, *place);
  }
  sqlite::Statement& listing = filter.code ? of_code_ : all_;
  listing.bind(1, end.first).bind(2, end.second);
  listing.bind(3, filter.since ? to_unix_ms(*filter.since) : lowest);
  listing.bind(4, std::clamp(filter.limit, 0, limits::list_rows_most));
  if (filter.code) listing.bind(5, *filter.code);
  return rows::all(listing, rows::read_rejection);
}

}  // namespace duenotice
