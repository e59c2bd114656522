#include "gateway/journal/export.hpp"

#include "gateway/journal/event_rows.hpp"
#include "gateway/journal/notice_rows.hpp"

namespace duenotice {

std::string_view to_text(ExportRows rows) { return rows == ExportRows::notices ? "notices" : "events"; }

std::optional<ExportRows> parse_export_rows(std::string_view text) {
  for (const ExportRows rows : {ExportRows::notices, ExportRows::events}) {
    if (text == to_text(rows)) return rows;
  }
  return std::nullopt;
}

std::string_view to_text(ValueKind kind) {
  switch (kind) {
    case ValueKind::text:
      return "text";
    case ValueKind::bytes:
      return "bytes";
    case ValueKind::integer:
      return "integer";
    case ValueKind::flag:
      return "flag";
    case ValueKind::date:
      return "date";
    case ValueKind::instant:
      return "instant";
    case ValueKind::digest:
      return "sha256";
  }
  return {};
}

std::span<const ExportColumn> export_columns(ExportRows rows) {
  return rows == ExportRows::notices ? NoticeRows::columns() : EventRows::columns();
}

}  // namespace duenotice
