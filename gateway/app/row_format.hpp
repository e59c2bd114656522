#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gateway/journal/export.hpp"

/// The rows of an export as text.
///
/// `csv`: RFC 4180 with a header line, CRLF, UTF-8 without a byte order mark. Nothing is an empty cell. So
/// that a spreadsheet takes no text for a formula, a text that begins with `=`, `+`, `-`, `@`, a tab, a line
/// end, one of these in its full-width form, or an apostrophe, is written behind an apostrophe: take the
/// first apostrophe of such a cell away and the text is as it was.
///
/// `jsonl`: one JSON object a line, its members in the order of the columns, texts as they are, nothing is
/// null.
///
/// Both: dates are `YYYY-MM-DD`, instants RFC 3339 in UTC, flags `true` and `false`, digests 64 hexadecimal
/// digits. Bytes that are no UTF-8, hold a NUL, or begin with `base64:` are written as `base64:` and their
/// base 64 (RFC 4648).

namespace duenotice::app {

enum class RowFormat { csv, jsonl };
std::string_view name_of(RowFormat format);
std::optional<RowFormat> parse_row_format(std::string_view text);

/// Appends the line above all rows, which only `csv` has.
void append_header(RowFormat format, std::span<const ExportColumn> columns, std::string& out);
/// Appends one row. `values` are as many as `columns`.
void append_row(RowFormat format, std::span<const ExportColumn> columns, std::span<const ExportValue> values,
                std::string& out);

}  // namespace duenotice::app
