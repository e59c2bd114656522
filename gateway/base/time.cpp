#include "gateway/base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace duenotice {
namespace {

namespace chr = std::chrono;

/// Reads exactly `width` decimal digits at `position` and moves past them.
std::optional<int> digits(std::string_view text, std::size_t& position, std::size_t width) {
  if (position + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  position += width;
  return value;
}

bool literal(std::string_view text, std::size_t& position, char expected) {
  if (position >= text.size() || text[position] != expected) return false;
  ++position;
  return true;
}

/// Reads `.fff…` if it is there; only the first three digits count.
std::optional<int> fraction_ms(std::string_view text, std::size_t& position) {
  if (position >= text.size() || text[position] != '.') return 0;
  ++position;
  int value = 0;
  int seen = 0;
  for (; position < text.size() && text[position] >= '0' && text[position] <= '9'; ++position, ++seen) {
    if (seen < 3) value = value * 10 + (text[position] - '0');
  }
  if (seen == 0) return std::nullopt;
  for (; seen < 3; ++seen) value *= 10;
  return value;
}

/// Reads `Z` or `+hh:mm`; empty when neither stands there.
std::optional<chr::minutes> offset(std::string_view text, std::size_t& position) {
  if (position >= text.size()) return std::nullopt;
  const char sign = text[position++];
  if (sign == 'Z' || sign == 'z') return chr::minutes(0);
  if (sign != '+' && sign != '-') return std::nullopt;
  const auto hours = digits(text, position, 2);
  if (!hours || !literal(text, position, ':')) return std::nullopt;
  const auto minutes = digits(text, position, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const chr::minutes total(*hours * 60 + *minutes);
  return sign == '-' ? -total : total;
}

struct Unit {
  std::string_view suffix;
  std::int64_t ms;
};
constexpr std::array<Unit, 5> units{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

}  // namespace

std::string to_text(CalendarDate date) {
  const chr::year_month_day ymd(date);
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(ymd.year()),
                static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
  return out.data();
}

std::string to_text(Instant instant) {
  const auto day = chr::floor<chr::days>(instant);
  const chr::hh_mm_ss time(instant - day);
  std::array<char, 20> out{};
  std::snprintf(out.data(), out.size(), "T%02d:%02d:%02d.%03dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()),
                static_cast<int>(time.subseconds().count()));
  return to_text(CalendarDate(day.time_since_epoch())) + out.data();
}

std::optional<CalendarDate> parse_date(std::string_view text) {
  std::size_t at = 0;
  const auto year = digits(text, at, 4);
  if (!year || !literal(text, at, '-')) return std::nullopt;
  const auto month = digits(text, at, 2);
  if (!month || !literal(text, at, '-')) return std::nullopt;
  const auto day = digits(text, at, 2);
  if (!day || at != text.size() || *year < 1970) return std::nullopt;
  const chr::year_month_day ymd(chr::year(*year), chr::month(static_cast<unsigned>(*month)),
                                chr::day(static_cast<unsigned>(*day)));
  if (!ymd.ok()) return std::nullopt;
  return CalendarDate(ymd);
}

std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() < 20) return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  std::size_t at = 10;
  if (!date || (text[at] != 'T' && text[at] != 't' && text[at] != ' ')) return std::nullopt;
  ++at;
  const auto hour = digits(text, at, 2);
  if (!hour || !literal(text, at, ':')) return std::nullopt;
  const auto minute = digits(text, at, 2);
  if (!minute || !literal(text, at, ':')) return std::nullopt;
  const auto second = digits(text, at, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const auto ms = fraction_ms(text, at);
  if (!ms) return std::nullopt;
  const auto zone = offset(text, at);
  if (!zone || at != text.size()) return std::nullopt;
  return Instant(chr::sys_days(date->time_since_epoch())) + chr::hours(*hour) + chr::minutes(*minute) +
         chr::seconds(*second) + Milliseconds(*ms) - *zone;
}

std::optional<Milliseconds> parse_duration(std::string_view text) {
  std::int64_t value = 0;
  const auto [rest, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || value < 0 || value > 10'000'000'000) return std::nullopt;
  const std::string_view suffix(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  for (const Unit& unit : units) {
    if (unit.suffix == suffix && value <= 400LL * 366 * 86'400'000 / unit.ms)
      return Milliseconds(value * unit.ms);
  }
  return std::nullopt;
}

std::string to_text(Milliseconds duration) {
  for (const Unit& unit : units) {
    if (duration.count() != 0 && duration.count() % unit.ms == 0) {
      return std::to_string(duration.count() / unit.ms) + std::string(unit.suffix);
    }
  }
  return std::to_string(duration.count()) + "ms";
}

}  // namespace duenotice
