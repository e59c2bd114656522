#include <catch2/catch.hpp>

#include "gateway/agreement/lead_time.hpp"

using namespace duenotice;
using namespace std::chrono_literals;

namespace {
std::string earliest(const char* sent_on, int lead_days) {
  return to_text(earliest_effective_date(*parse_date(sent_on), lead_days, RestDays()));
}
std::string earliest_at(const char* start, Milliseconds guard, const char* zone, int lead_days = 30) {
  return to_text(
      earliest_for_start(*parse_instant(start), guard, *TimeZone::load(zone), lead_days, RestDays()));
}
CalendarDate must_be_sent_by(CalendarDate effective, int lead_days) {
  return count_lead_time(effective, effective, lead_days, RestDays()).must_be_sent_by;
}
}  // namespace

TEST_CASE("thirty days' notice sent on day D makes D+31 the first lawful day") {
  CHECK(earliest("2026-03-01", 30) == "2026-04-01");
  CHECK(earliest("2026-01-31", 30) == "2026-03-03");
  CHECK(earliest("2024-01-31", 30) == "2024-03-02");
  CHECK(earliest("2026-12-01", 30) == "2027-01-01");
  CHECK(earliest("2026-03-01", 7) == "2026-03-09");
}

TEST_CASE("a duty to tell before something is zero days: at the latest the day before") {
  CHECK(earliest("2026-03-31", 0) == "2026-04-01");
  CHECK(to_text(must_be_sent_by(*parse_date("2026-04-01"), 0)) == "2026-03-31");
}

TEST_CASE("must be sent by is the last day whose earliest effective date is not too late") {
  CHECK(to_text(must_be_sent_by(*parse_date("2026-04-01"), 30)) == "2026-03-01");
  for (const int lead_days : {0, 1, 7, 30, 365}) {
    for (int day = 0; day < 800; ++day) {
      const CalendarDate effective = *parse_date("2024-01-01") + std::chrono::days(day);
      const CalendarDate last = must_be_sent_by(effective, lead_days);
      REQUIRE(earliest_effective_date(last, lead_days, RestDays()) == effective);
      REQUIRE(earliest_effective_date(last + std::chrono::days(1), lead_days, RestDays()) > effective);
    }
  }
}

TEST_CASE("the day of a start is the agreement's, to the millisecond") {
  CHECK(earliest_at("2026-03-31T23:59:59.999+08:00", 0ms, "Asia/Shanghai") == "2026-05-01");
  CHECK(earliest_at("2026-04-01T00:00:00.000+08:00", 0ms, "Asia/Shanghai") == "2026-05-02");
  CHECK(earliest_at("2026-03-31T16:00:00.000Z", 0ms, "Asia/Shanghai") == "2026-05-02");
  CHECK(earliest_at("2026-03-31T16:00:00.000Z", 0ms, "UTC") == "2026-05-01");
}

TEST_CASE("too late is a start whose reply could be read after the last day") {
  const TimeZone shanghai = *TimeZone::load("Asia/Shanghai");
  const CalendarDate last = *parse_date("2026-03-31");
  CHECK(too_late_from(last, 10min, shanghai) == *parse_instant("2026-03-31T23:50:00+08:00"));
  CHECK(too_late_from(last, 0ms, shanghai) == *parse_instant("2026-04-01T00:00:00+08:00"));
}

TEST_CASE("a start whose reply may come after midnight counts for the next day") {
  CHECK(earliest_at("2026-03-31T23:49:59.999+08:00", 10min, "Asia/Shanghai") == "2026-05-01");
  CHECK(earliest_at("2026-03-31T23:50:00.000+08:00", 10min, "Asia/Shanghai") == "2026-05-02");
  CHECK(earliest_at("2026-03-31T23:59:49.999+08:00", 10s, "Asia/Shanghai") == "2026-05-01");
  CHECK(earliest_at("2026-03-31T23:59:50.000+08:00", 10s, "Asia/Shanghai") == "2026-05-02");
}

TEST_CASE("the guard is elapsed time, also over a change of the clock") {
  // New York goes from 02:00 to 03:00 on 2026-03-08: that day has only 23 hours.
  CHECK(earliest_at("2026-03-08T05:00:00Z", 22h + 59min, "America/New_York", 0) == "2026-03-09");
  CHECK(earliest_at("2026-03-08T05:00:00Z", 23h, "America/New_York", 0) == "2026-03-10");
}
