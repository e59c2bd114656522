#include "gateway/journal/event_check.hpp"

#include "gateway/base/base64.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/journal/event_openings.hpp"

namespace duenotice {
namespace {

bool is(const Json* member, std::string_view text) {
  return member != nullptr && member->as_string() != nullptr && *member->as_string() == text;
}

bool is(const Json* member, std::int64_t number) {
  return member != nullptr && member->as_integer() != nullptr && *member->as_integer() == number;
}

/// What an event says beyond its own row: which event of its notice came before, and what its commitments
/// bind to.
class Depth {
 public:
  Depth(sqlite::Database& database, SubjectKeys& keys)
      : openings_(database, keys),
        before_(database.prepare("SELECT bytes FROM events INDEXED BY events_by_notice WHERE notice = ? AND "
                                 "sequence < ? ORDER BY sequence DESC LIMIT 1")) {}

  std::string fault(std::int64_t sequence, std::optional<std::int64_t> notice, std::string_view bytes,
                    EventCheck& check) {
    const auto parsed = parse_json(bytes);
    const Json* previous = parsed->find("previous");
    std::optional<Digest> expected;
    if (notice && before_.bind(1, *notice).bind(2, sequence).step()) expected = hasher_.leaf(before_.view(0));
    before_.reset();
    const bool agrees =
        expected ? is(previous, to_base64(evidence::bytes_of(*expected))) : previous == nullptr;
    if (!agrees) return "it names another event as the one before it of its notice";
    const EventOpenings::Opened opened = openings_.of(sequence, *parsed);
    if (opened.standing == SubjectKeys::Standing::no_master_key) ++check.unopened;
    return fault_in(opened, *parsed);
  }

 private:
  EventOpenings openings_;
  sqlite::Statement before_;
  evidence::MerkleHasher hasher_;
};

/// Reads `sequence, at, type, notice id, has notice, bytes`. Empty when the bytes say the same as the
/// columns.
std::string disagreement(const sqlite::Statement& row) {
  const std::string_view bytes = row.view(5);
  const auto parsed = parse_json(bytes);
  if (!parsed.ok()) return "its bytes are not JSON: " + parsed.error().message;
  const Json& document = parsed.value();
  if (canonical_json(document) != bytes) return "its bytes are not canonical JSON";
  if (!is(document.find("sequence"), row.integer(0))) return "its bytes have another sequence number";
  if (!is(document.find("at"), to_text(from_unix_ms(row.integer(1))))) return "its bytes have another time";
  if (!is(document.find("type"), row.view(2))) return "its bytes have another type";
  const bool has_notice = row.integer(4) != 0;
  const bool agrees = has_notice ? !row.is_null(3) && is(document.find("notice"), row.view(3))
                                 : document.find("notice") == nullptr;
  return agrees ? std::string() : "its bytes name another notice";
}

}  // namespace

EventCheck check_stored_events(sqlite::Database& database, std::optional<int> last, SubjectKeys* keys) {
  const std::int64_t newest = database.integer("SELECT max(sequence) FROM events");
  const std::int64_t first = last ? std::max<std::int64_t>(1, newest - *last + 1) : 1;
  sqlite::Statement rows = database.prepare(
      "SELECT e.sequence, e.at, e.type, n.id, e.notice IS NOT NULL, e.bytes, e.notice FROM events AS e "
      "LEFT JOIN notices AS n ON n.number = e.notice WHERE e.sequence >= ? ORDER BY e.sequence");
  // All events are checked from the very first row, so that a number below 1 is found too.
  rows.bind(1, last ? first : std::numeric_limits<std::int64_t>::min());
  EventCheck check;
  std::optional<Depth> depth;
  if (!last && keys != nullptr) depth.emplace(database, *keys);
  for (std::int64_t expected = first; rows.step(); ++expected) {
    const std::int64_t sequence = rows.integer(0);
    if (sequence != expected) {
      check.fault = "event " + std::to_string(expected) + " is missing: after " +
                    std::to_string(expected - 1) + " comes " + std::to_string(sequence);
      return check;
    }
    ++check.checked;
    std::string wrong = disagreement(rows);
    if (wrong.empty() && depth) wrong = depth->fault(sequence, rows.optional_integer(6), rows.view(5), check);
    if (!wrong.empty()) {
      check.fault = "event " + std::to_string(sequence) + " is damaged: " + wrong;
      return check;
    }
  }
  return check;
}

}  // namespace duenotice
