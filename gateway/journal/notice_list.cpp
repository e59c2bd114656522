#include "gateway/journal/notice_list.hpp"

#include <algorithm>
#include <limits>

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
    : facets_(database),
      place_(database.prepare("SELECT accepted_at, number FROM notices WHERE id = ?")),
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

std::vector<NoticeList::Place> NoticeList::of_account(const NoticeFilter& filter, const Window& window,
                                                      std::size_t limit) {
  const std::set<std::int64_t> fitting = facets_.fitting(filter.agreement, filter.kind, filter.channel);
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
  Newest<Place> newest(limit);
  const std::int64_t first_state = filter.state ? rows::code(*filter.state) : 0;
  const std::int64_t last_state = filter.state ? first_state : rows::code(NoticeState::cancelled);
  of_facet_.bind(3, window.end.accepted_at).bind(4, window.end.number).bind(5, window.first_ms);
  for (const std::int64_t facet : facets_.fitting(filter.agreement, filter.kind, filter.channel)) {
    for (std::int64_t state = first_state; state <= last_state; ++state) {
      of_facet_.bind(1, facet).bind(2, state);
      while (of_facet_.step() && newest.offer({of_facet_.integer(0), of_facet_.integer(1)})) {
      }
      of_facet_.reset();
    }
  }
  return newest.take();
}

}  // namespace duenotice
