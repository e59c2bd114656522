#include <catch2/catch.hpp>

#include "gateway/base/time.hpp"

using namespace duenotice;
using namespace std::chrono_literals;

namespace {
std::string instant(std::string_view text) {
  const auto parsed = parse_instant(text);
  return parsed ? to_text(*parsed) : "refused";
}
std::string date(std::string_view text) {
  const auto parsed = parse_date(text);
  return parsed ? to_text(*parsed) : "refused";
}
}  // namespace

TEST_CASE("an instant is read with any offset and written in UTC") {
  CHECK(instant("2026-03-31T23:59:59.999+08:00") == "2026-03-31T15:59:59.999Z");
  CHECK(instant("2026-04-01T00:00:00.000+08:00") == "2026-03-31T16:00:00.000Z");
  CHECK(instant("2026-04-01T00:00:00Z") == "2026-04-01T00:00:00.000Z");
  CHECK(instant("2026-03-31T20:30:00-03:30") == "2026-04-01T00:00:00.000Z");
  CHECK(instant("2026-04-01t00:00:00z") == "2026-04-01T00:00:00.000Z");
  CHECK(instant("2024-02-29T12:00:00Z") == "2024-02-29T12:00:00.000Z");
}

TEST_CASE("fractions are cut to milliseconds, never rounded into the next day") {
  CHECK(instant("2026-03-31T23:59:59.9999999Z") == "2026-03-31T23:59:59.999Z");
  CHECK(instant("2026-03-31T23:59:59.5Z") == "2026-03-31T23:59:59.500Z");
  CHECK(instant("2026-03-31T23:59:59.05Z") == "2026-03-31T23:59:59.050Z");
}

TEST_CASE("what is no instant is refused") {
  for (const char* text :
       {"", "2026-03-31", "2026-03-31T23:59:59", "2026-03-31T24:00:00Z", "2026-03-31T23:60:00Z",
        "2026-03-31T23:59:60Z", "2026-02-30T00:00:00Z", "2026-03-31T23:59:59.Z", "2026-03-31T23:59:59+0800",
        "2026-03-31T23:59:59+24:00", "2026-03-31T23:59:59+08:60", "2026-03-31T23:59:59Z ",
        " 2026-03-31T23:59:59Z", "2026-03-31X23:59:59Z", "2026-3-31T23:59:59Z0", "1969-12-31T23:59:59Z",
        "2026-03-31T23:59:59ZZ"}) {
    INFO(text);
    CHECK(instant(text) == "refused");
  }
  CHECK(instant(std::string("2026-03-31T23:59:59Z\0", 21)) == "refused");
}

TEST_CASE("an instant survives storage as milliseconds") {
  const Instant moment = *parse_instant("2026-03-31T15:59:59.999Z");
  CHECK(to_unix_ms(moment) == 1'774'972'799'999);
  CHECK(from_unix_ms(to_unix_ms(moment)) == moment);
}

TEST_CASE("only days that exist are dates") {
  CHECK(date("2026-03-31") == "2026-03-31");
  CHECK(date("2024-02-29") == "2024-02-29");
  CHECK(date("1970-01-01") == "1970-01-01");
  CHECK(date("9999-12-31") == "9999-12-31");
  for (const char* text :
       {"", "2025-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "2026-01-00", "1969-12-31", "2026-1-01",
        "2026-01-1", "20260101", "2026-01-01 ", "+026-01-01", "2026-01-01T00:00:00Z", "２０２６-01-01"}) {
    INFO(text);
    CHECK(date(text) == "refused");
  }
}

TEST_CASE("durations are read in words and written in the largest exact unit") {
  CHECK(parse_duration("90s") == 90'000ms);
  CHECK(parse_duration("15m") == 15min);
  CHECK(parse_duration("12h") == 12h);
  CHECK(parse_duration("30d") == 720h);
  CHECK(parse_duration("500ms") == 500ms);
  CHECK(parse_duration("0s") == 0ms);
  CHECK(to_text(Milliseconds(90s)) == "90s");
  CHECK(to_text(Milliseconds(1500ms)) == "1500ms");
  CHECK(to_text(Milliseconds(48h)) == "2d");
  CHECK(to_text(Milliseconds(0)) == "0ms");
  for (const char* text :
       {"", "s", "5", "5 s", "-5s", "5S", "1.5h", "5m5s", "99999999999d", "10000000000d", "5sec"}) {
    INFO(text);
    CHECK_FALSE(parse_duration(text));
  }
}

TEST_CASE("writing a duration and reading it back changes nothing") {
  for (const std::int64_t ms :
       {1LL, 999LL, 1'000LL, 60'000LL, 61'000LL, 3'600'000LL, 86'400'000LL, 2'592'000'000LL}) {
    CHECK(parse_duration(to_text(Milliseconds(ms))) == Milliseconds(ms));
  }
}
