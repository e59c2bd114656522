#include "gateway/app/row_format.hpp"

#include <algorithm>
#include <charconv>

#include "gateway/app/terminal.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::app {

namespace {

constexpr std::string_view base64_mark = "base64:";

void append_integer(std::int64_t value, std::string& out) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

bool is_promised_text(std::string_view bytes) {
  return is_utf8(bytes) && bytes.find('\0') == std::string_view::npos && !bytes.starts_with(base64_mark);
}

/// Hands the text of a text or of bytes to `take`.
template <class Take>
void as_text(const ExportColumn& column, std::string_view bytes, Take take) {
  if (column.kind == ValueKind::bytes && !is_promised_text(bytes)) {
    take(std::string(base64_mark) + to_base64(bytes));
  } else if (column.kind == ValueKind::text && !is_utf8(bytes)) {
    take(as_utf8(bytes));
  } else {
    take(bytes);
  }
}

bool is_text(ValueKind kind) { return kind == ValueKind::text || kind == ValueKind::bytes; }

/// A value that is no text: the same in every format, but for the quotes.
void append_plain(const ExportColumn& column, const ExportValue& value, std::string& out) {
  switch (column.kind) {
    case ValueKind::integer:
      return append_integer(value.integer, out);
    case ValueKind::flag:
      out += value.integer != 0 ? "true" : "false";
      return;
    case ValueKind::date:
      out += to_text(CalendarDate(std::chrono::days(value.integer)));
      return;
    case ValueKind::instant:
      out += to_text(from_unix_ms(value.integer));
      return;
    case ValueKind::digest:
      out += to_hex(value.bytes);
      return;
    case ValueKind::text:
    case ValueKind::bytes:
      break;
  }
}

// ---- csv

/// Whether a spreadsheet could take it for a formula, or the reader for one of ours that was guarded.
bool needs_guard(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n'").find(text.front()) != std::string_view::npos) return true;
  return text.starts_with("＝") || text.starts_with("＋") || text.starts_with("－") || text.starts_with("＠");
}

void append_csv_text(std::string_view text, std::string& out) {
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (needs_guard(text)) out += '\'';
  for (std::size_t quote; quoted && (quote = text.find('"')) != std::string_view::npos;) {
    out.append(text.substr(0, quote + 1)).append(1, '"');
    text.remove_prefix(quote + 1);
  }
  out += text;
  if (quoted) out += '"';
}

void append_csv(const ExportColumn& column, const ExportValue& value, std::string& out) {
  if (value.null) return;
  if (!is_text(column.kind)) return append_plain(column, value, out);
  as_text(column, value.bytes, [&](std::string_view text) { append_csv_text(text, out); });
}

// ---- jsonl

void append_json(const ExportColumn& column, const ExportValue& value, std::string& out) {
  if (value.null) {
    out += "null";
  } else if (is_text(column.kind)) {
    as_text(column, value.bytes, [&](std::string_view text) { append_json_string(text, out); });
  } else {
    const bool bare = column.kind == ValueKind::integer || column.kind == ValueKind::flag;
    if (!bare) out += '"';
    append_plain(column, value, out);
    if (!bare) out += '"';
  }
}

}  // namespace

std::string_view name_of(RowFormat format) { return format == RowFormat::csv ? "csv" : "jsonl"; }

std::optional<RowFormat> parse_row_format(std::string_view text) {
  for (const RowFormat format : {RowFormat::csv, RowFormat::jsonl}) {
    if (text == name_of(format)) return format;
  }
  return std::nullopt;
}

void append_header(RowFormat format, std::span<const ExportColumn> columns, std::string& out) {
  if (format != RowFormat::csv) return;
  for (const ExportColumn& column : columns)
    out.append(&column == &columns.front() ? "" : ",").append(column.name);
  out += "\r\n";
}

void append_row(RowFormat format, std::span<const ExportColumn> columns, std::span<const ExportValue> values,
                std::string& out) {
  const bool csv = format == RowFormat::csv;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (csv) {
      if (i > 0) out += ',';
      append_csv(columns[i], values[i], out);
    } else {
      out.append(i > 0 ? ",\"" : "{\"").append(columns[i].name).append("\":");
      append_json(columns[i], values[i], out);
    }
  }
  out += csv ? "\r\n" : "}\n";
}

}  // namespace duenotice::app
