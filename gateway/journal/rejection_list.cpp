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

std::string RejectionList::statement(bool of_one_code, bool open_only) {
  const std::string index = open_only ? (of_one_code ? "rejections_open" : "rejections_open_by_at")
                                      : (of_one_code ? "rejections_by_code" : "rejections_by_at");
  return rows::select(rows::rejection_columns,
                      "rejections INDEXED BY " + index + " WHERE " + (open_only ? "state = 0 AND " : "") +
                          (of_one_code ? "code = ?5 AND " : "") +
                          "(at, number) < (?1, ?2) AND at >= ?3 ORDER BY at DESC, number DESC LIMIT ?4");
}

RejectionList::RejectionList(sqlite::Database& database) : database_(database) {}

Result<std::vector<RejectedRequest>> RejectionList::find(const RejectionFilter& filter) {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  Place end{highest, highest};
  // Numbers begin with 1, so that place 0 of an instant stands before all that were refused at it.
  if (filter.until) end = {to_unix_ms(*filter.until), 0};
  if (filter.after) {
    sqlite::Statement find_place = database_.prepare("SELECT at, number FROM rejections WHERE id = ?");
    const auto place = rows::one(find_place.bind(1, *filter.after), [](const sqlite::Statement& row) {
      return Place{row.integer(0), row.integer(1)};
    });
    if (!place) {
      return Error{ErrorKind::not_found, "there is no rejection " + *filter.after + " to list after"};
    }
    end = std::min(end, *place);
  }
  sqlite::Statement listing = database_.prepare(statement(filter.code.has_value(), filter.open_only));
  listing.bind(1, end.first).bind(2, end.second);
  listing.bind(3, filter.since ? to_unix_ms(*filter.since) : lowest);
  listing.bind(4, std::clamp(filter.limit, 0, limits::list_rows_most));
  if (filter.code) listing.bind(5, *filter.code);
  return rows::all(listing, rows::read_rejection);
}

std::optional<RejectionFile> RejectionList::file(const std::string& id) {
  sqlite::Statement find =
      database_.prepare(rows::select(rows::rejection_columns, "rejections WHERE id = ?"));
  auto request = rows::one(find.bind(1, id), rows::read_rejection);
  if (!request) return std::nullopt;
  RejectionFile file{.request = *std::move(request), .act = {}, .difference = {}};
  const auto text = [&](const std::string& sql) {
    sqlite::Statement statement = database_.prepare(sql + " WHERE r.id = ?");
    return rows::one(statement.bind(1, id), [](const sqlite::Statement& row) { return row.text(0); });
  };
  file.request.body = text(
                          "SELECT unsealed(r.subject, 'body', b.body) FROM rejections AS r JOIN "
                          "rejection_bodies AS b ON b.rejection = r.number")
                          .value_or("");
  file.difference = text(
      "SELECT unsealed(r.subject, 'difference', l.difference) FROM rejections AS r JOIN rejection_releases "
      "AS l ON l.rejection = r.number");
  sqlite::Statement act = database_.prepare(
      rows::select(rows::act_columns, "acts WHERE act = (SELECT act FROM rejections WHERE id = ?)"));
  file.act = rows::one(act.bind(1, id), rows::read_act);
  return file;
}

}  // namespace duenotice
