#include <algorithm>
#include <set>

#include "gateway/base/assert.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/scrubber.hpp"
#include "gateway/journal/sqlite_transaction.hpp"

// Who may be erased, and erasing.

namespace duenotice {
namespace {

using sqlite::Statement;

std::int64_t first_integer(const Statement& row) { return row.integer(0); }

/// The notices of the subject ?1. By the account, which has an index; an account that was erased and came
/// again is somebody else.
const std::string theirs =
    "(SELECT number FROM notices WHERE account_id = (SELECT account FROM subjects WHERE number = ?1) "
    "AND subject = ?1)";

/// What nothing can be guessed back from, in the place of a digest.
constexpr std::string_view no_digest = "zeroblob(32)";
/// Unlike any other, and nothing can be guessed back from it: 26 characters of a ULID and 6 spaces.
constexpr std::string_view no_likeness = "CAST(id || '      ' AS BLOB)";

/// No publisher has it: the mark of a rejected request is of its body alone.
constexpr std::string_view no_source = "";

std::string with_digest(std::string_view request_id, const Digest& content) {
  return std::string(request_id) + "\n" + content.hex();
}

/// In the place of a request's id, or of its publisher: unlike others, and without a meaning.
std::string word_of(const Digest& mark) { return "erased:" + mark.hex().substr(0, 16); }

bool is_of_a_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether `word` stands in `text` by itself.
bool names(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); !word.empty() && at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_of_a_word(text[at - 1])) && (end == text.size() || !is_of_a_word(text[end])))
      return true;
  }
  return false;
}

}  // namespace

std::optional<SubjectNumber> SqliteTransaction::find_subject(std::string_view account) {
  Statement find = prepare("SELECT number FROM subjects WHERE account = ?");
  return rows::one(find.bind(1, account), first_integer);
}

void SqliteTransaction::add_legal_hold(std::string_view account, std::int64_t act) {
  prepare("INSERT INTO legal_holds (act, account) VALUES (?,?)").bind(1, act).bind(2, account).run();
}

void SqliteTransaction::remove_legal_hold(std::int64_t act) {
  prepare("DELETE FROM legal_holds WHERE act = ?").bind(1, act).run();
  DN_ASSERT(database_.changes() == 1);
}

std::vector<LegalHold> SqliteTransaction::legal_holds(std::string_view account) {
  Statement holds =
      prepare(rows::select(rows::legal_hold_columns,
                           "legal_holds AS h JOIN acts AS a USING (act) WHERE h.account = ? ORDER BY act"));
  return rows::all(holds.bind(1, account), rows::read_legal_hold);
}

void SqliteTransaction::set_account_ended(std::string_view account, CalendarDate on) {
  prepare("INSERT OR REPLACE INTO ended_accounts (account, ended_on) VALUES (?,?)")
      .bind(1, account)
      .bind(2, rows::days(on))
      .run();
}

std::optional<CalendarDate> SqliteTransaction::account_ended(std::string_view account) {
  Statement find = prepare("SELECT ended_on FROM ended_accounts WHERE account = ?");
  return rows::one(find.bind(1, account),
                   [](const Statement& row) { return CalendarDate(std::chrono::days(row.integer(0))); });
}

Holdings SqliteTransaction::holdings(SubjectNumber subject) {
  const auto count = [&](const std::string& sql) {
    Statement counting = prepare(sql);
    return *rows::one(counting.bind(1, subject), first_integer);
  };
  const std::string unsettled =
      "(SELECT notice FROM deliveries WHERE notice IN " + theirs +
      " AND state IN (0, 1, 2, 5) UNION SELECT notice FROM resends WHERE notice IN " + theirs +
      " UNION SELECT i.notice FROM jobs AS j INDEXED BY jobs_running JOIN job_items AS i ON i.job = j.job "
      "WHERE j.ended_at IS NULL AND j.state = 0 AND i.state = 0 AND i.notice IN " +
      theirs + ")";
  Holdings holdings;
  holdings.notices = count("SELECT count(*) FROM " + theirs);
  holdings.rejections = count("SELECT count(*) FROM rejections WHERE subject = ?");
  holdings.unsettled = count("SELECT count(*) FROM " + unsettled);
  Statement ids =
      prepare("SELECT id FROM notices WHERE number IN " + unsettled + " ORDER BY number LIMIT ?2");
  holdings.unsettled_ids = rows::all(ids.bind(1, subject).bind(2, limits::unsettled_notices_named),
                                     [](const Statement& row) { return row.text(0); });
  holdings.dead_letters = count(
      "SELECT count(*) FROM outbox AS o JOIN rejections AS r ON r.number = o.rejection WHERE r.subject = ?");
  Statement kinds = prepare(
      "SELECT agreement, agreement_version, kind, time_zone, max(accepted_at) FROM notices "
      "WHERE number IN " +
      theirs + " GROUP BY 1, 2, 3, 4");
  holdings.kinds = rows::all(kinds.bind(1, subject), [](const Statement& row) {
    return KindHeld{row.text(0), row.text(1), row.text(2), row.text(3), from_unix_ms(row.integer(4))};
  });
  return holdings;
}

