#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

/// Instants are UTC and have milliseconds; calendar dates have no zone until a `TimeZone` gives them one. The
/// two are different types on purpose: a date is never silently taken for midnight UTC.

namespace duenotice {

using Milliseconds = std::chrono::milliseconds;
/// A point in time, UTC, to the millisecond. What the journal stores.
using Instant = std::chrono::sys_time<Milliseconds>;
/// A day of a calendar, in whatever zone its owner says (for a notice: the agreement's).
using CalendarDate = std::chrono::local_days;

/// RFC 3339 in UTC with milliseconds: `2026-03-31T15:59:59.999Z`.
std::string to_text(Instant instant);
/// `2026-03-31`.
std::string to_text(CalendarDate date);

/// Reads RFC 3339 with any offset; fractions beyond milliseconds are cut. Empty when it is not a valid
/// instant.
std::optional<Instant> parse_instant(std::string_view text);
/// Reads `YYYY-MM-DD`. Empty when it is not a day that exists, or the year is outside 1970 to 9999.
std::optional<CalendarDate> parse_date(std::string_view text);
/// Reads a duration in words: `90s`, `15m`, `12h`, `30d`, `500ms`. Empty when it is none.
std::optional<Milliseconds> parse_duration(std::string_view text);
/// The opposite of `parse_duration`, in the largest unit that is exact.
std::string to_text(Milliseconds duration);

constexpr std::int64_t to_unix_ms(Instant instant) { return instant.time_since_epoch().count(); }
constexpr Instant from_unix_ms(std::int64_t ms) { return Instant(Milliseconds(ms)); }

}  // namespace duenotice
