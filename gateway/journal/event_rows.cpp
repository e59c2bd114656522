#include "gateway/journal/event_rows.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

constexpr std::array<ExportColumn, 5> event_columns{{
    {"sequence", ValueKind::integer, "the event's number; they run from 1 without a gap"},
    {"at", ValueKind::instant, "when it happened"},
    {"type", ValueKind::text, "what happened"},
    {"notice_id", ValueKind::text, "the notice; empty for an event of the gateway itself"},
    {"bytes", ValueKind::text, "the event itself: canonical JSON (RFC 8785), byte for byte"},
}};

}  // namespace

EventRows::EventRows(sqlite::Database& database)
    : range_(database.prepare(statement("e.sequence > ? AND e.sequence <= ? ORDER BY e.sequence LIMIT ?"))),
      of_notice_(database.prepare(statement("e.notice = ? AND e.sequence <= ? ORDER BY e.sequence"))) {}

std::string EventRows::statement(std::string_view where) {
  return "SELECT e.sequence, e.at, e.type, n.id, e.bytes FROM events AS e LEFT JOIN notices AS n "
         "ON n.number = e.notice WHERE " +
         std::string(where);
}

std::span<const ExportColumn> EventRows::columns() { return event_columns; }

std::array<ExportValue, 5> EventRows::read(const sqlite::Statement& row) {
  std::array<ExportValue, 5> values;
  for (int column = 0; column < 5; ++column) {
    if (row.is_null(column)) continue;
    ExportValue& value = values[static_cast<std::size_t>(column)];
    value.null = false;
    if (column < 2) {
      value.integer = row.integer(column);
    } else {
      value.bytes = row.view(column);
    }
  }
  return values;
}

}  // namespace duenotice
