#include <catch2/catch.hpp>

#include <random>

#include "gateway/agreement/lead_time.hpp"

/// Rest days against a slow reference that goes from day to day and knows nothing of the code.

using namespace duenotice;
using std::chrono::days;

namespace {

CalendarDate date(const char* text) { return *parse_date(text); }
int year_of(CalendarDate day) { return static_cast<int>(std::chrono::year_month_day(day).year()); }
unsigned weekday_of(CalendarDate day) { return std::chrono::weekday(day).iso_encoding(); }

RestDays::Year year(std::initializer_list<const char*> rest, std::initializer_list<const char*> work = {}) {
  RestDays::Year out;
  for (const char* text : rest) out.rest.insert(date(text));
  for (const char* text : work) out.work.insert(date(text));
  return out;
}

/// The week of the National Day as it is in 2026: from Thursday 1 to Wednesday 7 October, Saturday 10 is
/// worked.
RestDays october() {
  return {"test",
          {{2026, year({"2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06",
                        "2026-10-07"},
                       {"2026-09-20", "2026-10-10"})}}};
}

/// Three years with many rest days at random, also around New Year, and some weekends that are worked.
std::map<int, RestDays::Year> random_years(std::mt19937& random) {
  std::map<int, RestDays::Year> years;
  for (CalendarDate day = date("2026-01-01"); day < date("2029-01-01"); day += days(1)) {
    RestDays::Year& of = years[year_of(day)];
    const bool weekend = weekday_of(day) >= 6;
    if (!weekend && random() % 7 == 0) of.rest.insert(day);
    if (weekend && random() % 5 == 0) of.work.insert(day);
  }
  return years;
}

bool rests(const std::map<int, RestDays::Year>& years, CalendarDate day) {
  const RestDays::Year& of = years.at(year_of(day));
  return of.rest.contains(day) || (weekday_of(day) >= 6 && !of.work.contains(day));
}

/// The first lawful date by the words of the law: count the days, then go on while the last one is a rest
/// day.
CalendarDate slow_earliest(const std::map<int, RestDays::Year>& years, CalendarDate sent_on, int lead_days) {
  CalendarDate last = sent_on;
  for (int counted = 0; counted < lead_days; ++counted) last += days(1);
  while (lead_days > 0 && rests(years, last)) last += days(1);
  return last + days(1);
}

}  // namespace

TEST_CASE("weekends are rest days unless they are worked, other days only when they are named") {
  const RestDays calendar = october();
  CHECK(calendar.is_rest_day(date("2026-09-19")) == true);   // Saturday
  CHECK(calendar.is_rest_day(date("2026-09-20")) == false);  // Sunday that is worked
  CHECK(calendar.is_rest_day(date("2026-09-21")) == false);
  CHECK(calendar.is_rest_day(date("2026-10-07")) == true);
  CHECK(calendar.is_rest_day(date("2026-10-10")) == false);
  CHECK(calendar.is_rest_day(date("2026-10-11")) == true);
  CHECK(calendar.is_rest_day(date("2027-01-01")) == std::nullopt);
  CHECK(calendar.years() == std::vector<int>{2026});
  CHECK(RestDays().is_rest_day(date("2026-10-01")) == std::nullopt);
  CHECK(RestDays().identity() == "none");
}

TEST_CASE("a period whose last day is a rest day ends on the next working day") {
  const auto earliest = [](const char* sent_on) {
    return to_text(earliest_effective_date(date(sent_on), 30, october()));
  };
  CHECK(earliest("2026-08-31") == "2026-10-01");  // ends on Wednesday 30 September
  CHECK(earliest("2026-09-01") == "2026-10-09");  // would end on 1 October, ends on Thursday 8
  CHECK(earliest("2026-09-07") == "2026-10-09");
  CHECK(earliest("2026-09-08") == "2026-10-09");
  CHECK(earliest("2026-09-10") == "2026-10-11");  // Saturday 10 October is worked
  CHECK(earliest("2026-09-11") == "2026-10-13");  // Sunday 11 October is not
  // "Before" is no period, so nothing shifts.
  CHECK(to_text(earliest_effective_date(date("2026-09-30"), 0, october())) == "2026-10-01");
}

