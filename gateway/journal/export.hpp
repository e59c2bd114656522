#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/journal/audit.hpp"

/// The record as rows for other programs, any number of them.

namespace duenotice {

enum class ExportRows {
  notices,  ///< one for each delivery of each notice
  events,   ///< one for each event
};
std::string_view to_text(ExportRows rows);
std::optional<ExportRows> parse_export_rows(std::string_view text);

enum class ValueKind {
  text,     ///< UTF-8
  bytes,    ///< mostly text, but nobody promised
  integer,  ///
  flag,     ///< an integer, 0 or 1
  date,     ///< an integer: days since 1970-01-01
  instant,  ///< an integer: milliseconds since 1970-01-01 UTC
  digest,   ///< 32 bytes of SHA-256
};
std::string_view to_text(ValueKind kind);

/// A column of an export. They are stable: new ones are added at the end.
struct ExportColumn {
  std::string_view name;
  ValueKind kind = ValueKind::text;
  std::string_view meaning;
};
std::span<const ExportColumn> export_columns(ExportRows rows);

/// A cell: null, an integer or bytes, as its column's kind says.
struct ExportValue {
  bool null = true;
  std::int64_t integer = 0;
  std::string_view bytes;
};

struct ExportQuestion {
  ExportRows rows = ExportRows::notices;
  AuditFilter filter;
  bool unmasked = false;  ///< the column `address` is filled
};

/// What an export accounts for.
struct ExportStanding {
  int schema = 0;                 ///< of the journal
  NoticeNumber up_to_notice = 0;  ///< the newest notice when it began; later ones are not in it
  RecordEnd up_to_event;          ///< the newest event when it began; later ones are not in it
  std::int64_t read_until = 0;    ///< the newest event when its last row was read
  /// For a progress bar: where it has come, of how much; 0 of 0 where the end is not known.
  std::int64_t done = 0, total = 0;
  std::int64_t first_sequence = 0, last_sequence = 0;  ///< of the events that it handed on
  /// Whether it accounts for every number from 1 on, of events or of notices. Empty where a filter leaves
  /// some out.
  std::optional<bool> gap_free;
  /// The first numbers that are missing, each as the first and last of a gap.
  std::vector<std::pair<std::int64_t, std::int64_t>> gaps;
};

/// One export under way. It reads in short snapshots, so that it never keeps the write-ahead log from being
/// folded back: everything about a notice is of one moment, two notices may be of different ones. Which
/// notices and which events can appear at all is fixed when it begins. It belongs to its reader, which
/// outlives it and does nothing else meanwhile. One thread.
class RowExport {
 public:
  virtual ~RowExport() = default;
  /// Gets one row, whose values live until it returns; false: that was enough for this step.
  using Sink = std::function<bool(std::span<const ExportValue>)>;
  /// Hands on the rows of one snapshot. False when there are no more. Rows come in the order of acceptance,
  /// events by sequence; with a filter, events come notice by notice.
  virtual Result<bool> step(const Sink& sink) = 0;
  virtual const ExportStanding& standing() const = 0;
};

}  // namespace duenotice
