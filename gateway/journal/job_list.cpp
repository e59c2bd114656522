#include "gateway/journal/job_list.hpp"

#include "gateway/journal/rows.hpp"
#include "gateway/journal/selection.hpp"

namespace duenotice {

std::vector<SelectionCount> JobList::count(const Selection& selection, bool accept_late, Instant now) {
  const std::string late_held = accept_late ? "0" : "d.state = 5 AND d.reason = 'late'";
  sqlite::Statement statement = database_.prepare(
      selection_sql(selection,
                    "SELECT d.channel, count(*), sum(d.state = 3), sum(d.state <> 3 AND d.unknowns > 0), "
                    "sum(d.start_by IS NOT NULL AND d.start_by <= " +
                        std::to_string(to_unix_ms(now)) + "), sum((" + late_held +
                        ") OR (d.state = 4 AND d.reason = 'provider_confirms'))",
                    "GROUP BY d.channel ORDER BY d.channel"));
  (void)bind_selection(statement, selection, 1);
  return rows::all(statement, [](const sqlite::Statement& row) {
    return SelectionCount{rows::channel(row.integer(0)),
                          row.integer(1),
                          row.integer(2),
                          row.integer(3),
                          row.integer(4),
                          row.integer(5)};
  });
}

std::optional<JobProgress> JobList::progress(const std::string& job_id, Instant now) {
  sqlite::Statement find = database_.prepare("SELECT job, id, selection, state, rate FROM jobs WHERE id = ?");
  auto progress = rows::one(find.bind(1, job_id), [](const sqlite::Statement& row) {
    JobProgress found;
    found.job.number = row.integer(0);
    found.job.id = row.text(1);
    found.job.selection = row.text(2);
    found.job.state = row.integer(3) == 0 ? JobState::running : JobState::done;
    found.job.rate = static_cast<int>(row.integer(4));
    return found;
  });
  if (!progress) return std::nullopt;
  sqlite::Statement items =
      database_.prepare("SELECT state, why, count(*) FROM job_items WHERE job = ? GROUP BY state, why");
  items.bind(1, progress->job.number);
  while (items.step()) {
    if (items.integer(0) == rows::code(JobItemState::to_do)) progress->to_do = items.integer(2);
    if (items.integer(0) == rows::code(JobItemState::passed_over))
      progress->passed_over.push_back({items.text(1), items.integer(2)});
  }
  add_made_due(*progress, now);
  return progress;
}

/// A delivery that was sent before the replay says nothing about it: then the replay's own last attempt does.
void JobList::add_made_due(JobProgress& progress, Instant now) {
  sqlite::Statement statement = database_.prepare(
      "SELECT d.state, coalesce(r.due_at, d.due_at) > ?, r.notice IS NOT NULL, "
      "(SELECT a.outcome FROM attempts AS a WHERE a.notice = i.notice AND a.channel = i.channel AND "
      "a.job = i.job ORDER BY a.number DESC LIMIT 1) AS ended, count(*) FROM job_items AS i "
      "JOIN deliveries AS d ON d.notice = i.notice AND d.channel = i.channel "
      "LEFT JOIN resends AS r ON r.notice = i.notice AND r.channel = i.channel AND r.job = i.job "
      "WHERE i.job = ? AND i.state = 1 GROUP BY 1, 2, 3, 4");
  statement.bind(1, to_unix_ms(now)).bind(2, progress.job.number);
  while (statement.step()) {
    const DeliveryState state = rows::delivery_state(statement.integer(0));
    const bool later = !statement.is_null(1) && statement.integer(1) != 0;
    const bool open = statement.integer(2) != 0;
    const bool failed = !statement.is_null(3) && rows::outcome(statement.integer(3)) != Outcome::sent &&
                        rows::outcome(statement.integer(3)) != Outcome::relayed;
    place(progress, state, open, later, failed, statement.integer(4));
  }
}

void JobList::place(JobProgress& progress, DeliveryState state, bool open, bool later, bool failed,
                    std::int64_t count) {
  if (open) {
    (later ? progress.waiting : progress.under_way) += count;
    return;
  }
  switch (state) {
    case DeliveryState::waiting:
      (later ? progress.waiting : progress.under_way) += count;
      break;
    case DeliveryState::in_flight:
    case DeliveryState::relayed:
      progress.under_way += count;
      break;
    case DeliveryState::sent:
      (failed ? progress.failed : progress.sent) += count;
      break;
    case DeliveryState::failed:
      progress.failed += count;
      break;
    case DeliveryState::held:
      progress.held += count;
      break;
    case DeliveryState::cancelled:
    case DeliveryState::not_needed:
      progress.passed_over.push_back({std::string(to_text(state)), count});
      break;
  }
}

std::optional<StoredRejection> JobList::rejection(const std::string& id) {
  sqlite::Statement statement = database_.prepare(rows::stored_rejection_by_id);
  return rows::one(statement.bind(1, id), rows::read_stored_rejection);
}

}  // namespace duenotice
