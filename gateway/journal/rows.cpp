#include "gateway/journal/rows.hpp"

#include <algorithm>

namespace duenotice::rows {
namespace {

// The numbers stand in files that outlive this program: an enumerator may be added at the end, never moved.
static_assert(code(Channel::email) == 0 && code(Channel::in_site) == 1 && code(Channel::sms) == 2);
static_assert(code(NoticeState::accepted) == 0 && code(NoticeState::sending) == 1 &&
              code(NoticeState::deemed_delivered) == 2 && code(NoticeState::held) == 3 &&
              code(NoticeState::failed) == 4 && code(NoticeState::cancelled) == 5);
static_assert(code(DeliveryState::waiting) == 0 && code(DeliveryState::in_flight) == 1 &&
              code(DeliveryState::relayed) == 2 && code(DeliveryState::sent) == 3 &&
              code(DeliveryState::failed) == 4 && code(DeliveryState::held) == 5 &&
              code(DeliveryState::cancelled) == 6 && code(DeliveryState::not_needed) == 7);
static_assert(code(Outcome::sent) == 0 && code(Outcome::relayed) == 1 &&
              code(Outcome::transient_failure) == 2 && code(Outcome::permanent_failure) == 3 &&
              code(Outcome::unknown) == 4 && code(Outcome::not_started) == 5);
static_assert(code(ReceiptKind::accepted) == 0 && code(ReceiptKind::refused) == 1 &&
              code(ReceiptKind::buffered) == 2 && code(ReceiptKind::delivered) == 3 &&
              code(ReceiptKind::undelivered) == 4 && code(ReceiptKind::part_delivered) == 5);

[[noreturn]] void damaged(const std::string& what) {
  throw sqlite::SqliteError(sqlite::SqliteError::Kind::corrupt, 0, "the journal is damaged: " + what);
}

template <class Word>
Word word(std::int64_t value, Word last) {
  if (value < 0 || value > code(last)) damaged("no such code: " + std::to_string(value));
  return static_cast<Word>(value);
}

std::optional<CalendarDate> optional_date(const sqlite::Statement& row, int column) {
  const auto value = row.optional_integer(column);
  if (!value) return std::nullopt;
  return CalendarDate(std::chrono::days(*value));
}

std::optional<Instant> optional_instant(const sqlite::Statement& row, int column) {
  const auto value = row.optional_integer(column);
  if (!value) return std::nullopt;
  return from_unix_ms(*value);
}

int small(const sqlite::Statement& row, int column) { return static_cast<int>(row.integer(column)); }
bool flag(const sqlite::Statement& row, int column) { return row.integer(column) != 0; }

std::optional<DeemedDelivery> read_deemed(const sqlite::Statement& row, int first) {
  if (row.is_null(first)) return std::nullopt;
  DeemedDelivery deemed;
  deemed.at = from_unix_ms(row.integer(first));
  deemed.on = CalendarDate(std::chrono::days(row.integer(first + 1)));
  deemed.rule = row.text(first + 2);
  deemed.clause = row.text(first + 3);
  deemed.channel = channel(row.integer(first + 4));
  deemed.attempt = small(row, first + 5);
  return deemed;
}

}  // namespace

std::optional<std::int64_t> days(const std::optional<CalendarDate>& date) {
  return date ? std::optional(days(*date)) : std::nullopt;
}
std::optional<std::int64_t> ms(const std::optional<Instant>& instant) {
  return instant ? std::optional(to_unix_ms(*instant)) : std::nullopt;
}
std::string_view bytes(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

Channel channel(std::int64_t value) { return word(value, Channel::sms); }
NoticeState notice_state(std::int64_t value) { return word(value, NoticeState::cancelled); }
DeliveryState delivery_state(std::int64_t value) { return word(value, DeliveryState::not_needed); }
Outcome outcome(std::int64_t value) { return word(value, Outcome::not_started); }
ReceiptKind receipt_kind(std::int64_t value) { return word(value, ReceiptKind::part_delivered); }
JobState job_state(std::int64_t value) { return word(value, JobState::stopped); }
RejectionState rejection_state(std::int64_t value) { return word(value, RejectionState::discarded); }

Digest digest(std::string_view stored) {
  Digest digest;
  if (stored.size() != digest.bytes.size())
    damaged("a digest of " + std::to_string(stored.size()) + " bytes");
  std::copy(stored.begin(), stored.end(), digest.bytes.begin());
  return digest;
}

// The mark of the sandbox belongs to what the legal date rests on: another channel's does not make it less.
const std::string_view notice_columns =
    "number, id, source, request_id, request_digest, agreement, agreement_version, agreement_digest, kind, "
    "clause, account_id, reference, locale, time_zone, required, in_order, lead_days, accepted_at, "
    "effective_date, earliest_effective_date, must_be_sent_by, lead_time_broken, "
    "CASE WHEN deemed_channel IS NULL THEN sandbox ELSE coalesce((SELECT max(d.sandbox) FROM "
    "deliveries AS d WHERE d.notice = number AND (d.channel = deemed_channel OR required > 1 AND d.counts "
    "AND d.state = 3)), sandbox) END, state, deemed_at, deemed_on, deemed_rule, deemed_clause, "
    "deemed_channel, deemed_attempt, calendar, late_accepted, dates_hold_until, not_before, subject, "
    "(SELECT s.wrapped IS NULL FROM subjects AS s WHERE s.number = subject), also_clauses, "
    "channels_left_out, "
    "late_known";

Notice read_notice(const sqlite::Statement& row) {
  Notice notice;
  notice.number = row.integer(0);
  notice.id = row.text(1);
  notice.source = row.text(2);
  notice.request_id = row.text(3);
  notice.request_digest = digest(row.view(4));
  notice.agreement = row.text(5);
  notice.agreement_version = row.text(6);
  notice.agreement_digest = digest(row.view(7));
  notice.kind = row.text(8);
  notice.clause = row.text(9);
  notice.account_id = row.text(10);
  notice.reference = row.optional_text(11);
  notice.locale = row.text(12);
  notice.time_zone = row.text(13);
  notice.required = small(row, 14);
  notice.in_order = flag(row, 15);
  if (!row.is_null(16)) notice.lead_days = small(row, 16);
  notice.accepted_at = from_unix_ms(row.integer(17));
  notice.effective_date = optional_date(row, 18);
  notice.earliest_effective_date = optional_date(row, 19);
  notice.must_be_sent_by = optional_date(row, 20);
  notice.lead_time_broken = flag(row, 21);
  notice.sandbox = flag(row, 22);
  notice.state = notice_state(row.integer(23));
  notice.deemed = read_deemed(row, 24);
  notice.calendar = row.text(30);
  notice.late_accepted = flag(row, 31);
  notice.dates_hold_until = optional_date(row, 32);
  if (!row.is_null(33)) notice.not_before = from_unix_ms(row.integer(33));
  notice.subject = row.integer(34);
  notice.erased = flag(row, 35);
  notice.also_clauses = row.text(36);
  notice.channels_left_out = row.text(37);
  notice.late_known = flag(row, 38);
  return notice;
}

const std::string_view delivery_columns =
    "notice, channel, position, counts, state, due_at, revision, address, address_masked, attempts, "
    "transient_failures, unknowns, sandbox, rule, rule_clause, reason, start_by, state_since, last_code, "
    "job, cleared_to";

Delivery read_delivery(const sqlite::Statement& row) {
  Delivery delivery;
  delivery.notice = row.integer(0);
  delivery.channel = channel(row.integer(1));
  delivery.position = small(row, 2);
  delivery.counts = flag(row, 3);
  delivery.state = delivery_state(row.integer(4));
  delivery.due_at = optional_instant(row, 5);
  delivery.revision = small(row, 6);
  delivery.address = row.text(7);
  delivery.address_masked = row.text(8);
  delivery.attempts = small(row, 9);
  delivery.transient_failures = small(row, 10);
  delivery.unknowns = small(row, 11);
  delivery.sandbox = flag(row, 12);
  delivery.rule = row.text(13);
  delivery.rule_clause = row.text(14);
  delivery.reason = row.text(15);
  delivery.start_by = optional_instant(row, 16);
  delivery.state_since = from_unix_ms(row.integer(17));
  delivery.last_code = row.text(18);
  delivery.job = row.optional_integer(19);
  delivery.cleared_to = small(row, 20);
  return delivery;
}

std::vector<Delivery> by_position(std::vector<Delivery> deliveries) {
  std::sort(deliveries.begin(), deliveries.end(),
            [](const Delivery& a, const Delivery& b) { return a.position < b.position; });
  return deliveries;
}

const std::string_view attempt_columns =
    "attempt, notice, channel, number, revision, epoch, started_at, ended_at, outcome, code, "
    "unsealed((SELECT subject FROM notices WHERE number = notice), 'reply', reply), "
    "possible_duplicate, sandbox, job, provider_id, probe";

Attempt read_attempt(const sqlite::Statement& row) {
  Attempt attempt;
  attempt.id = row.integer(0);
  attempt.notice = row.integer(1);
  attempt.channel = channel(row.integer(2));
  attempt.number = small(row, 3);
  attempt.revision = small(row, 4);
  attempt.epoch = row.integer(5);
  attempt.started_at = from_unix_ms(row.integer(6));
  attempt.ended_at = optional_instant(row, 7);
  if (!row.is_null(8)) attempt.outcome = outcome(row.integer(8));
  attempt.code = row.text(9);
  attempt.reply = row.text(10);
  attempt.possible_duplicate = flag(row, 11);
  attempt.sandbox = flag(row, 12);
  attempt.job = row.optional_integer(13);
  attempt.provider_id = row.text(14);
  attempt.probe = flag(row, 15);
  return attempt;
}

const std::string_view rendering_columns =
    "notice, channel, revision, message_id, digest, template_digest, reason, made_at, address, "
    "address_masked";

Rendering read_rendering(const sqlite::Statement& row) {
  Rendering rendering;
  rendering.notice = row.integer(0);
  rendering.channel = channel(row.integer(1));
  rendering.revision = small(row, 2);
  rendering.message_id = row.text(3);
  rendering.digest = digest(row.view(4));
  rendering.template_digest = digest(row.view(5));
  rendering.reason = row.text(6);
  rendering.made_at = from_unix_ms(row.integer(7));
  rendering.address = row.text(8);
  rendering.address_masked = row.text(9);
  return rendering;
}

const std::string_view receipt_columns =
    "attempt, kind, at, provider_id, unsealed((SELECT n.subject FROM attempts AS a JOIN notices AS n "
    "ON n.number = a.notice WHERE a.attempt = receipts.attempt), 'report', report)";

Receipt read_receipt(const sqlite::Statement& row) {
  return {.attempt = row.integer(0),
          .kind = receipt_kind(row.integer(1)),
          .at = from_unix_ms(row.integer(2)),
          .provider_id = row.text(3),
          .report = row.text(4)};
}

const std::string_view act_columns =
    "act, id, at, what, operator, unsealed(subject, 'reason', reason), notice, channel, "
    "unsealed(subject, 'statement', statement), unsealed(subject, 'evidence_name', evidence_name), "
    "evidence_digest, subject, (SELECT s.wrapped IS NULL FROM subjects AS s WHERE s.number = subject)";

Act read_act(const sqlite::Statement& row) {
  Act act;
  act.number = row.integer(0);
  act.id = row.text(1);
  act.at = from_unix_ms(row.integer(2));
  act.what = row.text(3);
  act.operator_name = row.text(4);
  act.reason = row.text(5);
  act.notice = row.optional_integer(6);
  if (!row.is_null(7)) act.channel = channel(row.integer(7));
  act.statement = row.text(8);
  act.evidence_name = row.text(9);
  if (!row.is_null(10)) act.evidence_digest = digest(row.view(10));
  act.subject = row.integer(11);
  act.erased = flag(row, 12);
  return act;
}

const std::string_view legal_hold_columns =
    "h.act, a.id, h.account, a.at, a.operator, unsealed(a.subject, 'reason', a.reason)";

LegalHold read_legal_hold(const sqlite::Statement& row) {
  return {.act = row.integer(0),
          .id = row.text(1),
          .account = row.text(2),
          .since = from_unix_ms(row.integer(3)),
          .operator_name = row.text(4),
          .reason = row.text(5)};
}

// Of an erased one no digest is left either.
const std::string_view rejection_columns =
    "id, at, code, pointer, message, source, request_id, content_type, body_bytes, body_digest, state, "
    "became, body_digest = zeroblob(32)";

RejectedRequest read_rejection(const sqlite::Statement& row) {
  RejectedRequest rejection;
  rejection.id = row.text(0);
  rejection.at = from_unix_ms(row.integer(1));
  rejection.code = row.text(2);
  rejection.pointer = row.text(3);
  rejection.message = row.text(4);
  rejection.source = row.text(5);
  rejection.request_id = row.text(6);
  rejection.content_type = row.text(7);
  rejection.body_bytes = row.integer(8);
  rejection.body_digest = digest(row.view(9));
  rejection.state = rejection_state(row.integer(10));
  rejection.became = row.optional_text(11).value_or("");
  rejection.erased = flag(row, 12);
  return rejection;
}

const std::string_view stored_rejection_by_id =
    "SELECT r.number, r.id, r.state, r.became, r.content_type, unsealed(r.subject, 'body', b.body), "
    "r.body_bytes, r.code, r.pointer, "
    "r.message FROM rejections AS r JOIN rejection_bodies AS b ON b.rejection = r.number WHERE r.id = ?";

StoredRejection read_stored_rejection(const sqlite::Statement& row) {
  return {.number = row.integer(0),
          .id = row.text(1),
          .state = rejection_state(row.integer(2)),
          .became = row.optional_text(3).value_or(""),
          .content_type = row.text(4),
          .body = row.text(5),
          .body_bytes = row.integer(6),
          .code = row.text(7),
          .pointer = row.text(8),
          .message = row.text(9)};
}

std::string lists_clause(const std::string& list, const std::string& clause) {
  return "instr(', ' || " + list + " || ',', ', ' || " + clause + " || ',') > 0";
}

std::string select(std::string_view columns, std::string_view from) {
  return "SELECT " + std::string(columns) + " FROM " + std::string(from);
}

}  // namespace duenotice::rows
