#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/sqlite_transaction.hpp"

namespace duenotice {

void SqliteTransaction::prepare_deliveries() {
  insert_delivery_ = prepare(
      "INSERT INTO deliveries (notice, channel, position, counts, state, due_at, revision, address, "
      "address_masked, attempts, transient_failures, unknowns, sandbox, rule, rule_clause, reason, start_by, "
      "state_since, last_code, job, cleared_to) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  update_delivery_ = prepare(
      "UPDATE deliveries SET state = ?, due_at = ?, revision = ?, address = ?, address_masked = ?, attempts "
      "= ?, transient_failures = ?, unknowns = ?, reason = ?, start_by = ?, state_since = ?, last_code = ?, "
      "job = ?, cleared_to = ? WHERE notice = ? AND channel = ?");
  deliveries_ = prepare(rows::select(rows::delivery_columns, "deliveries WHERE notice = ?"));
  // `state = 0` and `due_at IS NOT NULL` as literals let SQLite use the partial index.
  due_ = prepare(rows::select(rows::delivery_columns,
                              "deliveries INDEXED BY deliveries_due WHERE state = 0 AND due_at IS NOT NULL "
                              "AND channel = ? AND due_at <= ? ORDER BY due_at, notice LIMIT ?"));
  next_due_ = prepare(
      "SELECT due_at FROM deliveries INDEXED BY deliveries_due WHERE state = 0 AND due_at IS NOT NULL "
      "AND channel = ? ORDER BY due_at LIMIT 1");
  const std::string urgent =
      "deliveries INDEXED BY deliveries_urgent WHERE state = 0 AND due_at IS NOT NULL AND start_by IS NOT "
      "NULL "
      "AND channel = ? AND start_by ";
  next_start_by_ = prepare("SELECT min(start_by) FROM " + urgent + "> ?");
  urgent_ = prepare(
      rows::select(rows::delivery_columns, urgent + "= ? AND due_at <= ? ORDER BY due_at, notice LIMIT ?"));
  too_late_ = prepare(rows::select(rows::delivery_columns, urgent + "<= ? ORDER BY start_by LIMIT ?"));
  overdue_relays_ = prepare(rows::select(rows::delivery_columns,
                                         "deliveries INDEXED BY deliveries_relayed WHERE state = 2 AND "
                                         "channel = ? AND due_at <= ? ORDER BY due_at LIMIT ?"));
}

void SqliteTransaction::insert_delivery(const Delivery& delivery) {
  insert_delivery_.bind(1, delivery.notice)
      .bind(2, rows::code(delivery.channel))
      .bind(3, delivery.position)
      .bind(4, delivery.counts)
      .bind(5, rows::code(delivery.state))
      .bind(6, rows::ms(delivery.due_at))
      .bind(7, delivery.revision)
      .bind_borrowed(8, delivery.address)
      .bind_borrowed(9, delivery.address_masked)
      .bind(10, delivery.attempts)
      .bind(11, delivery.transient_failures)
      .bind(12, delivery.unknowns)
      .bind(13, delivery.sandbox)
      .bind_borrowed(14, delivery.rule)
      .bind_borrowed(15, delivery.rule_clause)
      .bind_borrowed(16, delivery.reason)
      .bind(17, rows::ms(delivery.start_by))
      .bind(18, to_unix_ms(delivery.state_since))
      .bind_borrowed(19, delivery.last_code)
      .bind(20, delivery.job)
      .bind(21, delivery.cleared_to)
      .run();
  note_channel(delivery.notice, delivery.channel);
}

void SqliteTransaction::update_delivery(const Delivery& delivery) {
  update_delivery_.bind(1, rows::code(delivery.state))
      .bind(2, rows::ms(delivery.due_at))
      .bind(3, delivery.revision)
      .bind_borrowed(4, delivery.address)
      .bind_borrowed(5, delivery.address_masked)
      .bind(6, delivery.attempts)
      .bind(7, delivery.transient_failures)
      .bind(8, delivery.unknowns)
      .bind_borrowed(9, delivery.reason)
      .bind(10, rows::ms(delivery.start_by))
      .bind(11, to_unix_ms(delivery.state_since))
      .bind_borrowed(12, delivery.last_code)
      .bind(13, delivery.job)
      .bind(14, delivery.cleared_to)
      .bind(15, delivery.notice)
      .bind(16, rows::code(delivery.channel))
      .run();
  DN_ASSERT(database_.changes() == 1);
}

std::vector<Delivery> SqliteTransaction::deliveries(NoticeNumber notice) {
  return rows::by_position(rows::all(deliveries_.bind(1, notice), rows::read_delivery));
}

std::vector<Delivery> SqliteTransaction::due(Channel channel, Instant now, int most) {
  std::vector<Delivery> found = urgent(channel, now, most);
  if (static_cast<int>(found.size()) == most) return found;
  const std::size_t first = found.size();
  due_.bind(1, rows::code(channel)).bind(2, to_unix_ms(now)).bind(3, most);
  for (Delivery& delivery : rows::all(due_, rows::read_delivery)) {
    if (static_cast<int>(found.size()) == most) break;
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(first);
    const bool known =
        std::any_of(found.begin(), end, [&](const Delivery& each) { return each.notice == delivery.notice; });
    if (!known) found.push_back(std::move(delivery));
  }
  return found;
}

/// Notices of one zone with one last lawful day share their `start_by`: a range for each of these few
/// instants, without a look at what is not due yet.
std::vector<Delivery> SqliteTransaction::urgent(Channel channel, Instant now, int most) {
  std::vector<Delivery> found;
  Instant after = now;
  for (int i = 0; i < limits::urgent_instants && static_cast<int>(found.size()) < most; ++i) {
    next_start_by_.bind(1, rows::code(channel)).bind(2, to_unix_ms(after));
    const auto next =
        rows::one(next_start_by_, [](const sqlite::Statement& row) { return row.optional_integer(0); });
    if (!next || !*next || from_unix_ms(**next) > now + limits::urgent_window) break;
    after = from_unix_ms(**next);
    urgent_.bind(1, rows::code(channel)).bind(2, **next).bind(3, to_unix_ms(now));
    urgent_.bind(4, most - static_cast<int>(found.size()));
    for (Delivery& delivery : rows::all(urgent_, rows::read_delivery)) found.push_back(std::move(delivery));
  }
  return found;
}

std::vector<Delivery> SqliteTransaction::too_late(Channel channel, Instant now, int most) {
  too_late_.bind(1, rows::code(channel)).bind(2, to_unix_ms(now)).bind(3, most);
  return rows::all(too_late_, rows::read_delivery);
}

std::vector<Delivery> SqliteTransaction::overdue_relays(Channel channel, Instant now, int most) {
  overdue_relays_.bind(1, rows::code(channel)).bind(2, to_unix_ms(now)).bind(3, most);
  return rows::all(overdue_relays_, rows::read_delivery);
}

std::optional<Instant> SqliteTransaction::next_due(Channel channel) {
  const auto read = [](const sqlite::Statement& row) { return from_unix_ms(row.integer(0)); };
  const auto delivery = rows::one(next_due_.bind(1, rows::code(channel)), read);
  const auto resend = rows::one(next_resend_.bind(1, rows::code(channel)), read);
  return delivery && resend ? std::min(*delivery, *resend) : (delivery ? delivery : resend);
}

// ---- attempts
// --------------------------------------------------------------------------------------------------

void SqliteTransaction::prepare_attempts() {
  insert_attempt_ = prepare(
      "INSERT INTO attempts (notice, channel, number, revision, epoch, started_at, ended_at, outcome, code, "
      "reply, possible_duplicate, sandbox, job, provider_id, probe) VALUES (?,?,?,?,?,?,?,?,?,"
      "sealed((SELECT subject FROM notices WHERE number = ?1), 'reply', ?10),?,?,?,?,?)");
  attempt_ = prepare(rows::select(rows::attempt_columns, "attempts WHERE attempt = ?"));
  finish_attempt_ = prepare(
      "UPDATE attempts SET ended_at = ?, outcome = ?, code = ?, "
      "reply = sealed((SELECT subject FROM notices WHERE number = notice), 'reply', ?), provider_id = ? "
      "WHERE attempt = ?");
  interrupted_ = prepare(rows::select(rows::attempt_columns,
                                      "attempts INDEXED BY attempts_open WHERE outcome IS NULL AND epoch < ? "
                                      "ORDER BY epoch, attempt LIMIT ?"));
  attempts_ =
      prepare(rows::select(rows::attempt_columns, "attempts WHERE notice = ? ORDER BY channel, number"));
  find_attempt_ = prepare(
      rows::select(rows::attempt_columns, "attempts WHERE notice = ? AND channel = ? AND number = ?"));
  insert_receipt_ = prepare(
      "INSERT INTO receipts (attempt, kind, at, provider_id, report) VALUES (?,?,?,?,"
      "sealed((SELECT n.subject FROM attempts AS a JOIN notices AS n ON n.number = a.notice "
      "WHERE a.attempt = ?1), 'report', ?5)) "
      "ON CONFLICT (attempt, kind) DO NOTHING");
  receipts_ = prepare(rows::select(rows::receipt_columns, "receipts WHERE attempt = ? ORDER BY at, receipt"));
  insert_in_site_ = prepare(
      "INSERT INTO in_site_messages (notice, user_id, title, body, shown_at) VALUES (?1, ?2, "
      "sealed((SELECT subject FROM notices WHERE number = ?1), 'title', ?3), "
      "sealed((SELECT subject FROM notices WHERE number = ?1), 'text', ?4), ?5)");
}

std::int64_t SqliteTransaction::insert_attempt(const Attempt& attempt) {
  insert_attempt_.bind(1, attempt.notice)
      .bind(2, rows::code(attempt.channel))
      .bind(3, attempt.number)
      .bind(4, attempt.revision)
      .bind(5, attempt.epoch)
      .bind(6, to_unix_ms(attempt.started_at))
      .bind(7, rows::ms(attempt.ended_at))
      .bind(8, rows::code(attempt.outcome))
      .bind_borrowed(9, attempt.code)
      .bind_borrowed(10, attempt.reply)
      .bind(11, attempt.possible_duplicate)
      .bind(12, attempt.sandbox)
      .bind(13, attempt.job)
      .bind_borrowed(14, attempt.provider_id)
      .bind(15, attempt.probe)
      .run();
  return database_.last_insert_id();
}

Attempt SqliteTransaction::attempt(std::int64_t id) {
  auto found = rows::one(attempt_.bind(1, id), rows::read_attempt);
  DN_ASSERT(found.has_value());
  return *std::move(found);
}

std::optional<Attempt> SqliteTransaction::find_attempt(NoticeNumber notice, Channel channel, int number) {
  find_attempt_.bind(1, notice).bind(2, rows::code(channel)).bind(3, number);
  return rows::one(find_attempt_, rows::read_attempt);
}

std::optional<std::int64_t> SqliteTransaction::insert_receipt(const Receipt& receipt) {
  insert_receipt_.bind(1, receipt.attempt)
      .bind(2, rows::code(receipt.kind))
      .bind(3, to_unix_ms(receipt.at))
      .bind_borrowed(4, receipt.provider_id)
      .bind_borrowed(5, receipt.report)
      .run();
  return database_.changes() == 1 ? std::optional(database_.last_insert_id()) : std::nullopt;
}

std::vector<Receipt> SqliteTransaction::receipts(std::int64_t attempt) {
  return rows::all(receipts_.bind(1, attempt), rows::read_receipt);
}

void SqliteTransaction::finish_attempt(const Attempt& attempt) {
  finish_attempt_.bind(1, rows::ms(attempt.ended_at))
      .bind(2, rows::code(attempt.outcome))
      .bind_borrowed(3, attempt.code)
      .bind_borrowed(4, attempt.reply)
      .bind_borrowed(5, attempt.provider_id)
      .bind(6, attempt.id)
      .run();
  DN_ASSERT(database_.changes() == 1);
}

std::vector<Attempt> SqliteTransaction::interrupted_attempts(int most) {
  return rows::all(interrupted_.bind(1, epoch_).bind(2, most), rows::read_attempt);
}

std::vector<Attempt> SqliteTransaction::attempts(NoticeNumber notice) {
  return rows::all(attempts_.bind(1, notice), rows::read_attempt);
}

void SqliteTransaction::insert_in_site_message(const InSiteMessage& message) {
  insert_in_site_.bind(1, message.notice)
      .bind_borrowed(2, message.user_id)
      .bind_borrowed(3, message.title)
      .bind_borrowed(4, message.body)
      .bind(5, to_unix_ms(message.shown_at))
      .run();
}

}  // namespace duenotice
