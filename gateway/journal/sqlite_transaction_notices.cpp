#include "gateway/base/assert.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/sqlite_transaction.hpp"

namespace duenotice {
namespace {

constexpr std::int64_t bit(Channel channel) { return std::int64_t{1} << rows::code(channel); }

/// Binds `deemed_at … deemed_attempt` from `first` on.
void bind_deemed(sqlite::Statement& statement, int first, const std::optional<DeemedDelivery>& deemed) {
  if (!deemed) {
    for (int i = 0; i < 6; ++i) statement.bind_null(first + i);
    return;
  }
  statement.bind(first, to_unix_ms(deemed->at))
      .bind(first + 1, rows::days(deemed->on))
      .bind_borrowed(first + 2, deemed->rule)
      .bind_borrowed(first + 3, deemed->clause)
      .bind(first + 4, rows::code(deemed->channel))
      .bind(first + 5, deemed->attempt);
}

}  // namespace

void SqliteTransaction::prepare_notices() {
  claimed_ = prepare("SELECT id, request_digest FROM notices WHERE source = ? AND request_id = ?");
  insert_notice_ = prepare(
      "INSERT INTO notices (id, source, request_id, request_digest, agreement, agreement_version, "
      "agreement_digest, "
      "kind, clause, account_id, reference, locale, time_zone, required, in_order, lead_days, accepted_at, "
      "effective_date, earliest_effective_date, must_be_sent_by, lead_time_broken, sandbox, state, "
      "deemed_at, deemed_on, deemed_rule, deemed_clause, deemed_channel, deemed_attempt, calendar, "
      "late_accepted, dates_hold_until, not_before, subject, also_clauses, channels_left_out) "
      "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert_used_version_ = prepare(
      "INSERT OR IGNORE INTO used_versions (agreement, agreement_version, agreement_digest, used_since) "
      "VALUES (?,?,?,?)");
  insert_request_ = prepare("INSERT INTO requests (notice, json) VALUES (?1, sealed(?3, 'request', ?2))");
  notice_ = prepare(rows::select(rows::notice_columns, "notices WHERE number = ?"));
  find_notice_ = prepare("SELECT number FROM notices WHERE id = ?");
  request_json_ = prepare(
      "SELECT unsealed((SELECT subject FROM notices WHERE number = ?1), 'request', json) FROM requests "
      "WHERE notice = ?1");
  any_tombstone_ = prepare("SELECT 1 FROM tombstones LIMIT 1");
  find_tombstone_ = prepare("SELECT content FROM tombstones WHERE mark = ?");
  insert_tombstone_ = prepare("INSERT OR IGNORE INTO tombstones (mark, content) VALUES (?,?)");
  sequences_of_ = prepare("SELECT 1 FROM sequences WHERE source = ? LIMIT 1");
  noted_sequence_ = prepare("SELECT 1 FROM sequences WHERE source = ? AND number = ? AND request_id = ?");
  subject_of_notice_ = prepare("SELECT subject FROM notices WHERE number = ?");
  subject_of_rejection_ = prepare("SELECT subject FROM rejections WHERE number = ?");
  update_notice_ = prepare(
      "UPDATE notices SET state = ?, effective_date = ?, earliest_effective_date = ?, must_be_sent_by = ?, "
      "lead_time_broken = ?, deemed_at = ?, deemed_on = ?, deemed_rule = ?, deemed_clause = ?, "
      "deemed_channel = ?, deemed_attempt = ?, calendar = ?, late_accepted = ?, dates_hold_until = ?, "
      "late_known = ? WHERE number = ?");
  select_facet_ = prepare(
      "SELECT facet FROM facets WHERE agreement = ? AND kind = ? AND channels = ? AND timed = ? "
      "AND also_clauses = ?");
  insert_facet_ =
      prepare("INSERT INTO facets (agreement, kind, channels, timed, also_clauses) VALUES (?,?,?,?,?)");
  facet_of_notice_ = prepare(
      "SELECT f.agreement, f.kind, f.channels, f.timed, f.also_clauses FROM notices AS n JOIN facets AS f ON "
      "f.facet = "
      "n.facet "
      "WHERE n.number = ?");
  set_facet_ = prepare("UPDATE notices SET facet = ? WHERE number = ?");
  insert_content_ = prepare(
      "INSERT INTO rendering_contents (bytes) VALUES "
      "(sealed((SELECT subject FROM notices WHERE number = ?2), 'content', ?1))");
  insert_rendering_ = prepare(
      "INSERT INTO renderings (notice, channel, revision, message_id, digest, template_digest, reason, "
      "made_at, content, address, address_masked) VALUES (?,?,?,?,?,?,?,?,?,?,?)");
  newest_revision_ = prepare("SELECT max(revision) FROM renderings WHERE notice = ? AND channel = ?");
  rendering_ = prepare(rows::select(std::string(rows::rendering_columns) +
                                        ", unsealed((SELECT subject FROM notices WHERE number = notice), "
                                        "'content', bytes)",
                                    "renderings JOIN rendering_contents USING (content) "
                                    "WHERE notice = ? AND channel = ? AND revision = ?"));
}

std::optional<ClaimedIdentity> SqliteTransaction::claimed(std::string_view source,
                                                          std::string_view request_id) {
  claimed_.bind_borrowed(1, source).bind_borrowed(2, request_id);
  return rows::one(claimed_, [](const sqlite::Statement& row) {
    return ClaimedIdentity{row.text(0), rows::digest(row.view(1))};
  });
}

NoticeNumber SqliteTransaction::insert_notice(const Notice& notice, std::string_view request_json) {
  insert_notice_.bind_borrowed(1, notice.id)
      .bind_borrowed(2, notice.source)
      .bind_borrowed(3, notice.request_id)
      .bind_borrowed_blob(4, rows::bytes(notice.request_digest))
      .bind_borrowed(5, notice.agreement)
      .bind_borrowed(6, notice.agreement_version)
      .bind_borrowed_blob(7, rows::bytes(notice.agreement_digest))
      .bind_borrowed(8, notice.kind)
      .bind_borrowed(9, notice.clause)
      .bind_borrowed(10, notice.account_id)
      .bind(11, notice.reference)
      .bind_borrowed(12, notice.locale)
      .bind_borrowed(13, notice.time_zone)
      .bind(14, notice.required)
      .bind(15, notice.in_order)
      .bind(16, notice.lead_days)
      .bind(17, to_unix_ms(notice.accepted_at))
      .bind(18, rows::days(notice.effective_date))
      .bind(19, rows::days(notice.earliest_effective_date))
      .bind(20, rows::days(notice.must_be_sent_by))
      .bind(21, notice.lead_time_broken)
      .bind(22, notice.sandbox)
      .bind(23, rows::code(notice.state));
  bind_deemed(insert_notice_, 24, notice.deemed);
  const SubjectNumber subject = keys_.of_account(notice.account_id);
  insert_notice_.bind_borrowed(30, notice.calendar)
      .bind(31, notice.late_accepted)
      .bind(32, rows::days(notice.dates_hold_until))
      .bind(33, notice.not_before ? std::optional(to_unix_ms(*notice.not_before)) : std::nullopt)
      .bind(34, subject)
      .bind_borrowed(35, notice.also_clauses)
      .bind_borrowed(36, notice.channels_left_out);
  insert_notice_.run();
  const NoticeNumber number = database_.last_insert_id();
  note_used_version(notice);
  insert_request_.bind(1, number).bind_borrowed(2, request_json).bind(3, subject).run();
  changed_facets_.insert_or_assign(
      number, Facet{notice.agreement, notice.kind, 0, notice.not_before.has_value(), notice.also_clauses});
  last_id_ = notice.id;
  last_number_ = number;
  chain_.begin(number);
  return number;
}

void SqliteTransaction::note_used_version(const Notice& notice) {
  if (!used_versions_.emplace(notice.agreement, notice.agreement_version).second) return;
  insert_used_version_.bind_borrowed(1, notice.agreement)
      .bind_borrowed(2, notice.agreement_version)
      .bind_borrowed_blob(3, rows::bytes(notice.agreement_digest))
      .bind(4, to_unix_ms(notice.accepted_at))
      .run();
}

Notice SqliteTransaction::notice(NoticeNumber number) {
  std::optional<Notice> found = rows::one(notice_.bind(1, number), rows::read_notice);
  DN_ASSERT(found.has_value());
  last_id_ = found->id;
  last_number_ = number;
  return *std::move(found);
}

std::optional<NoticeNumber> SqliteTransaction::find_notice(std::string_view notice_id) {
  find_notice_.bind_borrowed(1, notice_id);
  const auto number = rows::one(find_notice_, [](const sqlite::Statement& row) { return row.integer(0); });
  if (number) {
    last_id_ = notice_id;
    last_number_ = *number;
  }
  return number;
}

std::optional<std::string> SqliteTransaction::request_json(NoticeNumber number) {
  const auto read = [](const sqlite::Statement& row) { return row.optional_text(0); };
  auto found = rows::one(request_json_.bind(1, number), read);
  DN_ASSERT(found.has_value());
  return *std::move(found);
}

SubjectNumber SqliteTransaction::subject_of_notice(NoticeNumber number) {
  const auto read = [](const sqlite::Statement& row) { return row.integer(0); };
  const auto subject = rows::one(subject_of_notice_.bind(1, number), read);
  DN_ASSERT(subject.has_value());
  return *subject;
}

SubjectNumber SqliteTransaction::subject_of_rejection(std::int64_t number) {
  const auto read = [](const sqlite::Statement& row) { return row.integer(0); };
  const auto subject = rows::one(subject_of_rejection_.bind(1, number), read);
  DN_ASSERT(subject.has_value());
  return *subject;
}

void SqliteTransaction::update_notice(const Notice& notice) {
  update_notice_.bind(1, rows::code(notice.state))
      .bind(2, rows::days(notice.effective_date))
      .bind(3, rows::days(notice.earliest_effective_date))
      .bind(4, rows::days(notice.must_be_sent_by))
      .bind(5, notice.lead_time_broken);
  bind_deemed(update_notice_, 6, notice.deemed);
  update_notice_.bind_borrowed(12, notice.calendar)
      .bind(13, notice.late_accepted)
      .bind(14, rows::days(notice.dates_hold_until))
      .bind(15, notice.late_known)
      .bind(16, notice.number)
      .run();
  DN_ASSERT(database_.changes() == 1);
}

// ---- facets
// ----------------------------------------------------------------------------------------------------

/// Also called for each new delivery: the channels of a notice are known when its work is done.
SqliteTransaction::Facet SqliteTransaction::facet_of(NoticeNumber notice) {
  const auto changed = changed_facets_.find(notice);
  if (changed != changed_facets_.end()) return changed->second;
  auto stored = rows::one(facet_of_notice_.bind(1, notice), [](const sqlite::Statement& row) {
    return Facet{row.text(0), row.text(1), row.integer(2), row.integer(3) != 0, row.text(4)};
  });
  DN_ASSERT(stored.has_value());
  return *std::move(stored);
}

std::int64_t SqliteTransaction::facet_number(const Facet& facet) {
  const auto known = facet_numbers_.find(facet);
  if (known != facet_numbers_.end()) return known->second;
  const auto& [agreement, kind, channels, timed, also_clauses] = facet;
  const auto bound = [&](sqlite::Statement& statement) -> sqlite::Statement& {
    statement.bind_borrowed(1, agreement).bind_borrowed(2, kind).bind(3, channels).bind(4, timed);
    return statement.bind_borrowed(5, also_clauses);
  };
  bound(select_facet_);
  auto number = rows::one(select_facet_, [](const sqlite::Statement& row) { return row.integer(0); });
  if (!number) {
    bound(insert_facet_).run();
    number = database_.last_insert_id();
  }
  facet_numbers_.emplace(facet, *number);
  return *number;
}

void SqliteTransaction::note_channel(NoticeNumber notice, Channel channel) {
  Facet facet = facet_of(notice);
  std::get<2>(facet) |= bit(channel);
  changed_facets_.insert_or_assign(notice, std::move(facet));
}

// ---- renderings
// ------------------------------------------------------------------------------------------------

std::int64_t SqliteTransaction::insert_rendering(const Rendering& rendering) {
  insert_content_.bind_borrowed_blob(1, rendering.content).bind(2, rendering.notice).run();
  const std::int64_t content = database_.last_insert_id();
  insert_rendering_.bind(1, rendering.notice)
      .bind(2, rows::code(rendering.channel))
      .bind(3, rendering.revision)
      .bind_borrowed(4, rendering.message_id)
      .bind_borrowed_blob(5, rows::bytes(rendering.digest))
      .bind_borrowed_blob(6, rows::bytes(rendering.template_digest))
      .bind_borrowed(7, rendering.reason)
      .bind(8, to_unix_ms(rendering.made_at))
      .bind(9, content)
      .bind_borrowed(10, rendering.address)
      .bind_borrowed(11, rendering.address_masked)
      .run();
  return content;
}

Rendering SqliteTransaction::rendering(NoticeNumber notice, Channel channel, int revision) {
  rendering_.bind(1, notice).bind(2, rows::code(channel)).bind(3, revision);
  auto found = rows::one(rendering_, [](const sqlite::Statement& row) {
    Rendering rendering = rows::read_rendering(row);
    auto content = row.optional_text(10);
    // An empty message must not be handed over to anybody.
    if (!content)
      throw sqlite::SqliteError(sqlite::SqliteError::Kind::other, 0, "the message of an erased account");
    rendering.content = *std::move(content);
    return rendering;
  });
  DN_ASSERT(found.has_value());
  return *std::move(found);
}

int SqliteTransaction::newest_revision(NoticeNumber notice, Channel channel) {
  newest_revision_.bind(1, notice).bind(2, rows::code(channel));
  return static_cast<int>(
      *rows::one(newest_revision_, [](const sqlite::Statement& row) { return row.integer(0); }));
}

}  // namespace duenotice
