#include "gateway/journal/event_openings.hpp"

#include <set>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

/// The column with the payload, and that of its row.
std::string_view payload_sql(PayloadPlace place) {
  switch (place) {
    case PayloadPlace::opening:
      break;
    case PayloadPlace::request:
      return "SELECT json FROM requests WHERE notice = ?";
    case PayloadPlace::content:
      return "SELECT bytes FROM rendering_contents WHERE content = ?";
    case PayloadPlace::reply:
      return "SELECT reply FROM attempts WHERE attempt = ?";
    case PayloadPlace::report:
      return "SELECT report FROM receipts WHERE receipt = ?";
    case PayloadPlace::evidence:
      return "SELECT evidence FROM acts WHERE act = ?";
    case PayloadPlace::body:
      return "SELECT body FROM rejection_bodies WHERE rejection = ?";
    case PayloadPlace::released_body:
      return "SELECT body FROM rejection_releases WHERE rejection = ?";
    case PayloadPlace::difference:
      return "SELECT difference FROM rejection_releases WHERE rejection = ?";
    case PayloadPlace::selection:
      return "SELECT selection FROM jobs WHERE job = ?";
  }
  DN_ASSERT(false);
}

/// The commitment in a member of an event, if it is one.
const std::string* commitment_in(const Json& member) {
  const Json::Object* object = member.as_object();
  const Json* text = object != nullptr && object->size() == 1 ? member.find("c") : nullptr;
  return text == nullptr ? nullptr : text->as_string();
}

}  // namespace

EventOpenings::EventOpenings(sqlite::Database& database)
    : database_(database), records_(database.prepare("SELECT records FROM openings WHERE event = ?")) {}

std::vector<FieldOpening> EventOpenings::of(std::int64_t sequence) {
  const auto records = rows::one(records_.bind(1, sequence),
                                 [](const sqlite::Statement& row) { return read_records(row.view(0)); });
  std::vector<FieldOpening> all;
  if (!records) return all;
  for (const OpeningRecord& record : *records)
    all.push_back({record.field, record.secret.substr(0, evidence::opening_bytes), payload(record)});
  return all;
}

std::optional<std::string> EventOpenings::payload(const OpeningRecord& record) {
  if (record.place == PayloadPlace::opening) return record.secret.substr(evidence::opening_bytes);
  sqlite::Statement stored = database_.prepare(payload_sql(record.place));
  return rows::one(stored.bind(1, record.row), [](const sqlite::Statement& row) { return row.text(0); });
}

std::string EventOpenings::fault(std::int64_t sequence, const Json& document) {
  std::set<std::string> committed;
  for (const auto& [name, member] : *document.as_object()) {
    if (commitment_in(member) != nullptr) committed.insert(name);
  }
  for (const FieldOpening& one : of(sequence)) {
    if (committed.erase(one.field) == 0)
      return "it has an opening of '" + one.field + "' that it does not name";
    if (!one.payload) return "what it says of '" + one.field + "' is not in the journal any more";
    const Digest bound = evidence::commit(one.opening, one.field, *one.payload);
    if (evidence::commitment_text(bound) != *commitment_in(*document.find(one.field)))
      return "what the journal has as '" + one.field + "' is not what the event was written with";
  }
  return committed.empty() ? std::string() : "its opening of '" + *committed.begin() + "' is missing";
}

}  // namespace duenotice
