#include "gateway/journal/waiting_list.hpp"

#include <algorithm>
#include <tuple>

#include "gateway/journal/rows.hpp"
#include "gateway/journal/scrubber.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice {
namespace {

/// Who must act on a delivery with this reason, of a notice in this state.
NextActor actor_of(const StuckGroup& group, bool counts, NoticeState notice, bool late_unasked) {
  if (group.reason == reasons::lead_time_broken) return NextActor::operator_;
  Delivery delivery;
  delivery.state = group.state;
  delivery.reason = group.reason;
  delivery.counts = counts;
  return answers_of(delivery, notice, late_unasked).actor;
}

auto key(const StuckGroup& group) {
  return std::tie(group.actor, group.channel, group.state, group.reason, group.code, group.unknown);
}

void add(WaitingSpan& span, const WaitingSpan& more) {
  span.oldest = std::min(span.oldest, more.oldest);
  span.newest = std::max(span.newest, more.newest);
  span.count += more.count;
}

bool more_urgent(const StuckGroup& a, const StuckGroup& b) {
  const auto urgency = [](const StuckGroup& group) {
    return std::tuple(group.actor != NextActor::operator_, group.actor != NextActor::gateway,
                      -group.span.count, group.span.oldest);
  };
  return urgency(a) < urgency(b);
}

/// The band of `d.state_since` as a number, from the present moment ?6 on.
std::string band_sql() {
  std::string sql = "CASE";
  for (const AgeBand band : every_age_band) {
    const std::string number = std::to_string(static_cast<int>(band));
    const auto end = end_of(band);
    if (!end) return sql + " ELSE " + number + " END";
    const auto ms = std::chrono::milliseconds(*end).count();
    sql += " WHEN d.state_since > ?6 - " + std::to_string(ms) + " THEN " + number;
  }
  return sql + " END";
}

constexpr std::string_view stuck_ones =
    "deliveries AS d INDEXED BY deliveries_stuck CROSS JOIN notices AS n ON n.number = d.notice "
    "WHERE d.state IN (4, 5)";
/// The sending that made the date of each notice that went out too late for it.
constexpr std::string_view broken_ones =
    "notices AS n INDEXED BY notices_broken CROSS JOIN deliveries AS d ON d.notice = n.number AND "
    "d.channel = n.deemed_channel "
    "WHERE n.lead_time_broken = 1 AND n.late_accepted = 0 AND n.late_known = 0 AND n.deemed_at IS NOT NULL";

std::string groups_sql(const WaitingFilter& filter, const std::string& reason, std::string_view from) {
  std::string sql = "SELECT d.channel, d.state, " + reason +
                    ", d.last_code, d.unknowns > 0, n.state, count(*), "
                    "min(d.state_since), max(d.state_since), max(d.attempts > 0), n.id, d.counts, " +
                    band_sql() + ", n.lead_time_broken AND NOT n.late_accepted AND NOT n.late_known FROM " +
                    std::string(from) +
                    " AND n.account_id <> ''";  // of an erased one nothing is left to be done
  if (filter.channel) sql += " AND d.channel = ?1";
  if (filter.code) sql += " AND d.last_code = ?2";
  if (filter.kind) sql += " AND n.kind = ?3";
  if (filter.agreement) sql += " AND n.agreement = ?4";
  if (filter.since) sql += " AND n.accepted_at >= ?5";
  return sql + " GROUP BY 1, 2, 3, 4, 5, 6, 12, 13, 14";
}

}  // namespace

std::string_view to_text(AgeBand band) {
  switch (band) {
    case AgeBand::hour:
      return "under_1h";
    case AgeBand::day:
      return "under_1d";
    case AgeBand::week:
      return "under_7d";
    case AgeBand::older:
      return "older";
  }
  return {};
}

/// The states are written out, or SQLite would not know that the partial index holds them.
std::string WaitingList::groups_statement(const WaitingFilter& filter) {
  return groups_sql(filter, "d.reason", stuck_ones) + " UNION ALL " +
         groups_sql(filter, "'" + std::string(reasons::lead_time_broken) + "'", broken_ones);
}

Waiting WaitingList::read(const WaitingFilter& filter, Instant now) {
  Waiting waiting;
  waiting.groups = groups(filter, now);
  waiting.rejected =
      span("SELECT count(*), min(at), max(at) FROM rejections INDEXED BY rejections_open WHERE state = 0");
  waiting.dead_letters = span(
      "SELECT count(*), min(r.at), max(r.at) FROM outbox AS o JOIN rejections AS r ON r.number = "
      "o.rejection");
  waiting.overdue_relays = span(
      "SELECT count(*), min(due_at), max(due_at) FROM deliveries INDEXED BY deliveries_relayed "
      "WHERE state = 2 AND due_at < ?1",
      to_unix_ms(now));
  waiting.erasing = scrubbing_is_wanted(database_);
  return waiting;
}

std::vector<StuckGroup> WaitingList::groups(const WaitingFilter& filter, Instant now) {
  sqlite::Statement statement = database_.prepare(groups_statement(filter));
  if (filter.channel) statement.bind(1, rows::code(*filter.channel));
  if (filter.code) statement.bind(2, *filter.code);
  if (filter.kind) statement.bind(3, *filter.kind);
  if (filter.agreement) statement.bind(4, *filter.agreement);
  if (filter.since) statement.bind(5, to_unix_ms(*filter.since));
  statement.bind(6, to_unix_ms(now));
  std::vector<StuckGroup> groups;
  while (statement.step()) {
    StuckGroup group{.channel = rows::channel(statement.integer(0)),
                     .state = rows::delivery_state(statement.integer(1)),
                     .reason = statement.text(2),
                     .code = statement.text(3),
                     .unknown = statement.integer(4) != 0,
                     .attempted = statement.integer(9) != 0,
                     .span = {statement.integer(6), from_unix_ms(statement.integer(7)),
                              from_unix_ms(statement.integer(8))},
                     .example = statement.text(10)};
    const auto band = static_cast<std::size_t>(statement.integer(12));
    group.by_age.at(band) = group.span.count;
    group.actor = actor_of(group, statement.integer(11) != 0, rows::notice_state(statement.integer(5)),
                           statement.integer(13) != 0);
    const auto same = std::find_if(groups.begin(), groups.end(),
                                   [&](const StuckGroup& each) { return key(each) == key(group); });
    if (same == groups.end()) {
      groups.push_back(std::move(group));
    } else {
      same->attempted = same->attempted || group.attempted;
      same->by_age.at(band) += group.span.count;
      add(same->span, group.span);
    }
  }
  std::sort(groups.begin(), groups.end(), more_urgent);
  return groups;
}

WaitingSpan WaitingList::span(const std::string& sql, std::optional<std::int64_t> parameter) {
  sqlite::Statement statement = database_.prepare(sql);
  if (parameter) statement.bind(1, *parameter);
  if (!statement.step()) return {};
  return {statement.integer(0), from_unix_ms(statement.integer(1)), from_unix_ms(statement.integer(2))};
}

}  // namespace duenotice
