#include "gateway/app/log_statements.hpp"

#include <algorithm>

#include "gateway/app/journal_access.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/note_signature.hpp"
#include "gateway/journal/journal_leaves.hpp"
#include "gateway/notice/event.hpp"

namespace duenotice::app {

namespace {

/// Its first line, so that it can never pass for a checkpoint, which begins with the log's origin.
constexpr std::string_view statement_header = "duenotice-statement/v1\n";

/// What a statement is about.
struct Day {
  CalendarDate date;
  std::string zone;
  std::int64_t first = 0, last = 0;  ///< numbers of events
};

/// A fact of the newest statement.
std::int64_t last_index_of(const std::string& event_bytes) {
  const auto event = parse_json(event_bytes);
  const Json* last = event ? event->find("last_index") : nullptr;
  return last != nullptr && last->as_integer() != nullptr ? *last->as_integer() : -1;
}

std::string date_of(const std::string& event_bytes) {
  const auto event = parse_json(event_bytes);
  const Json* date = event ? event->find("date") : nullptr;
  return date != nullptr && date->as_string() != nullptr ? *date->as_string() : std::string();
}

Json counts_json(const std::vector<RequestCount>& counts) {
  Json list = Json::array();
  std::int64_t further = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (i >= limits::statement_lines) {
      further += counts[i].count;
      continue;
    }
    list.push_back(Json::Object{{"source", counts[i].source},
                                {"kind", counts[i].kind},
                                {"state", counts[i].state},
                                {"count", counts[i].count}});
  }
  if (further > 0) list.push_back(Json::Object{{"others", further}});
  return list;
}

Json sequences_json(const std::vector<SourceSequence>& sources) {
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(sources.size(), limits::statement_lines); ++i) {
    const SourceSequence& source = sources[i];
    list.push_back(Json::Object{{"source", source.source},
                                {"first", source.first},
                                {"last", source.last},
                                {"missing", source.missing},
                                {"repeated", source.repeated}});
  }
  return list;
}

std::string signed_note(const evidence::SigningKey& key, const Json& statement) {
  const std::string text = std::string(statement_header) + canonical_json(statement) + "\n";
  return to_text(evidence::SignedNote{text, {sign(key, text)}});
}

/// The signed statement, read from the journal, of the events under this head.
Result<std::string> statement_of(Completeness& journal, const Day& day, const evidence::Head& head,
                                 Instant now, const evidence::SigningKey& key) {
  const auto counts = journal.counts(day.first, day.last);
  if (!counts) return counts.error();
  const auto sources = journal.sources();
  if (!sources) return sources.error();
  Json statement = Json::Object{{"origin", key.verifier().name},
                                {"date", to_text(day.date)},
                                {"time_zone", day.zone},
                                {"made_at", to_text(now)},
                                {"first_index", day.first - 1},
                                {"last_index", day.last - 1},
                                {"size", static_cast<std::int64_t>(head.size)},
                                {"root", to_base64(evidence::bytes_of(head.root))}};
  statement["counts"] = counts_json(*counts);
  statement["sequences"] = sequences_json(*sources);
  return signed_note(key, statement);
}

}  // namespace

LogStatements::LogStatements(const Configuration& configuration, evidence::SigningKey log_key,
                             Journal& journal, const LogPublisher& publisher, const Clock& clock, Log& log)
    : configuration_(configuration),
      key_(std::move(log_key)),
      journal_(journal),
      publisher_(publisher),
      log_(log),
      thread_(clock, [this](Instant now, const std::stop_token&) { return step(now); }) {}

Instant LogStatements::step(Instant now) {
  const auto next = state(now);
  if (next) {
    fault_.clear();
    return *next;
  }
  if (fault_ != next.error().message) log_.warning("log_not_stated", {{"reason", next.error().message}});
  fault_ = next.error().message;
  return now + limits::seal_retry;
}

Result<Instant> LogStatements::state(Instant now) {
  const EvidenceSettings& settings = configuration_.evidence;
  const auto zone = TimeZone::load(settings.statement_zone);
  if (!zone) return zone.error();
  // The publisher has looked whether this journal is the one that the log was made from.
  const LogPublisher::Standing log = publisher_.standing();
  if (!log.size || log.stopped) return now + limits::seal_poll;
  const CalendarDate today = zone->date_of(now - limits::seal_after_midnight);
  const Instant tomorrow = zone->start_of(today + std::chrono::days(1)) + limits::seal_after_midnight;
  const Instant soon = now + limits::seal_poll;
  Day day{today - std::chrono::days(1), zone->name()};

  auto completeness = open_completeness(configuration_.journal);
  if (!completeness) return completeness.error();
  const auto before = completeness->statement();
  if (!before) return before.error();
  if (*before && date_of((*before)->event) >= to_text(day.date)) return tomorrow;
  day.first = *before ? last_index_of((*before)->event) + 2 : 1;

  auto leaves = JournalLeaves::open(configuration_.journal.path);
  if (!leaves) return leaves.error();
  const auto begun = leaves->happened_at(static_cast<std::uint64_t>(day.first - 1));
  if (!begun) return begun.error();
  if (!*begun || **begun >= zone->start_of(today)) return tomorrow;  // nothing happened before today

  auto heads = evidence::SqliteHeadStore::open(settings.heads);
  if (!heads) return heads.error();
  const auto head = heads->read();
  if (!head) return head.error();
  if (!*head || (*head)->size < static_cast<std::uint64_t>(day.first)) return soon;
  day.last = static_cast<std::int64_t>((*head)->size);

  const auto note = statement_of(*completeness, day, **head, now, key_);
  if (!note) return note.error();
  const Json facts = Json::Object{
      {"date", to_text(day.date)}, {"last_index", day.last - 1}, {"sha256", sha256(*note).hex()}};
  const Committed committed = journal_.run(WorkClass::intake, [&](Transaction& tx) {
    const std::int64_t event =
        tx.append_event({.type = events::statement, .notice_id = "", .at = now, .facts = facts});
    tx.insert_statement(event, *note);
  });
  if (committed == Committed::yes) return tomorrow;
  return Error{committed == Committed::no_space ? ErrorKind::no_space : ErrorKind::unavailable,
               "the statement could not be recorded"};
}

}  // namespace duenotice::app
