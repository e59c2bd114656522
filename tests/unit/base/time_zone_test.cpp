#include <catch2/catch.hpp>

#include "gateway/base/time_zone.hpp"

using namespace duenotice;

namespace {
TimeZone zone(const std::string& name) {
  auto loaded = TimeZone::load(name);
  REQUIRE(loaded.ok());
  return *loaded;
}
std::string date_in(const TimeZone& where, std::string_view instant) {
  return to_text(where.date_of(*parse_instant(instant)));
}
std::string start_in(const TimeZone& where, std::string_view date) {
  return to_text(where.start_of(*parse_date(date)));
}
}  // namespace

TEST_CASE("the last and the first millisecond of a Shanghai day have different dates") {
  const TimeZone shanghai = zone("Asia/Shanghai");
  CHECK(date_in(shanghai, "2026-03-31T23:59:59.999+08:00") == "2026-03-31");
  CHECK(date_in(shanghai, "2026-04-01T00:00:00.000+08:00") == "2026-04-01");
  CHECK(date_in(shanghai, "2026-03-31T15:59:59.999Z") == "2026-03-31");
  CHECK(date_in(shanghai, "2026-03-31T16:00:00.000Z") == "2026-04-01");
  CHECK(start_in(shanghai, "2026-04-01") == "2026-03-31T16:00:00.000Z");
}

TEST_CASE("the same instant has the date of each zone, never the server's") {
  const std::string_view moment = "2026-03-31T23:30:00Z";
  CHECK(date_in(TimeZone::utc(), moment) == "2026-03-31");
  CHECK(date_in(zone("Asia/Shanghai"), moment) == "2026-04-01");
  CHECK(date_in(zone("America/New_York"), moment) == "2026-03-31");
  CHECK(date_in(zone("Pacific/Kiritimati"), moment) == "2026-04-01");
}

TEST_CASE("days around a change of the clock start at local midnight") {
  const TimeZone new_york = zone("America/New_York");
  CHECK(start_in(new_york, "2026-03-08") == "2026-03-08T05:00:00.000Z");
  CHECK(start_in(new_york, "2026-03-09") == "2026-03-09T04:00:00.000Z");
  CHECK(start_in(new_york, "2026-11-01") == "2026-11-01T04:00:00.000Z");
  CHECK(start_in(new_york, "2026-11-02") == "2026-11-02T05:00:00.000Z");
  CHECK(date_in(new_york, "2026-03-09T03:59:59.999Z") == "2026-03-08");
  CHECK(date_in(new_york, "2026-03-09T04:00:00.000Z") == "2026-03-09");
}

TEST_CASE("where midnight itself is skipped a day starts at its first instant") {
  const TimeZone sao_paulo = zone("America/Sao_Paulo");
  CHECK(start_in(sao_paulo, "2018-11-04") == "2018-11-04T03:00:00.000Z");
  CHECK(date_in(sao_paulo, "2018-11-04T02:59:59.999Z") == "2018-11-03");
  CHECK(date_in(sao_paulo, "2018-11-04T03:00:00.000Z") == "2018-11-04");
}

TEST_CASE("where midnight comes twice a day starts at the first of them") {
  const TimeZone havana = zone("America/Havana");  // back from 01:00 to 00:00
  CHECK(start_in(havana, "2026-11-01") == "2026-11-01T04:00:00.000Z");
}

TEST_CASE("every start of a day has that day's date, and the millisecond before has not") {
  for (const char* name :
       {"Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Asia/Beirut"}) {
    const TimeZone where = zone(name);
    const CalendarDate first = *parse_date("2026-01-01");
    for (int day = 0; day < 400; ++day) {
      const CalendarDate date = first + std::chrono::days(day);
      const Instant start = where.start_of(date);
      INFO(name << " " << to_text(date));
      REQUIRE(where.date_of(start) == date);
      REQUIRE(where.date_of(start - Milliseconds(1)) == date - std::chrono::days(1));
    }
  }
}

TEST_CASE("offsets are written as mail headers want them") {
  const auto at = [](const char* name, const char* instant) {
    return zone(name).offset_at(*parse_instant(instant));
  };
  CHECK(at("Asia/Shanghai", "2026-03-31T00:00:00Z") == "+0800");
  CHECK(at("America/New_York", "2026-01-01T00:00:00Z") == "-0500");
  CHECK(at("America/New_York", "2026-07-01T00:00:00Z") == "-0400");
  CHECK(at("Asia/Kathmandu", "2026-07-01T00:00:00Z") == "+0545");
  CHECK(at("America/St_Johns", "2026-01-01T00:00:00Z") == "-0330");
  CHECK(TimeZone::utc().offset_at(from_unix_ms(0)) == "+0000");
}

TEST_CASE("a zone that does not exist is an error, not UTC") {
  for (const char* name : {"", "Asia/Shanghi", "+08:00", "Mars/Olympus", "localtime"}) {
    INFO(name);
    const auto loaded = TimeZone::load(name);
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.error().kind == ErrorKind::invalid);
  }
}
