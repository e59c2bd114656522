#include "gateway/app/log_statements.hpp"

#include <algorithm>

#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/statement_note.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/time_zone.hpp"
#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/journal/journal_leaves.hpp"
#include "gateway/notice/event.hpp"

namespace duenotice::app {

namespace {

/// What a statement is about.
struct Day {
  CalendarDate date;
  std::string zone;
  std::int64_t first = 0, last = 0;  ///< numbers of events
};

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

/// The signed statement, read from the journal, of the events under this head.
Result<std::string> statement_of(Completeness& journal, const evidence::SealRecord& seals, const Day& day,
                                 const evidence::Head& head, Instant now, const evidence::SigningKey& key) {
  const auto standing = journal.standing(day.first, day.last);
  if (!standing) return standing.error();
  Json statement = Json::Object{{"origin", key.verifier().name},
                                {"date", to_text(day.date)},
                                {"time_zone", day.zone},
                                {"made_at", to_text(now)},
                                {"first_index", day.first - 1},
                                {"last_index", day.last - 1},
                                {"size", static_cast<std::int64_t>(head.size)},
                                {"root", to_base64(evidence::bytes_of(head.root))}};
  statement["counts"] = counts_json(standing->counts);
  statement["sequences"] = sequences_json(standing->sources);
  statement["seals"] = seals_json(seals);
  return sign_statement(statement, key);
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
  if (*before) {
    const auto event = parse_json((*before)->event);
    if (!event) return Error{ErrorKind::broken, "the event of the newest statement is not JSON"};
    if (text_at(*event, "date") >= to_text(day.date)) return tomorrow;
    day.first = number_at(*event, "last_index", -1) + 2;
  } else {
    day.first = 1;
  }

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

  auto seals = open_seals(settings, key_.verifier());
  if (!seals) return seals.error();
  const auto record = *seals ? (*seals)->record() : Result<evidence::SealRecord>(evidence::SealRecord{});
  if (!record) return record.error();

  const auto note = statement_of(*completeness, *record, day, **head, now, key_);
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
