#include "gateway/journal/audit_list.hpp"

#include <algorithm>
#include <limits>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/journal/notice_terms.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

using sqlite::Statement;

constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
constexpr auto highest = std::numeric_limits<std::int64_t>::max();

const std::string place_columns = "n.deemed_on IS NULL, coalesce(n.deemed_on, n.accepted_at), n.number";

/// Of the parameters of `account_or_address_statement`.
constexpr int first_of_terms = 6;

}  // namespace

AuditList::AuditList(sqlite::Database& database)
    : database_(database),
      facets_(database),
      place_(database.prepare("SELECT " + place_columns + " FROM notices AS n WHERE id = ?")),
      clauses_(database.prepare(clauses_statement())),
      dated_(database.prepare(dated_statement())),
      undated_(database.prepare("SELECT 1, accepted_at, number FROM notices INDEXED BY notices_by_facet "
                                "WHERE facet = ?1 AND state = ?2 AND (accepted_at, number) < (?3, ?4) "
                                "AND (?5 IS NULL OR clause = ?5) ORDER BY accepted_at DESC, number DESC")),
      notice_(database.prepare(rows::select(rows::notice_columns, "notices WHERE number = ?"))),
      deliveries_(database.prepare(rows::select(rows::delivery_columns, "deliveries WHERE notice = ?"))),
      attempt_(database.prepare(
          rows::select(rows::attempt_columns, "attempts WHERE notice = ? AND channel = ? AND number = ?"))),
      rendering_(database.prepare(rows::select(
          rows::rendering_columns, "renderings WHERE notice = ? AND channel = ? AND revision = ?"))) {}

std::string AuditList::dated_statement() {
  return "SELECT 0, deemed_on, number FROM notices INDEXED BY notices_by_legal_date "
         "WHERE facet = ? AND clause = ? AND (deemed_on, number) < (?, ?) AND deemed_on >= ? "
         "ORDER BY deemed_on DESC, number DESC";
}

/// One look at the index for each clause there is, instead of one for each notice.
std::string AuditList::clauses_statement() {
  const std::string least =
      "SELECT min(clause) FROM notices INDEXED BY notices_by_legal_date "
      "WHERE facet = ?1 AND deemed_on IS NOT NULL";
  return "WITH RECURSIVE c (clause) AS (" + least + " UNION ALL SELECT (" + least +
         " AND clause > c.clause) FROM c WHERE c.clause IS NOT NULL) "
         "SELECT clause FROM c WHERE clause IS NOT NULL";
}

/// `?1` to `?3` are the place before which it begins, `?4` the most rows, `?5` the address.
std::string AuditList::account_or_address_statement(const AuditFilter& filter) {
  const std::string range =
      filter.address ? "(SELECT DISTINCT notice FROM renderings INDEXED BY renderings_by_address "
                       "WHERE address = ?5) AS a CROSS JOIN notices AS n ON n.number = a.notice WHERE "
                     : "notices AS n INDEXED BY notices_by_account WHERE ";
  return "SELECT " + place_columns + " FROM " + range + "(" + place_columns + ") < (?1, ?2, ?3)" +
         NoticeTerms(filter, first_of_terms).sql() + " ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT ?4";
}

Result<AuditPage> AuditList::page(const AuditFilter& filter, const std::optional<std::string>& after,
                                  int limit) {
  Place end{1, highest, highest};
  if (after) {
    const auto place = rows::one(place_.bind(1, *after), [](const Statement& row) {
      return Place{row.integer(0), row.integer(1), row.integer(2)};
    });
    if (!place) return Error{ErrorKind::not_found, "there is no notice " + *after + " to list after"};
    end = *place;
  }
  // One beyond the page tells whether it is the last.
  const auto most = static_cast<std::size_t>(std::clamp(limit, 0, limits::list_rows_most));
  AuditPage page;
  std::vector<Place> places = filter.account || filter.address ? of_account_or_address(filter, end, most + 1)
                                                               : of_facets(filter, end, most + 1);
  page.more = places.size() > most;
  if (page.more) places.resize(most);
  for (const Place& place : places) page.notices.push_back(entry(place.number));
  Statement last = database_.prepare("SELECT sequence, at FROM events ORDER BY sequence DESC LIMIT 1");
  if (last.step()) page.record = {last.integer(0), from_unix_ms(last.integer(1))};
  return page;
}

