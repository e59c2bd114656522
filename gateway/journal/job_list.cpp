#include "gateway/journal/job_list.hpp"

#include "gateway/journal/job_rows.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/selection.hpp"
#include "gateway/notice/passed_over.hpp"

namespace duenotice {
namespace {

std::string is_because_of(std::string_view reason) { return "reason = '" + std::string(reason) + "'"; }

/// A stuck delivery that no replay takes, of the row `row`.
std::string stays_stuck(const std::string& row, bool accept_late) {
  return "(" + row + "." + is_because_of(passed_over::provider_confirms) +
         (accept_late ? "" : " OR " + row + "." + is_because_of(passed_over::late)) + ")";
}

/// Of an `in_order` notice without a date one channel after the other is sent: while one of them has its
/// turn no other gets it, and of several that are stuck the first that the replay comes to.
std::string has_no_turn(const Selection& selection, bool accept_late) {
  const std::string before = selection.channel ? "0"
                                               : "o.state IN (4, 5) AND o.channel < d.channel AND NOT " +
                                                     stays_stuck("o", accept_late) +
                                                     (selection.state ? " AND o.state = d.state" : "") +
                                                     (selection.code ? " AND o.last_code = d.last_code" : "");
  return "(n.in_order AND d.counts AND n.deemed_at IS NULL AND EXISTS (SELECT 1 FROM deliveries AS o WHERE "
         "o.notice = d.notice AND o.counts AND (o.state IN (1, 2) OR (o.state = 0 AND o.due_at IS NOT NULL) "
         "OR (" +
         before + "))))";
}

/// It was accepted for the sandbox and its channel is real now, or the other way round.
std::string has_other_transport(const ReplayTerms& terms) {
  std::string sandboxes;
  for (const Channel channel : terms.sandboxes)
    sandboxes += (sandboxes.empty() ? "" : ",") + std::to_string(rows::code(channel));
  return "d.sandbox <> (d.channel IN (" + sandboxes + "))";
}

/// What NoticeLife::replay would say no to, of the row `d`. The states are as rows have them: 0 waiting, 1 in
/// flight, 2 relayed, 3 sent, 4 failed, 5 held; behind them what is cancelled or not needed.
std::string would_be_passed_over(const Selection& selection, const ReplayTerms& terms,
                                 const std::string& too_late) {
  const bool accept_late = terms.accept_late;
  const std::string waits = terms.address.empty() ? "" : " WHEN d.state = 0 THEN d.address = :address";
  return "(CASE WHEN " + has_other_transport(terms) +
         " THEN 1 WHEN d.state = 3 THEN d.channel = " + std::to_string(rows::code(Channel::in_site)) +
         " OR EXISTS (SELECT 1 FROM resends AS r WHERE r.notice = d.notice AND r.channel = d.channel)" +
         (accept_late ? "" : " OR " + too_late) + " WHEN d.state IN (4, 5) THEN " +
         stays_stuck("d", accept_late) + " OR " + has_no_turn(selection, accept_late) + waits +
         " ELSE 1 END)";
}

/// Of the row `d`: a replay that has still something to make due took it too, and did not pass it over.
constexpr std::string_view in_a_running_replay =
    "EXISTS (SELECT 1 FROM jobs AS j INDEXED BY jobs_running CROSS JOIN job_items AS i WHERE j.ended_at IS "
    "NULL AND j.state = 0 AND i.job = j.job AND i.notice = d.notice AND i.channel = d.channel AND i.state <> "
    "2)";

void add_passed_over(JobProgress& progress, std::string_view why, std::int64_t count) {
  for (JobProgress::PassedOver& each : progress.passed_over) {
    if (each.why != why) continue;
    each.count += count;
    return;
  }
  progress.passed_over.push_back({std::string(why), count});
}

}  // namespace

std::int64_t JobProgress::ended() const {
  std::int64_t count = sent + relayed + waiting + failed + unknown + held;
  for (const PassedOver& each : passed_over) count += each.count;
  return count;
}

std::vector<SelectionCount> JobList::count(const Selection& selection, const ReplayTerms& terms,
                                           Instant now) {
  const std::string too_late =
      "(d.start_by IS NOT NULL AND d.start_by <= " + std::to_string(to_unix_ms(now)) + ")";
  const std::string passed_over = would_be_passed_over(selection, terms, too_late);
  const std::string counted = "SELECT d.channel, count(*), sum(d.state = 3 AND NOT " + passed_over +
                              "), sum(d.state <> 3 AND d.unknowns > 0 AND NOT " + passed_over + "), sum(" +
                              too_late + " AND NOT " + passed_over + "), sum(" + passed_over +
                              "), sum(n.deemed_at IS NOT NULL AND NOT " + passed_over + "), sum(" +
                              std::string(in_a_running_replay) + "), sum(d.state = 0 AND NOT " + passed_over +
                              "), " + (terms.address.empty() ? "0" : "sum(d.state IN (1, 2))");
  sqlite::Statement statement =
      database_.prepare(selection_sql(selection, counted, "GROUP BY d.channel ORDER BY d.channel"));
  // The address has a name, and the first place: it stands before the filters.
  if (!terms.address.empty()) statement.bind_borrowed(1, terms.address);
  (void)bind_selection(statement, selection, terms.address.empty() ? 1 : 2);
  return rows::all(statement, [](const sqlite::Statement& row) {
    return SelectionCount{.channel = rows::channel(row.integer(0)),
                          .deliveries = row.integer(1),
                          .sent_already = row.integer(2),
                          .possibly_sent = row.integer(3),
                          .late = row.integer(4),
                          .dated = row.integer(6),
                          .corrected_waiting = row.integer(8),
                          .under_way = row.integer(9),
                          .passed_over = row.integer(5),
                          .in_another = row.integer(7)};
  });
}

bool JobList::has(const std::string& job_id) {
  sqlite::Statement statement = database_.prepare("SELECT 1 FROM jobs WHERE id = ?");
  return statement.bind(1, job_id).step();
}

std::optional<JobProgress> JobList::progress(const std::string& job_id, Instant now) {
  sqlite::Statement find =
      database_.prepare(rows::select(std::string(rows::job_columns) + ", stop_act", "jobs WHERE id = ?"));
  std::optional<std::int64_t> stop_act;
  auto progress = rows::one(find.bind(1, job_id), [&](const sqlite::Statement& row) {
    JobProgress found;
    found.job = rows::read_job(row);
    stop_act = row.optional_integer(rows::job_columns_count);
    return found;
  });
  if (!progress) return std::nullopt;
  progress->asked = act(progress->job.act);
  if (stop_act) progress->stopped = act(*stop_act);
  sqlite::Statement items =
      database_.prepare("SELECT state, why, count(*) FROM job_items WHERE job = ? GROUP BY state, why");
  items.bind(1, progress->job.number);
  while (items.step()) {
    if (items.integer(0) == rows::code(JobItemState::to_do)) {
      if (progress->stopped) {
        add_passed_over(*progress, passed_over::replay_stopped, items.integer(2));
      } else {
        progress->to_do = items.integer(2);
      }
    }
    if (items.integer(0) == rows::code(JobItemState::passed_over))
      add_passed_over(*progress, items.text(1), items.integer(2));
  }
  add_made_due(*progress, now);
  return progress;
}

/// A delivery that the replay made due says by its state how that goes; a further sending of one that was
/// sent before, or a delivery that another replay took over, by the last attempt that this replay made.
void JobList::add_made_due(JobProgress& progress, Instant now) {
  sqlite::Statement statement = database_.prepare(
      "SELECT d.job = i.job, d.state, CASE WHEN r.notice IS NULL THEN d.due_at IS NULL OR d.due_at > ?1 "
      "ELSE coalesce(r.due_at > ?1, 0) END, r.notice IS NOT NULL, "
      "CASE WHEN d.job IS NOT i.job AND r.notice IS NULL THEN (SELECT coalesce(a.outcome, -1) FROM attempts "
      "AS a "
      "WHERE a.notice = i.notice AND a.channel = i.channel AND a.job = i.job ORDER BY a.number DESC LIMIT 1) "
      "END, count(*) FROM job_items AS i "
      "JOIN deliveries AS d ON d.notice = i.notice AND d.channel = i.channel "
      "LEFT JOIN resends AS r ON r.notice = i.notice AND r.channel = i.channel AND r.job = i.job AND NOT "
      "r.relayed "
      "WHERE i.job = ?2 AND i.state = 1 GROUP BY 1, 2, 3, 4, 5");
  statement.bind(1, to_unix_ms(now)).bind(2, progress.job.number);
  while (statement.step()) {
    const bool is_its_own = statement.integer(0) != 0;
    const bool later = statement.integer(2) != 0;
    const std::int64_t count = statement.integer(5);
    if (is_its_own) {
      add_delivery(progress, rows::delivery_state(statement.integer(1)), later, count);
    } else if (statement.integer(3) != 0) {
      (later ? progress.waiting : progress.under_way) += count;
    } else if (statement.is_null(4)) {
      progress.failed += count;  // it ended before an attempt: its transport had changed
    } else if (statement.integer(4) < 0) {
      progress.under_way += count;
    } else {
      add_attempt(progress, rows::outcome(statement.integer(4)), count);
    }
  }
}

void JobList::add_delivery(JobProgress& progress, DeliveryState state, bool later, std::int64_t count) {
  switch (state) {
    case DeliveryState::waiting:
      (later ? progress.waiting : progress.under_way) += count;
      break;
    case DeliveryState::in_flight:
    case DeliveryState::relayed:
      progress.under_way += count;
      break;
    case DeliveryState::sent:
      progress.sent += count;
      break;
    case DeliveryState::failed:
      progress.failed += count;
      break;
    case DeliveryState::held:
      progress.held += count;
      break;
    case DeliveryState::cancelled:
    case DeliveryState::not_needed:
      add_passed_over(progress, to_text(state), count);
      break;
  }
}

/// The replay does not wait for the report about a further sending that our own relay has: it moves no date.
void JobList::add_attempt(JobProgress& progress, Outcome outcome, std::int64_t count) {
  switch (outcome) {
    case Outcome::sent:
      progress.sent += count;
      break;
    case Outcome::relayed:
      progress.relayed += count;
      break;
    case Outcome::unknown:
      progress.unknown += count;
      break;
    case Outcome::transient_failure:
    case Outcome::permanent_failure:
    case Outcome::not_started:
      progress.failed += count;
      break;
  }
}

Act JobList::act(std::int64_t number) {
  sqlite::Statement statement = database_.prepare(rows::select(rows::act_columns, "acts WHERE act = ?"));
  return rows::one(statement.bind(1, number), rows::read_act).value_or(Act{});
}

std::vector<JobProgress> JobList::newest(const std::optional<std::string>& before, int limit, Instant now) {
  sqlite::Statement statement = database_.prepare(
      "SELECT id FROM jobs WHERE job < coalesce((SELECT job FROM jobs WHERE id = ?1), 9223372036854775807) "
      "ORDER BY job DESC LIMIT ?2");
  statement.bind(1, before).bind(2, limit);
  const auto ids = rows::all(statement, [](const sqlite::Statement& row) { return row.text(0); });
  std::vector<JobProgress> jobs;
  for (const std::string& id : ids) jobs.push_back(*progress(id, now));
  return jobs;
}

std::optional<std::string> JobList::job_like(const Digest& same_as) {
  sqlite::Statement statement = database_.prepare("SELECT id FROM jobs WHERE same_as = ?");
  return rows::one(statement.bind_borrowed_blob(1, rows::bytes(same_as)),
                   [](const sqlite::Statement& row) { return row.text(0); });
}

}  // namespace duenotice