void SqliteTransaction::leave_tombstone(std::string_view source, std::string_view request_id,
                                        const Digest& content) {
  const Digest mark = keys_.tombstone(source, request_id);
  const Digest with_content = keys_.tombstone(source, with_digest(request_id, content));
  insert_tombstone_.bind_borrowed_blob(1, rows::bytes(mark))
      .bind_borrowed_blob(2, rows::bytes(with_content))
      .run();
}

std::optional<Digest> SqliteTransaction::tombstone_content(const Digest& mark) {
  if (!rows::one(any_tombstone_, first_integer)) return std::nullopt;
  return rows::one(find_tombstone_.bind_borrowed_blob(1, rows::bytes(mark)),
                   [](const Statement& row) { return rows::digest(row.view(0)); });
}

Remains SqliteTransaction::remains_of(std::string_view source, std::string_view request_id,
                                      const Digest& content) {
  const auto found = tombstone_content(keys_.tombstone(source, request_id));
  if (!found) return Remains::nothing;
  const bool same = *found == keys_.tombstone(source, with_digest(request_id, content));
  return same ? Remains::same : Remains::other;
}

std::string SqliteTransaction::nameless(std::string_view source, std::string_view request_id) {
  return word_of(keys_.tombstone(source, request_id));
}

bool SqliteTransaction::was_erased(const Digest& body) {
  return tombstone_content(keys_.tombstone(no_source, with_digest("", body))).has_value();
}

/// A late duplicate brings its number again, with an id that is not kept any more, and perhaps from a
/// publisher whose own name is not.
void SqliteTransaction::note_sequence(const RequestSequence& sequence) {
  std::string source = sequence.source;
  if (rows::one(any_tombstone_, first_integer)) {
    const std::string erased_source = nameless(source, "");
    if (rows::one(sequences_of_.bind_borrowed(1, erased_source), first_integer)) source = erased_source;
    const std::string name = nameless(sequence.source, sequence.request_id);
    noted_sequence_.bind_borrowed(1, source).bind(2, sequence.number).bind_borrowed(3, name);
    if (rows::one(noted_sequence_, first_integer)) return;
  }
  note_sequence_.bind_borrowed(1, source)
      .bind(2, sequence.number)
      .bind_borrowed(3, sequence.request_id)
      .run();
}

void SqliteTransaction::erase(SubjectNumber subject, std::int64_t act) {
  DN_ASSERT(subject != gateway_subject);
  const std::vector<SubjectNumber> others = who_else_is_meant(subject);
  leave_tombstones(subject);
  erase_numbering(subject);
  for (const SubjectNumber other : others) erase_rest(other, act);
  erase_notices(subject);
  erase_rest(subject, act);
  keys_.forget();
  want_scrubbing(database_);
  takes_scrubbing_ = true;
}

bool SqliteTransaction::is_scrubbed() { return !scrubbing_is_wanted(database_); }

/// Of requests that were refused before one of theirs was accepted in their place, the account could often
/// not be read: it is known by what came of them.
std::vector<SubjectNumber> SqliteTransaction::who_else_is_meant(SubjectNumber subject) {
  Statement find = prepare(
      "SELECT r.subject FROM rejections AS r JOIN subjects AS s ON s.number = r.subject WHERE s.account IS "
      "NULL "
      "AND s.wrapped IS NOT NULL AND (r.became IN (SELECT id FROM notices WHERE number IN " +
      theirs +
      ") OR r.source <> '' AND EXISTS (SELECT 1 FROM notices AS n WHERE n.source = r.source AND "
      "n.request_id = r.request_id AND n.number IN " +
      theirs + "))");
  return rows::all(find.bind(1, subject), first_integer);
}

/// A late duplicate must be known, without anybody being named.
void SqliteTransaction::leave_tombstones(SubjectNumber subject) {
  Statement accepted =
      prepare("SELECT source, request_id, request_digest FROM notices WHERE number IN " + theirs);
  accepted.bind(1, subject);
  while (accepted.step()) leave_tombstone(accepted.view(0), accepted.view(1), rows::digest(accepted.view(2)));
}

