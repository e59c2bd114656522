#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/time.hpp"
#include "gateway/base/time_zone.hpp"

/// How dates, amounts and numbers are written for a reader. English and simplified Chinese have forms of
/// their own; every other language gets the international one (2026-03-31, CNY 1,234.50), which is right if
/// plain.

namespace duenotice::templates {

/// A date with the zone whose calendar it belongs to: `31 March 2026 (Beijing time, UTC+8)`,
/// `2026年3月31日（北京时间）`, `31 March 2026 (America/New_York time)`.
std::string date_in_words(CalendarDate date, std::string_view language, const TimeZone& zone);

/// `amount` is digits with an optional fraction; it is padded to the currency's decimals: `CNY 1,234.50`,
/// `人民币 1,234.50 元（CNY）`.
std::string money_in_words(std::string_view amount, std::string_view currency, std::string_view language);

/// `-1,234,567`.
std::string grouped(std::int64_t number);

/// Decimals of a currency by ISO 4217: 0 for JPY, 3 for KWD, 2 for most.
std::size_t currency_decimals(std::string_view currency);

}  // namespace duenotice::templates
