#include "gateway/base/assert.hpp"
#include "gateway/journal/job_rows.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/selection.hpp"
#include "gateway/journal/sqlite_transaction.hpp"

// What people decide: acts, replays, further sendings, rejections.

namespace duenotice {
namespace {

constexpr std::string_view item_columns =
    "i.job, i.notice, i.channel, i.found, i.reason, i.revision, i.late_accepted";

JobItem read_item(const sqlite::Statement& row) {
  return {.job = row.integer(0),
          .notice = row.integer(1),
          .channel = rows::channel(row.integer(2)),
          .found = rows::delivery_state(row.integer(3)),
          .reason = row.text(4),
          .revision = static_cast<int>(row.integer(5)),
          .late_accepted = row.integer(6) != 0};
}

/// What a replay made due and has still to be started: its delivery, or a further sending of it.
constexpr std::string_view with_what_waits =
    "job_items AS i JOIN deliveries AS d ON d.notice = i.notice AND d.channel = i.channel "
    "LEFT JOIN resends AS r ON r.notice = i.notice AND r.channel = i.channel AND r.job = i.job AND NOT "
    "r.relayed ";

constexpr std::string_view resend_columns = "notice, channel, job, due_at, revision, failures, relayed";

Resend read_resend(const sqlite::Statement& row) {
  Resend resend;
  resend.notice = row.integer(0);
  resend.channel = rows::channel(row.integer(1));
  resend.job = row.integer(2);
  if (!row.is_null(3)) resend.due_at = from_unix_ms(row.integer(3));
  resend.revision = static_cast<int>(row.integer(4));
  resend.failures = static_cast<int>(row.integer(5));
  resend.relayed = row.integer(6) != 0;
  return resend;
}

}  // namespace

void SqliteTransaction::prepare_decisions() {
  insert_act_ = prepare(
      "INSERT INTO acts (id, at, what, operator, reason, notice, channel, statement, evidence_name, "
      "evidence_digest, evidence, subject) VALUES (?,?,?,?,sealed(?12, 'reason', ?5),?6,?7,"
      "sealed(?12, 'statement', ?8),sealed(?12, 'evidence_name', ?9),?10,sealed(?12, 'evidence', ?11),?12)");
  job_like_ = prepare(rows::select(rows::job_columns, "jobs WHERE same_as = ?"));
  insert_job_ = prepare(
      "INSERT INTO jobs (id, act, same_as, selection, state, rate, accept_late, address) "
      "VALUES (?,?,?,sealed((SELECT subject FROM acts WHERE act = ?2), 'selection', ?4),?5,?6,?7,"
      "sealed((SELECT subject FROM acts WHERE act = ?2), 'address', ?8))");
  job_ = prepare(rows::select(rows::job_columns, "jobs WHERE job = ?"));
  job_state_ = prepare("SELECT state FROM jobs WHERE job = ?");
  running_jobs_ = prepare(rows::select(rows::open_job_columns, "jobs WHERE ended_at IS NULL ORDER BY job"));
  items_to_do_ =
      prepare(rows::select(item_columns,
                           "job_items AS i INDEXED BY job_items_to_do WHERE i.state = 0 AND i.job = ? "
                           "ORDER BY i.notice, i.channel LIMIT ?"));
  settle_item_ =
      prepare("UPDATE job_items SET state = ?, why = ? WHERE job = ? AND notice = ? AND channel = ?");
  end_job_ =
      prepare("UPDATE jobs SET state = CASE state WHEN 0 THEN 1 ELSE state END, ended_at = ? WHERE job = ?");
  find_job_ = prepare("SELECT job FROM jobs WHERE id = ?");
  stop_job_ = prepare("UPDATE jobs SET state = 2, stop_act = ?, ended_at = NULL WHERE job = ?");
  job_is_open_ = prepare(
      "SELECT EXISTS (SELECT 1 FROM job_items WHERE job = ?1 AND state = 0) OR EXISTS (SELECT 1 FROM " +
      std::string(with_what_waits) +
      "WHERE i.job = ?1 AND i.state = 1 AND (d.job = i.job AND d.state IN (0, 1, 2) OR r.notice IS NOT "
      "NULL))");
  job_item_ = prepare(
      rows::select(item_columns, "job_items AS i WHERE i.job = ? AND i.notice = ? AND i.channel = ?"));
  items_waiting_ = prepare(rows::select(
      item_columns, std::string(with_what_waits) +
                        "WHERE i.job = ?1 AND i.state = 1 AND (i.notice, i.channel) > (?2, ?3) AND "
                        "(d.job = i.job AND d.state = 0 OR r.due_at IS NOT NULL OR i.late_accepted) "
                        "ORDER BY i.notice, i.channel LIMIT ?4"));
  mark_late_accepted_ =
      prepare("UPDATE job_items SET late_accepted = 1 WHERE job = ? AND notice = ? AND channel = ?");
  late_accepted_by_ = prepare(
      "SELECT DISTINCT job FROM job_items INDEXED BY job_items_late WHERE late_accepted = 1 AND notice = ?");
  forget_late_accepted_ = prepare(
      "UPDATE job_items INDEXED BY job_items_late SET late_accepted = 0 WHERE late_accepted = 1 AND "
      "notice = ?1 AND job = coalesce(?2, job)");

  rejection_ = prepare(rows::stored_rejection_by_id);
  settle_rejection_ = prepare("UPDATE rejections SET state = ?, act = ?, became = ? WHERE number = ?");
  insert_release_ = prepare(
      "INSERT INTO rejection_releases (rejection, difference, body) VALUES (?1, "
      "sealed((SELECT subject FROM rejections WHERE number = ?1), 'difference', ?2), "
      "sealed((SELECT subject FROM rejections WHERE number = ?1), 'released_body', ?3))");
}

void SqliteTransaction::prepare_resends() {
  resend_ = prepare(rows::select(resend_columns, "resends WHERE notice = ? AND channel = ?"));
  insert_resend_ = prepare(
      "INSERT INTO resends (notice, channel, job, due_at, revision, failures, relayed) VALUES "
      "(?,?,?,?,?,?,?)");
  update_resend_ =
      prepare("UPDATE resends SET due_at = ?, failures = ?, relayed = ? WHERE notice = ? AND channel = ?");
  remove_resend_ = prepare("DELETE FROM resends WHERE notice = ? AND channel = ?");
  due_resends_ = prepare(rows::select(resend_columns,
                                      "resends INDEXED BY resends_due WHERE due_at IS NOT NULL AND "
                                      "channel = ? AND relayed = ? AND due_at <= ? ORDER BY due_at LIMIT ?"));
  next_resend_ = prepare(
      "SELECT due_at FROM resends INDEXED BY resends_due WHERE due_at IS NOT NULL AND channel = ? "
      "AND relayed = 0 ORDER BY due_at LIMIT 1");
}

std::int64_t SqliteTransaction::insert_act(const Act& act) {
  insert_act_.bind_borrowed(1, act.id)
      .bind(2, to_unix_ms(act.at))
      .bind_borrowed(3, act.what)
      .bind_borrowed(4, act.operator_name)
      .bind_borrowed(5, act.reason)
      .bind(6, act.notice)
      .bind(7, rows::code(act.channel))
      .bind_borrowed(8, act.statement)
      .bind_borrowed(9, act.evidence_name);
  const Digest digest = sha256(act.evidence);
  insert_act_.bind_borrowed_blob(11, act.evidence);
  if (act.evidence_name.empty()) {
    insert_act_.bind_null(10);
  } else {
    insert_act_.bind_borrowed_blob(10, rows::bytes(digest));
  }
  insert_act_.bind(12, act.notice ? subject_of_notice(*act.notice) : act.subject);
  insert_act_.run();
  return database_.last_insert_id();
}

// ---- replays
// ---------------------------------------------------------------------------------------------------

std::optional<Job> SqliteTransaction::job_like(const Digest& same_as) {
  return rows::one(job_like_.bind_borrowed_blob(1, rows::bytes(same_as)), rows::read_job);
}

JobNumber SqliteTransaction::insert_job(const Job& job) {
  insert_job_.bind_borrowed(1, job.id)
      .bind(2, job.act)
      .bind_borrowed_blob(3, rows::bytes(job.same_as))
      .bind_borrowed(4, job.selection)
      .bind(5, rows::code(job.state))
      .bind(6, job.rate)
      .bind(7, job.accept_late)
      .bind_borrowed(8, job.address)
      .run();
  return database_.last_insert_id();
}

bool SqliteTransaction::selects_any(const Selection& selection) {
  sqlite::Statement select = prepare(selection_sql(selection, "SELECT 1", "LIMIT 1"));
  (void)bind_selection(select, selection, 1);
  return select.step();
}

int SqliteTransaction::select_into_job(JobNumber job, const Selection& selection, int most) {
  sqlite::Statement select = prepare(selection_sql(
      selection,
      "INSERT INTO job_items (job, notice, channel, found, reason, revision, state, why) SELECT ?, d.notice, "
      "d.channel, d.state, d.reason, d.revision, 0, ''",
      "ORDER BY d.notice, d.channel LIMIT ?"));
  const int place = bind_selection(select.bind(1, job), selection, 2);
  select.bind(place, most).run();
  return static_cast<int>(database_.changes());
}

Job SqliteTransaction::job(JobNumber number) {
  auto found = rows::one(job_.bind(1, number), rows::read_job);
  DN_ASSERT(found.has_value());
  return *std::move(found);
}

JobState SqliteTransaction::job_state(JobNumber number) {
  const auto state = rows::one(job_state_.bind(1, number),
                               [](const sqlite::Statement& row) { return rows::job_state(row.integer(0)); });
  DN_ASSERT(state.has_value());
  return *state;
}

std::vector<Job> SqliteTransaction::running_jobs() { return rows::all(running_jobs_, rows::read_open_job); }

std::vector<JobItem> SqliteTransaction::items_to_do(JobNumber job, int most) {
  return rows::all(items_to_do_.bind(1, job).bind(2, most), read_item);
}

void SqliteTransaction::settle_item(const JobItem& item, JobItemState state, std::string_view why) {
  settle_item_.bind(1, rows::code(state))
      .bind_borrowed(2, why)
      .bind(3, item.job)
      .bind(4, item.notice)
      .bind(5, rows::code(item.channel))
      .run();
  DN_ASSERT(database_.changes() == 1);
}

void SqliteTransaction::end_job(JobNumber job, Instant at) {
  end_job_.bind(1, to_unix_ms(at)).bind(2, job).run();
}

std::optional<JobNumber> SqliteTransaction::find_job(std::string_view job_id) {
  return rows::one(find_job_.bind_borrowed(1, job_id),
                   [](const sqlite::Statement& row) { return row.integer(0); });
}

bool SqliteTransaction::job_is_open(JobNumber job) {
  return *rows::one(job_is_open_.bind(1, job),
                    [](const sqlite::Statement& row) { return row.integer(0) != 0; });
}

void SqliteTransaction::stop_job(JobNumber job, std::int64_t act) {
  stop_job_.bind(1, act).bind(2, job).run();
  DN_ASSERT(database_.changes() == 1);
}

JobItem SqliteTransaction::job_item(JobNumber job, NoticeNumber notice, Channel channel) {
  auto found = rows::one(job_item_.bind(1, job).bind(2, notice).bind(3, rows::code(channel)), read_item);
  DN_ASSERT(found.has_value());
  return *std::move(found);
}

std::vector<JobItem> SqliteTransaction::items_waiting(JobNumber job, const std::optional<JobItem>& after,
                                                      int most) {
  items_waiting_.bind(1, job)
      .bind(2, after ? after->notice : 0)
      .bind(3, after ? rows::code(after->channel) : -1)
      .bind(4, most);
  return rows::all(items_waiting_, read_item);
}

void SqliteTransaction::mark_late_accepted(const JobItem& item) {
  mark_late_accepted_.bind(1, item.job).bind(2, item.notice).bind(3, rows::code(item.channel)).run();
  DN_ASSERT(database_.changes() == 1);
}

std::vector<JobNumber> SqliteTransaction::late_accepted_by(NoticeNumber notice) {
  return rows::all(late_accepted_by_.bind(1, notice),
                   [](const sqlite::Statement& row) { return row.integer(0); });
}

void SqliteTransaction::forget_late_accepted(NoticeNumber notice, std::optional<JobNumber> job) {
  forget_late_accepted_.bind(1, notice).bind(2, job).run();
}

// ---- further sendings
// ------------------------------------------------------------------------------------------

std::optional<Resend> SqliteTransaction::resend(NoticeNumber notice, Channel channel) {
  return rows::one(resend_.bind(1, notice).bind(2, rows::code(channel)), read_resend);
}

void SqliteTransaction::insert_resend(const Resend& resend) {
  insert_resend_.bind(1, resend.notice)
      .bind(2, rows::code(resend.channel))
      .bind(3, resend.job)
      .bind(4, rows::ms(resend.due_at))
      .bind(5, resend.revision)
      .bind(6, resend.failures)
      .bind(7, resend.relayed)
      .run();
}

void SqliteTransaction::update_resend(const Resend& resend) {
  update_resend_.bind(1, rows::ms(resend.due_at))
      .bind(2, resend.failures)
      .bind(3, resend.relayed)
      .bind(4, resend.notice)
      .bind(5, rows::code(resend.channel))
      .run();
  DN_ASSERT(database_.changes() == 1);
}

void SqliteTransaction::remove_resend(NoticeNumber notice, Channel channel) {
  remove_resend_.bind(1, notice).bind(2, rows::code(channel)).run();
}

std::vector<Resend> SqliteTransaction::due_resends(Channel channel, Instant now, int most) {
  return resends(channel, false, now, most);
}

std::vector<Resend> SqliteTransaction::overdue_resends(Channel channel, Instant now, int most) {
  return resends(channel, true, now, most);
}

std::vector<Resend> SqliteTransaction::resends(Channel channel, bool relayed, Instant until, int most) {
  due_resends_.bind(1, rows::code(channel)).bind(2, relayed).bind(3, to_unix_ms(until)).bind(4, most);
  return rows::all(due_resends_, read_resend);
}

// ---- rejections
// ------------------------------------------------------------------------------------------------

std::optional<StoredRejection> SqliteTransaction::rejection(std::string_view id) {
  return rows::one(rejection_.bind_borrowed(1, id), rows::read_stored_rejection);
}

void SqliteTransaction::settle_rejection(std::int64_t number, std::int64_t act, std::string_view became) {
  settle_rejection_.bind(1, became.empty() ? 2 : 1).bind(2, act);
  if (became.empty()) {
    settle_rejection_.bind_null(3);
  } else {
    settle_rejection_.bind_borrowed(3, became);
  }
  settle_rejection_.bind(4, number).run();
  DN_ASSERT(database_.changes() == 1);
}

void SqliteTransaction::insert_release(std::int64_t rejection, std::string_view difference,
                                       std::string_view body) {
  insert_release_.bind(1, rejection).bind_borrowed(2, difference).bind_borrowed_blob(3, body).run();
}

}  // namespace duenotice
