#include "gateway/journal/notice_list.hpp"

#include <algorithm>
#include <limits>
#include <queue>

#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

constexpr std::string_view within_window =
    " AND (accepted_at, number) < (?, ?) AND accepted_at >= ? ORDER BY accepted_at DESC, number DESC";

std::size_t bounded(int limit) {
  return static_cast<std::size_t>(std::clamp(limit, 0, limits::list_rows_most));
}

}  // namespace

NoticeList::NoticeList(sqlite::Database& database)
    : place_(database.prepare("SELECT accepted_at, number FROM notices WHERE id = ?")),
      facets_(database.prepare("SELECT facet, agreement, kind, channels FROM facets")),
      of_facet_(database.prepare("SELECT accepted_at, number FROM notices INDEXED BY notices_by_facet "
                                 "WHERE facet = ? AND state = ?" +
                                 std::string(within_window))),
      of_account_(database.prepare("SELECT accepted_at, number, facet, state FROM notices "
                                   "INDEXED BY notices_by_account WHERE account_id = ?" +
                                   std::string(within_window))) {}

Result<std::vector<NoticeNumber>> NoticeList::find(const NoticeFilter& filter) {
  const auto part = window(filter);
  if (!part.ok()) return part.error();
  const std::size_t limit = bounded(filter.limit);
  const std::vector<Place> places =
      filter.account ? of_account(filter, *part, limit) : of_facets(filter, *part, limit);
  std::vector<NoticeNumber> numbers;
  for (const Place& place : places) numbers.push_back(place.number);
  return numbers;
}

Result<NoticeList::Window> NoticeList::window(const NoticeFilter& filter) {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto highest = std::numeric_limits<std::int64_t>::max();
  Window window{filter.since ? to_unix_ms(*filter.since) : lowest, Place{highest, highest}};
  // Numbers begin with 1, so that place 0 of an instant stands before all that were accepted at it.
  if (filter.until) window.end = Place{to_unix_ms(*filter.until), 0};
  if (filter.after) {
    const auto place = rows::one(place_.bind(1, *filter.after), [](const sqlite::Statement& row) {
      return Place{row.integer(0), row.integer(1)};
    });
    if (!place) return Error{ErrorKind::not_found, "there is no notice " + *filter.after + " to list after"};
    window.end = std::min(window.end, *place);
  }
  return window;
}

std::set<std::int64_t> NoticeList::facets(const NoticeFilter& filter) {
  std::set<std::int64_t> fitting;
  while (facets_.step()) {
    const bool fits =
        (!filter.agreement || facets_.view(1) == *filter.agreement) &&
        (!filter.kind || facets_.view(2) == *filter.kind) &&
        (!filter.channel || (facets_.integer(3) & (std::int64_t{1} << rows::code(*filter.channel))) != 0);
    if (fits) fitting.insert(facets_.integer(0));
  }
  return fitting;
}

std::vector<NoticeList::Place> NoticeList::of_account(const NoticeFilter& filter, const Window& window,
                                                      std::size_t limit) {
  const std::set<std::int64_t> fitting = facets(filter);
  std::vector<Place> places;
  of_account_.bind(1, *filter.account).bind(2, window.end.accepted_at).bind(3, window.end.number);
  of_account_.bind(4, window.first_ms);
  while (places.size() < limit && of_account_.step()) {
    const bool fits = fitting.contains(of_account_.integer(2)) &&
                      (!filter.state || of_account_.integer(3) == rows::code(*filter.state));
    if (fits) places.push_back({of_account_.integer(0), of_account_.integer(1)});
  }
  of_account_.reset();
  return places;
}

std::vector<NoticeList::Place> NoticeList::of_facets(const NoticeFilter& filter, const Window& window,
                                                     std::size_t limit) {
  // The newest places found so far, the oldest of them on top.
  std::priority_queue<Place, std::vector<Place>, std::greater<>> newest;
  const std::int64_t first_state = filter.state ? rows::code(*filter.state) : 0;
  const std::int64_t last_state = filter.state ? first_state : rows::code(NoticeState::cancelled);
  of_facet_.bind(3, window.end.accepted_at).bind(4, window.end.number).bind(5, window.first_ms);
  for (const std::int64_t facet : facets(filter)) {
    for (std::int64_t state = first_state; state <= last_state && limit > 0; ++state) {
      of_facet_.bind(1, facet).bind(2, state);
      while (of_facet_.step()) {
        const Place place{of_facet_.integer(0), of_facet_.integer(1)};
        if (newest.size() == limit) {
          if (place < newest.top()) break;
          newest.pop();
        }
        newest.push(place);
      }
      of_facet_.reset();
    }
  }
  std::vector<Place> places(newest.size());
  for (auto place = places.rbegin(); place != places.rend(); ++place, newest.pop()) *place = newest.top();
  return places;
}

}  // namespace duenotice
