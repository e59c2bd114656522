#pragma once
#include <string>
#include <string_view>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/transaction.hpp"
#include "gateway/notice/act.hpp"
#include "gateway/notice/notice.hpp"
#include "gateway/notice/receipt.hpp"

/// How values stand in the rows of schema.sql, for the one who writes them and the one who reads them.

namespace duenotice::rows {

/// Words are stored as the number of their enumerator; schema.sql lists them in `words`.
template <class Word>
constexpr std::int64_t code(Word word) {
  return static_cast<std::int64_t>(word);
}
template <class Word>
std::optional<std::int64_t> code(const std::optional<Word>& word) {
  return word ? std::optional(code(*word)) : std::nullopt;
}
constexpr std::int64_t days(CalendarDate date) { return date.time_since_epoch().count(); }
std::optional<std::int64_t> days(const std::optional<CalendarDate>& date);
std::optional<std::int64_t> ms(const std::optional<Instant>& instant);
std::string_view bytes(const Digest& digest);

/// The reverse; a value that this program cannot have written throws `SqliteError` of kind `corrupt`.
Channel channel(std::int64_t code);
NoticeState notice_state(std::int64_t code);
DeliveryState delivery_state(std::int64_t code);
Outcome outcome(std::int64_t code);
ReceiptKind receipt_kind(std::int64_t code);
JobState job_state(std::int64_t code);
RejectionState rejection_state(std::int64_t code);
Digest digest(std::string_view bytes);

/// `deliveries.last_code` of what failed and was erased since: it waits for nobody.
inline constexpr std::string_view erased_code = "erased";

/// Each list of columns goes with the function that reads exactly these from column 0 on.
extern const std::string_view notice_columns;
Notice read_notice(const sqlite::Statement& row);
extern const std::string_view delivery_columns;
Delivery read_delivery(const sqlite::Statement& row);
/// Sorted here: SQLite's own sorter costs more than reading the one or two rows.
std::vector<Delivery> by_position(std::vector<Delivery> deliveries);
extern const std::string_view attempt_columns;
Attempt read_attempt(const sqlite::Statement& row);
/// Everything but `content`.
extern const std::string_view rendering_columns;
Rendering read_rendering(const sqlite::Statement& row);
extern const std::string_view receipt_columns;
Receipt read_receipt(const sqlite::Statement& row);
/// Of `legal_holds AS h` joined with `acts AS a`.
extern const std::string_view legal_hold_columns;
LegalHold read_legal_hold(const sqlite::Statement& row);
/// Everything but `evidence`.
extern const std::string_view act_columns;
Act read_act(const sqlite::Statement& row);
/// Everything but `body`.
extern const std::string_view rejection_columns;
RejectedRequest read_rejection(const sqlite::Statement& row);

/// A rejection with its body, to be decided about.
extern const std::string_view stored_rejection_by_id;
StoredRejection read_stored_rejection(const sqlite::Statement& row);

/// The condition that one entry of a list `a, b` is this clause; both are SQL.
std::string lists_clause(const std::string& list, const std::string& clause);

/// `SELECT columns FROM …`
std::string select(std::string_view columns, std::string_view from);

/// The row that a statement yields, read by `read`, if it yields one.
template <class Read>
auto one(sqlite::Statement& statement, Read read) -> std::optional<decltype(read(statement))> {
  if (!statement.step()) return std::nullopt;
  std::optional value(read(statement));
  statement.reset();
  return value;
}

/// All rows that a statement yields.
template <class Read>
auto all(sqlite::Statement& statement, Read read) -> std::vector<decltype(read(statement))> {
  std::vector<decltype(read(statement))> values;
  while (statement.step()) values.push_back(read(statement));
  return values;
}

}  // namespace duenotice::rows
