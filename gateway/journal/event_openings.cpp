#include "gateway/journal/event_openings.hpp"

#include <set>

#include "gateway/base/assert.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

/// The payload in the row ?1, which stands under the key of the event's subject, ?2.
std::string_view payload_sql(PayloadPlace place) {
  switch (place) {
    case PayloadPlace::opening:
      break;
    case PayloadPlace::request:
      return "SELECT unsealed(?2, 'request', json) FROM requests WHERE notice = ?1";
    case PayloadPlace::content:
      return "SELECT unsealed(?2, 'content', bytes) FROM rendering_contents WHERE content = ?1";
    case PayloadPlace::reply:
      return "SELECT unsealed(?2, 'reply', reply) FROM attempts WHERE attempt = ?1";
    case PayloadPlace::report:
      return "SELECT unsealed(?2, 'report', report) FROM receipts WHERE receipt = ?1";
    case PayloadPlace::evidence:
      return "SELECT unsealed(?2, 'evidence', evidence) FROM acts WHERE act = ?1";
    case PayloadPlace::body:
      return "SELECT unsealed(?2, 'body', body) FROM rejection_bodies WHERE rejection = ?1";
    case PayloadPlace::released_body:
      return "SELECT unsealed(?2, 'released_body', body) FROM rejection_releases WHERE rejection = ?1";
    case PayloadPlace::difference:
      return "SELECT unsealed(?2, 'difference', difference) FROM rejection_releases WHERE rejection = ?1";
    case PayloadPlace::selection:
      return "SELECT unsealed(?2, 'selection', selection) FROM jobs WHERE job = ?1";
  }
  DN_ASSERT(false);
}

}  // namespace

EventOpenings::EventOpenings(sqlite::Database& database, SubjectKeys& keys)
    : database_(database),
      keys_(keys),
      records_(database.prepare("SELECT subject, records FROM openings WHERE event = ?")) {}

EventOpenings::Opened EventOpenings::of(std::int64_t sequence, const Json& document) {
  Opened opened;
  const auto stored = rows::one(records_.bind(1, sequence), [](const sqlite::Statement& row) {
    return std::pair(row.integer(0), row.text(1));
  });
  if (!stored) return opened;
  opened.standing = keys_.standing(stored->first);
  if (opened.standing != SubjectKeys::Standing::readable) return opened;
  for (const OpeningRecord& record : read_records(stored->second))
    opened.fields.push_back(open(record, stored->first, document));
  return opened;
}

FieldOpening EventOpenings::open(const OpeningRecord& record, SubjectNumber subject, const Json& document) {
  FieldOpening field{.field = record.field, .opening = {}, .payload = {}};
  const Json* member = document.find(record.field);
  const std::string* text = member == nullptr ? nullptr : evidence::commitment_in(*member);
  const auto commitment = text == nullptr ? std::nullopt : evidence::parse_commitment(*text);
  if (!commitment) return field;
  const auto secret = keys_.unseal(subject, record.secret,
                                   opening_bound_to(text_at(document, "notice"), record.field, *commitment));
  if (!secret || secret->size() < evidence::opening_bytes) return field;
  field.opening = secret->substr(0, evidence::opening_bytes);
  if (record.place == PayloadPlace::opening) {
    field.payload = secret->substr(evidence::opening_bytes);
  } else {
    sqlite::Statement stored = database_.prepare(payload_sql(record.place));
    field.payload = rows::one(stored.bind(1, record.row).bind(2, subject),
                              [](const sqlite::Statement& row) { return row.text(0); });
  }
  return field;
}

std::string fault_in(const EventOpenings::Opened& opened, const Json& document) {
  if (opened.standing != SubjectKeys::Standing::readable) return {};
  std::set<std::string> committed;
  for (const auto& [name, member] : *document.as_object()) {
    if (evidence::commitment_in(member) != nullptr) committed.insert(name);
  }
  for (const FieldOpening& one : opened.fields) {
    if (committed.erase(one.field) == 0)
      return "it has an opening of '" + one.field + "' that it does not name";
    if (one.opening.empty()) return "its opening of '" + one.field + "' was altered";
    if (!one.payload) return "what it says of '" + one.field + "' is not in the journal any more";
    const Digest bound = evidence::commit(one.opening, one.field, *one.payload);
    if (evidence::commitment_text(bound) != *evidence::commitment_in(*document.find(one.field)))
      return "what the journal has as '" + one.field + "' is not what the event was written with";
  }
  return committed.empty() ? std::string() : "its opening of '" + *committed.begin() + "' is missing";
}

}  // namespace duenotice
