#include "gateway/journal/sqlite_transaction.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/journal/opening_record.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/scrubber.hpp"

namespace duenotice {

SqliteTransaction::SqliteTransaction(sqlite::Database& database, std::int64_t epoch, SubjectKeys& keys,
                                     Random& random, JournalKeys master_keys)
    : database_(database),
      epoch_(epoch),
      keys_(keys),
      random_(random),
      master_keys_(std::move(master_keys)),
      chain_(database),
      publisher_events_(database) {
  committed_sequence_ = database_.integer("SELECT max(sequence) FROM events");
  sequence_ = committed_sequence_;
  takes_scrubbing_ = scrubbing_is_wanted(database_);
  prepare_notices();
  prepare_deliveries();
  prepare_attempts();
  prepare_decisions();
  prepare_resends();
  prepare_history();
}

void SqliteTransaction::begin_work() { work_sequence_ = sequence_; }

void SqliteTransaction::end_work() {
  for (const auto& [number, facet] : changed_facets_) {
    set_facet_.bind(1, facet_number(facet)).bind(2, number).run();
  }
  changed_facets_.clear();
}

void SqliteTransaction::group_committed() {
  committed_sequence_ = sequence_;
  appended_.clear();
}

void SqliteTransaction::undo_work() {
  sequence_ = work_sequence_;
  appended_.resize(static_cast<std::size_t>(sequence_ - committed_sequence_));
  forget();
}

void SqliteTransaction::undo_group() {
  sequence_ = committed_sequence_;
  appended_.clear();
  forget();
}

void SqliteTransaction::forget() {
  changed_facets_.clear();
  facet_numbers_.clear();
  used_versions_.clear();
  last_id_.clear();
  chain_.forget();
  keys_.forget();
}

// ---- history
// ---------------------------------------------------------------------------------------------------

void SqliteTransaction::prepare_history() {
  insert_rejection_ = prepare(
      "INSERT INTO rejections (id, at, code, pointer, message, source, request_id, content_type, body_bytes, "
      "body_digest, same_as, subject) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  rejected_before_ = prepare("SELECT number FROM rejections WHERE same_as = ? AND code = ? AND pointer = ?");
  insert_body_ =
      prepare("INSERT INTO rejection_bodies (rejection, body) VALUES (?1, sealed(?3, 'body', ?2))");
  insert_outbox_ = prepare("INSERT INTO outbox (rejection) VALUES (?)");
  outbox_ = prepare(
      "SELECT o.id, r.id, r.code, r.pointer, r.message, r.content_type, unsealed(r.subject, 'body', b.body) "
      "FROM outbox AS o "
      "JOIN rejections AS r ON r.number = o.rejection JOIN rejection_bodies AS b ON b.rejection = "
      "o.rejection "
      "ORDER BY o.id LIMIT ?");
  remove_outbox_ = prepare("DELETE FROM outbox WHERE id = ?");
  insert_event_ = prepare("INSERT INTO events (sequence, at, type, notice, bytes) VALUES (?,?,?,?,?)");
  insert_openings_ = prepare("INSERT INTO openings (event, subject, records) VALUES (?,?,?)");
  insert_statement_ = prepare("INSERT INTO statements (event, note) VALUES (?,?)");
  note_sequence_ =
      prepare("INSERT INTO sequences (source, number, request_id) VALUES (?,?,?) ON CONFLICT DO NOTHING");
  cursor_ = prepare("SELECT sequence FROM cursors WHERE name = ?");
  move_cursor_ = prepare(
      "INSERT INTO cursors (name, sequence) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET sequence = "
      "excluded.sequence");
}

std::optional<std::int64_t> SqliteTransaction::insert_rejection(const RejectedRequest& rejection) {
  // The same again is nobody new.
  rejected_before_.bind_borrowed_blob(1, rows::bytes(rejection.same_as))
      .bind_borrowed(2, rejection.code)
      .bind_borrowed(3, rejection.pointer);
  if (rows::one(rejected_before_, [](const sqlite::Statement& row) { return row.integer(0); }))
    return std::nullopt;
  const SubjectNumber subject =
      rejection.account.empty() ? keys_.of_nobody() : keys_.of_account(rejection.account);
  insert_rejection_.bind_borrowed(1, rejection.id)
      .bind(2, to_unix_ms(rejection.at))
      .bind_borrowed(3, rejection.code)
      .bind_borrowed(4, rejection.pointer)
      .bind_borrowed(5, rejection.message)
      .bind_borrowed(6, rejection.source)
      .bind_borrowed(7, rejection.request_id)
      .bind_borrowed(8, rejection.content_type)
      .bind(9, rejection.body_bytes)
      .bind_borrowed_blob(10, rows::bytes(rejection.body_digest))
      .bind_borrowed_blob(11, rows::bytes(rejection.same_as))
      .bind(12, subject)
      .run();
  const std::int64_t number = database_.last_insert_id();
  insert_body_.bind(1, number).bind_borrowed_blob(2, rejection.body).bind(3, subject).run();
  insert_outbox_.bind(1, number).run();
  return number;
}

std::vector<OutboxRow> SqliteTransaction::outbox(int most) {
  return rows::all(outbox_.bind(1, most), [](const sqlite::Statement& row) {
    return OutboxRow{row.integer(0), row.text(1), row.text(2), row.text(3),
                     row.text(4),    row.text(5), row.text(6)};
  });
}

void SqliteTransaction::remove_from_outbox(std::int64_t id) { remove_outbox_.bind(1, id).run(); }

void SqliteTransaction::insert_statement(std::int64_t event, std::string_view note) {
  insert_statement_.bind(1, event).bind_borrowed(2, note).run();
}

std::int64_t SqliteTransaction::append_event(const Event& event) {
  const std::int64_t sequence = sequence_ + 1;
  std::optional<NoticeNumber> notice;
  if (!event.notice_id.empty()) notice = number_of(event.notice_id);
  Json document = event.facts;
  document["schema"] = 1;
  document["sequence"] = sequence;
  document["at"] = to_text(event.at);
  document["type"] = event.type;
  if (notice) {
    document["notice"] = event.notice_id;
    if (const auto previous = chain_.newest(*notice))
      document["previous"] = to_base64(evidence::bytes_of(*previous));
  }
  SubjectNumber subject = event.subject;
  if (notice && !event.protected_fields.empty()) subject = subject_of_notice(*notice);
  const std::string records = protect(event, subject, document);
  const std::string bytes = canonical_json(document);
  DN_ASSERT(bytes.size() <= limits::event_bytes);

  insert_event_.bind(1, sequence).bind(2, to_unix_ms(event.at)).bind_borrowed(3, event.type);
  insert_event_.bind(4, notice).bind_borrowed_blob(5, bytes).run();
  // Also of somebody who was erased: no row is damage, an empty one is not.
  if (!event.protected_fields.empty())
    insert_openings_.bind(1, sequence).bind(2, subject).bind_borrowed_blob(3, records).run();
  if (notice) chain_.append(*notice, bytes);
  sequence_ = sequence;
  appended_.push_back({event.type, event.notice_id, event.at, event.facts});
  return sequence;
}

/// Puts the commitments into the event; returns their openings.
std::string SqliteTransaction::protect(const Event& event, SubjectNumber subject, Json& document) {
  std::string records;
  for (const ProtectedField& field : event.protected_fields) {
    DN_ASSERT(document.find(field.name) == nullptr);
    std::string opening = evidence::make_opening(random_);
    const Digest commitment = evidence::commit(opening, field.name, field.payload);
    document[field.name] = Json::Object{{"c", evidence::commitment_text(commitment)}};
    if (field.place == PayloadPlace::opening) opening += field.payload;
    const std::string bound_to = opening_bound_to(event.notice_id, field.name, commitment);
    auto secret = keys_.seal(subject, opening, bound_to);
    wipe(opening);
    // Of somebody who was erased nothing more is kept, and nobody can open it.
    if (secret) append_record({field.name, field.place, field.row, *std::move(secret)}, records);
  }
  return records;
}

std::vector<PublisherEvent> SqliteTransaction::publisher_events(std::int64_t after, int most) {
  return publisher_events_.read(after, most);
}

std::int64_t SqliteTransaction::cursor(std::string_view name) {
  return rows::one(cursor_.bind_borrowed(1, name),
                   [](const sqlite::Statement& row) { return row.integer(0); })
      .value_or(0);
}

void SqliteTransaction::move_cursor(std::string_view name, std::int64_t sequence) {
  DN_ASSERT(sequence >= cursor(name));
  move_cursor_.bind_borrowed(1, name).bind(2, sequence).run();
}

// ---- the master key
// -----------------------------------------------------------------------------------------------

Status SqliteTransaction::renew_master_key() {
  const auto& [source, journal] = master_keys_;
  auto keys = read_master_keys(source, journal);
  if (!keys) return keys.error();
  if (const Status known = has_all_that_are_used(*keys); !known) return known;
  if (keys->count() == 1) {
    if (!source.text.empty())
      return Error{ErrorKind::invalid,
                   "the master key comes from the environment: put a new one into a line above it, start the "
                   "gateway again and repeat this"};
    const std::filesystem::path file = source.file_of(journal);
    if (const Status added = add_master_key(file, random_); !added) {
      return Error{
          ErrorKind::invalid,
          added.error().message + "; where only another may write " + file.string() +
              ", let them put a new key (openssl rand -base64 32) into a line above the present one, "
              "and repeat this"};
    }
    keys = read_master_keys(source, journal);
    if (!keys) return keys.error();
    if (const Status known = has_all_that_are_used(*keys); !known) return known;
  }
  keys_.use(*std::move(keys));
  return Done{};
}

/// Without one of them what is kept under it could not be read any more.
Status SqliteTransaction::has_all_that_are_used(const MasterKeys& keys) {
  const auto missing = keys_.missing_among(keys);
  if (!missing) return Done{};
  return Error{ErrorKind::invalid, "the journal uses the master key " + *missing +
                                       ", which is not among those that are there now: put it back, in a "
                                       "line of its own below the newer ones, and repeat this"};
}

Result<std::vector<std::string>> SqliteTransaction::set_older_master_keys_aside() {
  std::vector<std::string> names;
  if (!master_keys_.source.text.empty()) return names;
  const auto files =
      duenotice::set_older_master_keys_aside(master_keys_.source.file_of(master_keys_.journal));
  if (!files) return files.error();
  for (const std::filesystem::path& file : *files) names.push_back(file.string());
  auto keys = read_master_keys(master_keys_.source, master_keys_.journal);
  if (!keys) return keys.error();
  if (const Status known = has_all_that_are_used(*keys); !known) return known.error();
  keys_.use(*std::move(keys));
  return names;
}

NoticeNumber SqliteTransaction::number_of(std::string_view notice_id) {
  if (last_id_ == notice_id) return last_number_;
  const auto number = find_notice(notice_id);
  DN_ASSERT(number.has_value());
  return *number;
}

}  // namespace duenotice