/// The numbers stay, so that none seems to be missing; what the requests were called does not. A publisher
/// whose own name is the account's, or an address of it, loses that too, and the statements that name it are
/// gone.
void SqliteTransaction::erase_numbering(SubjectNumber subject) {
  const auto texts = [&](const std::string& sql) {
    Statement find = prepare(sql);
    return rows::all(find.bind(1, subject),
                     [](const Statement& row) { return std::pair(row.text(0), row.text(1)); });
  };
  const auto requests = texts("SELECT source, request_id FROM notices WHERE number IN " + theirs +
                              " UNION SELECT source, request_id FROM rejections WHERE subject = ?1");
  const auto words = texts(
      "SELECT account, '' FROM subjects WHERE number = ?1 UNION SELECT address, '' FROM "
      "renderings WHERE notice IN " +
      theirs);
  const std::set<std::pair<std::string, std::string>> known(requests.begin(), requests.end());
  std::set<std::string> sources;
  for (const auto& request : requests) sources.insert(request.first);
  for (const std::string& source : sources) {
    const auto erased = [&](std::string_view request_id) { return nameless(source, request_id); };
    Statement numbers = prepare("SELECT number, request_id FROM sequences WHERE source = ?");
    const auto numbered = rows::all(
        numbers.bind(1, source), [](const Statement& row) { return std::pair(row.integer(0), row.text(1)); });
    Statement update = prepare(
        "UPDATE OR REPLACE sequences SET request_id = ? WHERE source = ? AND number = ? AND request_id = ?");
    for (const auto& [number, request_id] : numbered) {
      if (!known.contains({source, request_id})) continue;
      update.bind(1, erased(request_id)).bind(2, source).bind(3, number).bind(4, request_id).run();
    }
    const bool personal =
        std::any_of(words.begin(), words.end(), [&](const auto& word) { return names(source, word.first); });
    if (!personal) continue;
    prepare("UPDATE sequences SET source = ? WHERE source = ?").bind(1, erased("")).bind(2, source).run();
    prepare("UPDATE statements SET note = '' WHERE instr(note, ?)")
        .bind(1, "\"source\":" + canonical_json(Json(source)))
        .run();
  }
}

/// Last the notices themselves, because what hangs on them is found by them.
void SqliteTransaction::erase_notices(SubjectNumber subject) {
  const auto run = [&](const std::string& sql) { prepare(sql).bind(1, subject).run(); };
  run("UPDATE deliveries SET address = '', address_masked = '', last_code = CASE WHEN state = 4 THEN '" +
      std::string(rows::erased_code) + "' ELSE last_code END WHERE notice IN " + theirs);
  run("UPDATE renderings SET address = '', address_masked = '', digest = " + std::string(no_digest) +
      " WHERE notice IN " + theirs);
  run("UPDATE receipts SET provider_id = '' WHERE attempt IN (SELECT attempt FROM attempts WHERE notice IN " +
      theirs + ")");
  run("UPDATE attempts SET provider_id = '' WHERE notice IN " + theirs);
  run("DELETE FROM in_site_messages WHERE notice IN " + theirs);
  run("UPDATE notices SET account_id = '', source = '', request_id = id, reference = NULL, request_digest "
      "= " +
      std::string(no_digest) + " WHERE number IN " + theirs);
}

/// Rejections, what people said, and the key. What is sealed stays where it is: nobody can read it any more.
void SqliteTransaction::erase_rest(SubjectNumber subject, std::int64_t act) {
  const auto run = [&](const std::string& sql) { prepare(sql).bind(1, subject).run(); };
  Statement bodies = prepare("SELECT body_digest FROM rejections WHERE subject = ?");
  bodies.bind(1, subject);
  while (bodies.step()) {
    const Digest mark = keys_.tombstone(no_source, with_digest("", rows::digest(bodies.view(0))));
    insert_tombstone_.bind_borrowed_blob(1, rows::bytes(mark)).bind_borrowed_blob(2, rows::bytes(mark)).run();
  }
  prepare("UPDATE rejections SET state = ?, act = ? WHERE subject = ? AND state = ?")
      .bind(1, rows::code(RejectionState::discarded))
      .bind(2, act)
      .bind(3, subject)
      .bind(4, rows::code(RejectionState::open))
      .run();
  run("UPDATE rejections SET source = '', request_id = '', message = '', pointer = '', content_type = '', "
      "body_digest = " +
      std::string(no_digest) + ", same_as = " + std::string(no_likeness) + " WHERE subject = ?");
  run("UPDATE acts SET evidence_digest = " + std::string(no_digest) +
      " WHERE subject = ? AND evidence_digest IS NOT NULL");
  run("UPDATE jobs SET same_as = " + std::string(no_likeness) +
      " WHERE act IN (SELECT act FROM acts WHERE subject = ?)");
  run("DELETE FROM ended_accounts WHERE account = (SELECT account FROM subjects WHERE number = ?)");
  run("UPDATE subjects SET account = NULL, master = NULL, wrapped = NULL WHERE number = ?");
}

}  // namespace duenotice
