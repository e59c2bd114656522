#include "templates/wording.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace duenotice;
using namespace duenotice::templates;

namespace {
TimeZone zone(const char* name) { return TimeZone::load(name).value(); }
const CalendarDate day{std::chrono::local_days(std::chrono::year(2026) / 3 / 1)};
}  // namespace

TEST_CASE("a date is written as its reader writes it, and names the zone of its calendar") {
  CHECK(date_in_words(day, "en", zone("Asia/Shanghai")) == "1 March 2026 (Beijing time, UTC+8)");
  CHECK(date_in_words(day, "en-GB", zone("America/New_York")) == "1 March 2026 (America/New_York time)");
  CHECK(date_in_words(day, "en", TimeZone::utc()) == "1 March 2026 (UTC)");
  CHECK(date_in_words(day, "zh-CN", zone("Asia/Shanghai")) == "2026年3月1日（北京时间）");
  CHECK(date_in_words(day, "zh-Hans-SG", zone("America/New_York")) ==
        "2026年3月1日（America/New_York 时间）");
  CHECK(date_in_words(day, "de", zone("Europe/Berlin")) == "2026-03-01 (Europe/Berlin)");
}

TEST_CASE("money is written with its currency and the decimals that the currency has") {
  CHECK(money_in_words("1234.50", "CNY", "en") == "CNY 1,234.50");
  CHECK(money_in_words("1234567.5", "CNY", "zh-CN") == "人民币 1,234,567.50 元（CNY）");
  CHECK(money_in_words("999", "USD", "zh-CN") == "USD 999.00");
  CHECK(money_in_words("1000", "JPY", "en") == "JPY 1,000");
  CHECK(money_in_words("0.5", "KWD", "en") == "KWD 0.500");
  CHECK(money_in_words("0", "CNY", "fr") == "CNY 0.00");
}

TEST_CASE("numbers are grouped in threes") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-123456) == "-123,456");
  CHECK(grouped(std::numeric_limits<std::int64_t>::min()) == "-9,223,372,036,854,775,808");
}
