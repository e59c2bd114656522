#include "gateway/journal/selection.hpp"

#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

bool waits_for_a_person(const Selection& selection) {
  return selection.state == DeliveryState::failed || selection.state == DeliveryState::held;
}

/// The states are written out, or SQLite would not know that the partial index holds them.
std::string source(const Selection& selection) {
  if (selection.notices.empty() && waits_for_a_person(selection)) {
    return "deliveries AS d INDEXED BY deliveries_stuck CROSS JOIN notices AS n ON n.number = d.notice WHERE "
           "d.state IN (4, 5) AND d.state = " +
           std::to_string(rows::code(*selection.state));
  }
  std::string sql = "notices AS n CROSS JOIN deliveries AS d ON d.notice = n.number WHERE ";
  if (!selection.notices.empty()) {
    sql += "n.number IN (";
    for (std::size_t i = 0; i < selection.notices.size(); ++i)
      sql += (i > 0 ? "," : "") + std::to_string(selection.notices[i]);
    sql += ")";
  } else {
    sql += "1";
  }
  if (selection.state) sql += " AND d.state = " + std::to_string(rows::code(*selection.state));
  if (selection.leaves_out_sent) sql += " AND d.state <> 3";
  return sql;
}

}  // namespace

std::string selection_sql(const Selection& selection, std::string_view what, std::string_view tail) {
  std::string sql = std::string(what) + " FROM " + source(selection);
  sql += " AND n.account_id <> ''";  // of erased ones nothing is left to be sent
  if (selection.channel) sql += " AND d.channel = ?";
  if (selection.code) sql += " AND d.last_code = ?";
  if (selection.kind) sql += " AND n.kind = ?";
  if (selection.agreement) sql += " AND n.agreement = ?";
  if (selection.since) sql += " AND n.accepted_at >= ?";
  if (selection.until) sql += " AND n.accepted_at < ?";
  return sql + " " + std::string(tail);
}

int bind_selection(sqlite::Statement& statement, const Selection& selection, int first) {
  int place = first;
  if (selection.channel) statement.bind(place++, rows::code(*selection.channel));
  if (selection.code) statement.bind(place++, *selection.code);
  if (selection.kind) statement.bind(place++, *selection.kind);
  if (selection.agreement) statement.bind(place++, *selection.agreement);
  if (selection.since) statement.bind(place++, to_unix_ms(*selection.since));
  if (selection.until) statement.bind(place++, to_unix_ms(*selection.until));
  return place;
}

}  // namespace duenotice
