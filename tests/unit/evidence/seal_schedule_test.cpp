#include "gateway/evidence/seal_schedule.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

Instant at(const std::string& text) { return *parse_instant(text); }

SealPlan plan(Milliseconds every, const std::vector<std::string>& zones) {
  SealPlan made{every, {}};
  for (const std::string& name : zones) made.zones.push_back(TimeZone::load(name).value());
  return made;
}

/// The moments of the plan in (from, to], as times of day in UTC.
std::string moments(const SealPlan& plan, const std::string& from, const std::string& to) {
  std::string out;
  for (Instant next = next_seal(plan, at(from)); next <= at(to); next = next_seal(plan, next)) {
    out += (out.empty() ? "" : " ") + to_text(next).substr(5, 14);
  }
  return out;
}

}  // namespace

TEST_CASE("the log is sealed every so often, whenever the gateway was started") {
  const SealPlan every = plan(10min, {});
  CHECK(moments(every, "2026-03-31T10:00:00Z", "2026-03-31T10:30:00Z") ==
        "03-31T10:10:00 03-31T10:20:00 03-31T10:30:00");
  CHECK(moments(every, "2026-03-31T10:09:59.999Z", "2026-03-31T10:10:01Z") == "03-31T10:10:00");
  CHECK(seal_due(every, std::nullopt, at("2026-03-31T10:00:01Z")) == SealDue::yes);
  const Instant last = at("2026-03-31T10:00:01Z");
  CHECK(seal_due(every, last, at("2026-03-31T10:09:59.999Z")) == SealDue::no);
  CHECK(seal_due(every, last, at("2026-03-31T10:10:00Z")) == SealDue::if_grown);
  CHECK(seal_due(every, last, at("2026-04-03T10:10:00Z")) == SealDue::if_grown);
}

TEST_CASE("each zone's midnight has a seal before and one after it") {
  const SealPlan two = plan(24h, {"Asia/Shanghai", "America/New_York"});
  CHECK(moments(two, "2026-01-15T12:00:00Z", "2026-01-16T12:00:00Z") ==
        "01-15T15:59:54 01-15T16:00:02 01-16T00:00:00 01-16T04:59:54 01-16T05:00:02");
  const Instant last = at("2026-01-15T15:00:00Z");
  CHECK(seal_due(two, last, at("2026-01-15T15:59:53.999Z")) == SealDue::no);
  CHECK(seal_due(two, last, at("2026-01-15T15:59:54Z")) == SealDue::if_grown);
  CHECK(seal_due(two, last, at("2026-01-15T16:00:01.999Z")) == SealDue::if_grown);
  // Even when no leaf came: whatever comes next must be seen to be of the new day.
  CHECK(seal_due(two, last, at("2026-01-15T16:00:02Z")) == SealDue::yes);
  CHECK(seal_due(two, at("2026-01-15T16:00:02Z"), at("2026-01-16T04:59:53Z")) == SealDue::if_grown);
}

TEST_CASE("midnight moves with daylight saving time") {
  const SealPlan new_york = plan(24h, {"America/New_York"});
  // Clocks go forward on 2026-03-08 and back on 2026-11-01, at 02:00.
  CHECK(moments(new_york, "2026-03-08T01:00:00Z", "2026-03-09T12:00:00Z") ==
        "03-08T04:59:54 03-08T05:00:02 03-09T00:00:00 03-09T03:59:54 03-09T04:00:02");
  CHECK(moments(new_york, "2026-11-01T01:00:00Z", "2026-11-02T12:00:00Z") ==
        "11-01T03:59:54 11-01T04:00:02 11-02T00:00:00 11-02T04:59:54 11-02T05:00:02");
  // In Cairo there is no 00:00 on 2026-04-24: the day begins at 01:00, which is 22:00 UTC.
  CHECK(moments(plan(24h, {"Africa/Cairo"}), "2026-04-23T12:00:00Z", "2026-04-23T23:00:00Z") ==
        "04-23T21:59:54 04-23T22:00:02");
  // In Sao Paulo 2018-02-18 began after 23:00 to 24:00 had come twice.
  CHECK(moments(plan(24h, {"America/Sao_Paulo"}), "2018-02-18T00:30:00Z", "2018-02-19T12:00:00Z") ==
        "02-18T02:59:54 02-18T03:00:02 02-19T00:00:00 02-19T02:59:54 02-19T03:00:02");
}

TEST_CASE("around every midnight of ten years stand two seals, and asking again finds nothing new") {
  for (const char* name : {"Asia/Shanghai", "America/New_York", "Europe/London", "Africa/Cairo", "UTC"}) {
    const SealPlan daily = plan(24h, {name});
    const TimeZone& zone = daily.zones[0];
    const Instant end = at("2034-01-01T12:30:00Z");
    Instant last = at("2024-01-01T12:30:00Z");
    int before = 0;
    int after = 0;
    for (Instant next = next_seal(daily, last); next <= end; next = next_seal(daily, next)) {
      REQUIRE(next > last);
      REQUIRE(seal_due(daily, last, next - 1ms) == SealDue::no);
      REQUIRE(seal_due(daily, last, next) != SealDue::no);
      REQUIRE(seal_due(daily, next, next) == SealDue::no);
      if (zone.start_of(zone.date_of(next)) + limits::seal_after_midnight == next) ++after;
      if (zone.date_of(next + limits::seal_before_midnight) > zone.date_of(next)) ++before;
      last = next;
    }
    CAPTURE(name);
    CHECK(before == 3'653);
    CHECK(after == 3'653);
  }
}

TEST_CASE("a clock that was put back does not end the sealing") {
  const SealPlan every = plan(10min, {"Asia/Shanghai"});
  CHECK(seal_due(every, at("2030-01-01T00:00:00Z"), at("2026-03-31T10:00:00Z")) == SealDue::yes);
}
