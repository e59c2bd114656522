#include <catch2/catch.hpp>

#include "gateway/agreement/date_rules.hpp"

using namespace duenotice;

namespace {

using Bound = DateRule::Bound;

CalendarDate day(const char* text) { return *parse_date(text); }
const CalendarDate today = day("2026-11-22");

struct Dates {
  const char* first = "2026-11-30";
  const char* second = "2026-12-10";
  const char* effective = nullptr;
};

/// The rules' verdict, as `pointer` or `until DAY` or `ever`.
std::string verdict(std::vector<DateRule> rules, Dates dates, CalendarDate sent_on = today) {
  Kind kind;
  kind.variables = {{"first", VariableType::date}, {"second", VariableType::date}};
  kind.dates = std::move(rules);
  Request request;
  request.pointer_prefix = "/data";
  request.variables["first"] = dates.first;
  request.variables["second"] = dates.second;
  std::optional<CalendarDate> effective;
  if (dates.effective != nullptr) effective = day(dates.effective);
  if (const auto fault = dates_fault(kind, request, effective, sent_on)) {
    CHECK(fault->code == RejectionCode::invalid_value);
    CHECK(fault->message.find("2026-11-3") == std::string::npos);
    CHECK(fault->message.find("2026-12") == std::string::npos);
    return fault->pointer;
  }
  const auto until = dates_hold_until(kind, request, effective);
  if (!until) return "ever";
  // The day that it names is the last.
  CHECK_FALSE(dates_fault(kind, request, effective, *until));
  CHECK(dates_fault(kind, request, effective, *until + std::chrono::days(1)));
  return "until " + to_text(*until);
}

const DateRule first_to_come{"first", Bound::not_before, "sending"};

}  // namespace

TEST_CASE("without rules every date is right for ever") {
  CHECK(verdict({}, {.first = "1999-01-01"}) == "ever");
}

TEST_CASE("a day that is still to come is so until it comes") {
  CHECK(verdict({first_to_come}, {}) == "until 2026-11-30");
  CHECK(verdict({first_to_come}, {.first = "2026-11-22"}) == "until 2026-11-22");
  CHECK(verdict({first_to_come}, {.first = "2026-11-21"}) == "/data/variables/first");
}

TEST_CASE("a day that is past stays so") {
  const DateRule past{"first", Bound::not_after, "sending"};
  CHECK(verdict({past}, {.first = "2026-11-22"}) == "ever");
  CHECK(verdict({past}, {.first = "2026-11-23"}) == "/data/variables/first");
}

TEST_CASE("two dates of a request hold or not, whenever it is sent") {
  CHECK(verdict({{"first", Bound::before, "second"}}, {}) == "ever");
  CHECK(verdict({{"first", Bound::before, "second"}}, {.second = "2026-11-30"}) == "/data/variables/first");
  CHECK(verdict({{"second", Bound::not_before, "first"}}, {.second = "2026-11-30"}) == "ever");
  CHECK(verdict({{"second", Bound::not_after, "first"}}, {}) == "/data/variables/second");
}

TEST_CASE("an effective date that is not named is the day of the sending") {
  const DateRule keeps{"first", Bound::not_before, "effective_date"};
  CHECK(verdict({keeps}, {.effective = "2026-11-30"}) == "ever");
  CHECK(verdict({keeps}, {.effective = "2026-12-01"}) == "/data/variables/first");
  CHECK(verdict({keeps}, {}) == "until 2026-11-30");
  const DateRule no_past{"effective_date", Bound::not_before, "sending"};
  CHECK(verdict({no_past}, {}) == "ever");
  CHECK(verdict({no_past}, {.effective = "2026-11-21"}) == "/data/effective_date");
  CHECK(verdict({no_past}, {.effective = "2026-12-24"}) == "until 2026-12-24");
  CHECK(verdict({{"effective_date", Bound::not_after, "first"}}, {}) == "until 2026-11-30");
  CHECK(verdict({{"effective_date", Bound::before, "first"}}, {}) == "until 2026-11-29");
}

TEST_CASE("of several rules the first that is broken is named, and the shortest decides until when") {
  const DateRule second_to_come{"second", Bound::not_before, "sending"};
  CHECK(verdict({first_to_come, second_to_come}, {}) == "until 2026-11-30");
  CHECK(verdict({second_to_come, first_to_come}, {}) == "until 2026-11-30");
  CHECK(verdict({first_to_come, second_to_come}, {.second = "2026-01-01"}) == "/data/variables/second");
}

TEST_CASE("a rule asks that months have passed by the day of the sending") {
  const DateRule unused{"first", Bound::not_after, "sending - 12 months"};
  CHECK(verdict({unused}, {.first = "2025-11-22"}) == "ever");
  CHECK(verdict({unused}, {.first = "2025-11-23"}) == "/data/variables/first");
  CHECK(verdict({unused}, {.first = "2023-02-28"}, day("2024-02-29")) == "ever");
  CHECK(verdict({unused}, {.first = "2023-03-01"}, day("2024-02-29")) == "/data/variables/first");
  CHECK(months_before_sending("sending") == 0);
  CHECK(months_before_sending("sending - 12 months") == 12);
  for (const char* other : {"sending - 0 months", "sending - -1 months", "sending - 1x months",
                            "sending -  months", "sending - months", "first"})
    CHECK_FALSE(months_before_sending(other));
}

TEST_CASE("no notice takes effect before the agreement's version is in force") {
  Agreement agreement;
  agreement.in_force_from = day("2022-10-10");
  Request request;
  request.pointer_prefix = "/data";
  CHECK_FALSE(before_agreement(agreement, request, std::nullopt));
  CHECK_FALSE(before_agreement(agreement, request, day("2022-10-10")));
  const auto fault = before_agreement(agreement, request, day("2022-10-09"));
  REQUIRE(fault);
  CHECK(fault->code == RejectionCode::invalid_value);
  CHECK(fault->pointer == "/data/effective_date");
  CHECK(fault->message ==
        "effective_date must not be before 2022-10-10, the day from which this version of the agreement is "
        "in force");
}

TEST_CASE("the sentence says what to do, with the day from which it holds") {
  Kind kind;
  kind.variables = {{"first", VariableType::date}};
  kind.dates = {first_to_come};
  Request request;
  request.variables["first"] = "2026-01-01";
  CHECK(dates_fault(kind, request, std::nullopt, today)->message ==
        "first must not be before the day on which the notice is sent, at the earliest 2026-11-22; a reader "
        "would find it past, so give a later day");
  kind.dates = {{"first", Bound::before, "effective_date"}};
  CHECK(dates_fault(kind, request, day("2026-01-01"), today)->message ==
        "first must be before effective_date; correct one of the two");
}