TEST_CASE("must be sent by is the last date whose period, rest days included, is over in time") {
  const auto last = [](const char* effective) {
    return to_text(count_lead_time(date("2026-08-20"), date(effective), 30, october()).must_be_sent_by);
  };
  CHECK(last("2026-10-01") == "2026-08-31");
  CHECK(last("2026-10-02") == "2026-08-31");
  CHECK(last("2026-10-08") == "2026-08-31");
  CHECK(last("2026-10-09") == "2026-09-08");
}

TEST_CASE("dates agree with a slow reference over years, whatever the calendar") {
  const auto seed = GENERATE(1u, 2u, 3u, 4u, 5u);
  std::mt19937 random(seed);
  const auto years = random_years(random);
  const RestDays calendar("random", years);
  for (const int lead_days : {0, 1, 7, 30}) {
    CalendarDate sent_on = date("2026-02-01");
    for (CalendarDate effective = date("2026-06-01"); effective < date("2028-09-01"); effective += days(1)) {
      INFO("seed " << seed << ", " << lead_days << " days, effective " << to_text(effective));
      // The reference's last date: go on while the next one is still lawful.
      while (slow_earliest(years, sent_on + days(1), lead_days) <= effective) sent_on += days(1);
      const LeadTime counted = count_lead_time(sent_on, effective, lead_days, calendar);
      REQUIRE(counted.must_be_sent_by == sent_on);
      REQUIRE(counted.earliest_effective_date == slow_earliest(years, sent_on, lead_days));
      REQUIRE(counted.earliest_effective_date == earliest_effective_date(sent_on, lead_days, calendar));
      REQUIRE(counted.calendar == (lead_days == 0 ? "none" : "random"));
    }
  }
}

TEST_CASE(
    "what was moved to the earliest date is in time on the day it is sent, with a calendar or without") {
  std::mt19937 random(7);
  const auto years = random_years(random);
  for (const RestDays& calendar : {RestDays("random", years), RestDays(), october()}) {
    for (CalendarDate sent_on = date("2026-01-01"); sent_on < date("2029-03-01"); sent_on += days(1)) {
      const CalendarDate moved = earliest_effective_date(sent_on, 30, calendar);
      const LeadTime counted = count_lead_time(sent_on, moved, 30, calendar);
      INFO(to_text(sent_on));
      REQUIRE(counted.earliest_effective_date == moved);
      REQUIRE(counted.must_be_sent_by >= sent_on);
    }
  }
}

TEST_CASE("without the year that decides, a notice is counted as without a calendar, and says so") {
  const RestDays calendar = october();
  const LeadTime known = count_lead_time(date("2026-09-01"), date("2026-10-09"), 30, calendar);
  CHECK(known.calendar == "test");
  const LeadTime next_year = count_lead_time(date("2026-12-10"), date("2027-01-11"), 30, calendar);
  CHECK(next_year.calendar == "none");
  CHECK(to_text(next_year.earliest_effective_date) == "2027-01-10");
  CHECK(to_text(next_year.must_be_sent_by) == "2026-12-11");
  // The period began in a year that is not known, and ends in one that is: only its end matters.
  CHECK(count_lead_time(date("2025-12-15"), date("2026-02-02"), 30, calendar).calendar == "test");
  // Each date is counted with what is known of its own year; the record names the calendar for both only.
  const LeadTime half = count_lead_time(date("2026-09-01"), date("2027-03-01"), 30, calendar);
  CHECK(half.calendar == "none");
  CHECK(to_text(half.earliest_effective_date) == to_text(known.earliest_effective_date));
  // The year's last days rest, so the period's end lies in a year that is not known.
  const RestDays no_new_year("test", {{2026, year({"2026-12-30", "2026-12-31"})}});
  CHECK(no_new_year.working_day_from(date("2026-12-30")) == std::nullopt);
  CHECK(count_lead_time(date("2026-11-30"), date("2026-12-31"), 30, no_new_year).calendar == "none");
  CHECK(count_lead_time(date("2026-11-29"), date("2026-12-31"), 30, no_new_year).calendar == "test");
}
