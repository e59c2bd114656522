#pragma once
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/export.hpp"

namespace duenotice {

/// The rows of an export of events: one for each.
class EventRows {
 public:
  /// `database` outlives this object.
  explicit EventRows(sqlite::Database& database);

  static std::span<const ExportColumn> columns();
  /// The statement behind it, for the events `e` of which `where` holds.
  static std::string statement(std::string_view where);

  /// Hands on the events behind `after` up to `last`, by sequence, at most `most`, until `sink` returns
  /// false.
  template <class Sink>
  void behind(std::int64_t after, std::int64_t last, int most, Sink sink) {
    hand_on(range_.bind(1, after).bind(2, last).bind(3, most), sink);
  }
  /// Hands on the events of one notice up to `last`, by sequence.
  template <class Sink>
  void of(NoticeNumber number, std::int64_t last, Sink sink) {
    hand_on(of_notice_.bind(1, number).bind(2, last), sink);
  }

 private:
  template <class Sink>
  static void hand_on(sqlite::Statement& rows, Sink sink) {
    while (rows.step()) {
      const auto values = read(rows);
      if (!sink(values[0].integer, std::span<const ExportValue>(values))) break;
    }
    rows.reset();
  }
  static std::array<ExportValue, 5> read(const sqlite::Statement& row);

  sqlite::Statement range_, of_notice_;
};

}  // namespace duenotice
