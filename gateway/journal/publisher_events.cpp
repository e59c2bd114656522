#include "gateway/journal/publisher_events.hpp"

#include "gateway/base/json.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/notice/event.hpp"

namespace duenotice {
namespace {

// The condition on the type is the index's own, word for word; otherwise SQLite could not use it.
constexpr std::string_view events_sql =
    "SELECT e.sequence, e.at, e.type, e.bytes, n.id, n.source, n.request_id, n.reference, n.agreement, "
    "n.agreement_version, n.kind, n.clause, n.account_id, n.time_zone, n.sandbox, "
    "n.also_clauses, n.channels_left_out "
    "FROM events AS e INDEXED BY events_for_publishers LEFT JOIN notices AS n ON n.number = e.notice "
    "WHERE e.type IN ('accepted', 'rejected', 'deemed_delivered', 'notice_held', 'notice_failed', "
    "'notice_cancelled') AND e.sequence > ?1 AND (?3 = '' OR e.type = ?3) AND n.account_id IS NOT '' ORDER "
    "BY e.sequence LIMIT ?2";

PublisherEvent read_event(const sqlite::Statement& row) {
  PublisherEvent event;
  event.sequence = row.integer(0);
  event.at = from_unix_ms(row.integer(1));
  event.type = row.text(2);
  event.bytes = row.text(3);
  if (row.is_null(4)) return event;
  event.notice = {.id = row.text(4),
                  .source = row.text(5),
                  .request_id = row.text(6),
                  .reference = row.optional_text(7),
                  .agreement = row.text(8),
                  .agreement_version = row.text(9),
                  .kind = row.text(10),
                  .clause = row.text(11),
                  .account_id = row.text(12),
                  .time_zone = row.text(13),
                  .sandbox = row.integer(14) != 0,
                  .also_clauses = row.text(15),
                  .channels_left_out = row.text(16)};
  return event;
}

[[noreturn]] void damaged(const PublisherEvent& event) {
  throw sqlite::SqliteError(
      sqlite::SqliteError::Kind::corrupt, 0,
      "the journal is damaged: event " + std::to_string(event.sequence) + " names nothing that is there");
}

}  // namespace

PublisherEvents::PublisherEvents(sqlite::Database& database)
    : events_(database.prepare(events_sql)),
      rejection_(database.prepare(
          "SELECT id, code, pointer, message, source, request_id FROM rejections WHERE id = ?")) {}

std::vector<PublisherEvent> PublisherEvents::read(std::int64_t after, int most, std::string_view type) {
  auto found = rows::all(events_.bind(1, after).bind(2, most).bind(3, type), read_event);
  for (PublisherEvent& event : found) {
    if (event.type == events::rejected) {
      event.rejection = rejection(event);
    } else if (!event.notice) {
      damaged(event);
    }
  }
  return found;
}

PublisherEvent::OfRejection PublisherEvents::rejection(const PublisherEvent& event) {
  const auto document = parse_json(event.bytes);
  const Json* id = document ? document->find("rejection") : nullptr;
  if (id == nullptr || id->as_string() == nullptr) damaged(event);
  auto found = rows::one(rejection_.bind_borrowed(1, *id->as_string()), [](const sqlite::Statement& row) {
    return PublisherEvent::OfRejection{row.text(0), row.text(1), row.text(2),
                                       row.text(3), row.text(4), row.text(5)};
  });
  if (!found) damaged(event);
  return *std::move(found);
}

}  // namespace duenotice
