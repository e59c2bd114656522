#include "gateway/journal/backlog.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

using sqlite::Statement;

const std::string waiting =
    "FROM deliveries INDEXED BY deliveries_due WHERE channel = ?1 AND state = 0 AND due_at ";
const std::string count_due = "SELECT count(*) " + waiting + "<= ?2";
const std::string count_later = "SELECT count(*) " + waiting + "> ?2";
const std::string count_relayed =
    "SELECT count(*) FROM deliveries INDEXED BY deliveries_relayed WHERE channel = ?1 AND state = 2";
const std::string count_stuck =
    "SELECT count(*) FROM deliveries INDEXED BY deliveries_stuck "
    "WHERE channel = ?1 AND state = ?2 AND state IN (4, 5) AND last_code <> '" +
    std::string(rows::erased_code) + "'";
const std::string resends = "FROM resends INDEXED BY resends_due WHERE channel = ?1 AND relayed = 0 AND ";

/// One look at the index for each combination and state, instead of one for each notice. What the publisher
/// wants later is open from then on only.
const std::string oldest_open =
    "SELECT min(since) FROM (SELECT (SELECT min(n.accepted_at) FROM notices AS n INDEXED BY notices_by_facet "
    "WHERE n.facet = f.facet AND n.state = s.code) AS since "
    "FROM facets AS f CROSS JOIN (SELECT 0 AS code UNION ALL SELECT 1) AS s WHERE NOT f.timed "
    "UNION ALL SELECT min(not_before) FROM notices INDEXED BY notices_with_a_time "
    "WHERE not_before IS NOT NULL AND not_before <= ?1 AND state IN (0, 1))";
const std::string oldest_untold =
    "SELECT at FROM events WHERE sequence = (SELECT min(sequence) FROM events INDEXED BY "
    "events_for_publishers WHERE type IN ('accepted', 'rejected', 'deemed_delivered', 'notice_held', "
    "'notice_failed', 'notice_cancelled') AND sequence > coalesce((SELECT sequence FROM cursors WHERE name = "
    "'status_events'), 0))";
static_assert(rows::code(NoticeState::accepted) == 0 && rows::code(NoticeState::sending) == 1);
static_assert(rows::code(DeliveryState::waiting) == 0 && rows::code(DeliveryState::relayed) == 2);
static_assert(rows::code(DeliveryState::failed) == 4 && rows::code(DeliveryState::held) == 5);

std::optional<Instant> instant(const Statement& row) {
  const auto ms = row.optional_integer(0);
  return ms ? std::optional(from_unix_ms(*ms)) : std::nullopt;
}

}  // namespace

BacklogReader::BacklogReader(sqlite::Database& database)
    : database_(database),
      due_(database.prepare(count_due)),
      later_(database.prepare(count_later)),
      oldest_due_(database.prepare("SELECT min(due_at) FROM (SELECT min(due_at) AS due_at " + waiting +
                                   "<= ?2 UNION ALL SELECT min(due_at) " + resends + "due_at <= ?2)")),
      next_due_(database.prepare("SELECT min(due_at) FROM (SELECT min(due_at) AS due_at " + waiting +
                                 "> ?2 UNION ALL SELECT min(due_at) " + resends + "due_at > ?2)")),
      resends_due_(database.prepare("SELECT count(*) " + resends + "due_at <= ?2")),
      resends_later_(database.prepare("SELECT count(*) " + resends + "due_at > ?2")),
      in_flight_(database.prepare("SELECT count(*) FROM attempts INDEXED BY attempts_open "
                                  "WHERE outcome IS NULL AND channel = ?1")),
      relayed_(database.prepare(count_relayed)),
      stuck_(database.prepare(count_stuck)) {}

std::vector<std::string> BacklogReader::counting_statements() {
  return {count_due, count_later, count_relayed, count_stuck};
}

std::int64_t BacklogReader::count(Statement& statement) {
  return *rows::one(statement, [](const Statement& row) { return row.integer(0); });
}

Backlog BacklogReader::read(Instant now) {
  Backlog backlog;
  for (const Channel channel : every_channel) backlog.channels.push_back(of(channel, now));
  Statement oldest = database_.prepare(oldest_open);
  backlog.oldest_open = *rows::one(oldest.bind(1, to_unix_ms(now)), instant);
  Statement untold = database_.prepare(oldest_untold);
  backlog.oldest_untold = rows::one(untold, instant).value_or(std::nullopt);
  backlog.lead_times_broken = database_.integer(
      "SELECT count(*) FROM notices INDEXED BY notices_broken WHERE lead_time_broken = 1 AND "
      "late_accepted = 0 AND late_known = 0 AND deemed_at IS NOT NULL "
      "AND account_id <> ''");
  backlog.rejections_open = database_.integer("SELECT count(*) FROM rejections WHERE state = 0");
  backlog.dead_letters = database_.integer("SELECT count(*) FROM outbox");
  backlog.replays = database_.integer("SELECT count(*) FROM jobs WHERE state = 0");
  backlog.replay_items = database_.integer(
      "SELECT count(*) FROM jobs AS j INDEXED BY jobs_running CROSS JOIN job_items AS i INDEXED BY "
      "job_items_to_do WHERE j.ended_at IS NULL AND j.state = 0 AND i.job = j.job AND i.state = 0");
  return backlog;
}

ChannelBacklog BacklogReader::of(Channel channel, Instant now) {
  const std::int64_t code = rows::code(channel);
  const auto at = to_unix_ms(now);
  ChannelBacklog backlog{.channel = channel};
  backlog.due = count(due_.bind(1, code).bind(2, at)) + count(resends_due_.bind(1, code).bind(2, at));
  backlog.later = count(later_.bind(1, code).bind(2, at)) + count(resends_later_.bind(1, code).bind(2, at));
  backlog.oldest_due = *rows::one(oldest_due_.bind(1, code).bind(2, at), instant);
  backlog.next_due = *rows::one(next_due_.bind(1, code).bind(2, at), instant);
  backlog.in_flight = count(in_flight_.bind(1, code));
  backlog.relayed = count(relayed_.bind(1, code));
  backlog.failed = count(stuck_.bind(1, code).bind(2, rows::code(DeliveryState::failed)));
  backlog.held = count(stuck_.bind(1, code).bind(2, rows::code(DeliveryState::held)));
  return backlog;
}

}  // namespace duenotice