std::vector<AuditList::Place> AuditList::of_account_or_address(const AuditFilter& filter, const Place& end,
                                                               std::size_t limit) {
  Statement listing = database_.prepare(account_or_address_statement(filter));
  listing.bind(1, end.undated).bind(2, end.key).bind(3, end.number);
  listing.bind(4, static_cast<std::int64_t>(limit));
  if (filter.address) listing.bind(5, *filter.address);
  NoticeTerms(filter, first_of_terms).bind(listing);
  return rows::all(listing, [](const Statement& row) {
    return Place{row.integer(0), row.integer(1), row.integer(2)};
  });
}

std::vector<AuditList::Place> AuditList::of_facets(const AuditFilter& filter, const Place& end,
                                                   std::size_t limit) {
  Newest<Place> newest(limit);
  const auto facets = facets_.fitting(filter.agreement, filter.kind, filter.channel);
  const auto also = filter.clause ? facets_.also_under(*filter.clause) : std::set<std::int64_t>();
  for (const std::int64_t facet : facets) {
    // Whatever demands them, all notices of such a combination are given under the clause.
    AuditFilter within = filter;
    if (also.contains(facet)) within.clause.reset();
    // Without a legal date no notice is deemed delivered, and with one it is nothing else.
    if (!filter.state || *filter.state == NoticeState::deemed_delivered) dated(within, end, facet, newest);
    if (!filter.from && !filter.to && end.undated == 1) undated(within, end, facet, newest);
  }
  return newest.take();
}

void AuditList::dated(const AuditFilter& filter, const Place& end, std::int64_t facet,
                      Newest<Place>& newest) {
  // Numbers begin with 1, so that place 0 of the day after stands behind all of `to`.
  std::pair<std::int64_t, std::int64_t> before{highest, highest};
  if (filter.to) before = {rows::days(*filter.to) + 1, 0};
  if (end.undated == 0) before = std::min(before, std::pair(end.key, end.number));
  const std::int64_t first = filter.from ? rows::days(*filter.from) : lowest;
  for (const std::string& clause : clauses(filter, facet)) {
    dated_.bind(1, facet).bind(2, clause).bind(3, before.first).bind(4, before.second).bind(5, first);
    while (dated_.step() && newest.offer({0, dated_.integer(1), dated_.integer(2)})) {
    }
    dated_.reset();
  }
}

void AuditList::undated(const AuditFilter& filter, const Place& end, std::int64_t facet,
                        Newest<Place>& newest) {
  for (std::int64_t state = 0; state <= rows::code(NoticeState::cancelled); ++state) {
    if (state == rows::code(NoticeState::deemed_delivered)) continue;
    if (filter.state && state != rows::code(*filter.state)) continue;
    undated_.bind(1, facet).bind(2, state).bind(3, end.key).bind(4, end.number).bind(5, filter.clause);
    while (undated_.step() && newest.offer({1, undated_.integer(1), undated_.integer(2)})) {
    }
    undated_.reset();
  }
}

std::vector<std::string> AuditList::clauses(const AuditFilter& filter, std::int64_t facet) {
  if (filter.clause) return {*filter.clause};
  return rows::all(clauses_.bind(1, facet), [](const Statement& row) { return row.text(0); });
}

AuditEntry AuditList::entry(NoticeNumber number) {
  auto notice = rows::one(notice_.bind(1, number), rows::read_notice);
  DN_ASSERT(notice.has_value());
  AuditEntry entry;
  entry.notice = *std::move(notice);
  entry.deliveries = rows::by_position(rows::all(deliveries_.bind(1, number), rows::read_delivery));
  if (const auto& deemed = entry.notice.deemed) {
    const std::int64_t channel = rows::code(deemed->channel);
    attempt_.bind(1, number).bind(2, channel).bind(3, deemed->attempt);
    entry.sending = rows::one(attempt_, rows::read_attempt);
    if (entry.sending) {
      rendering_.bind(1, number).bind(2, channel).bind(3, entry.sending->revision);
      entry.message = rows::one(rendering_, rows::read_rendering);
    }
  }
  return entry;
}

}  // namespace duenotice
