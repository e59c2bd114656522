#include "templates/calendar_file.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/file_system.hpp"
#include "tests/unit/templates/rendering.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {

std::vector<std::string> complaints(const std::string& content) {
  Findings findings("rest_days.toml");
  read_calendar_file(content, findings);
  std::vector<std::string> out;
  for (const Mistake& mistake : findings.mistakes()) {
    out.push_back(std::to_string(mistake.line) + ": " + mistake.message);
  }
  return out;
}

std::filesystem::path example() { return SOURCE_DIR "/gateway/app/rest_days.example.toml"; }

}  // namespace

TEST_CASE("a calendar is known by its file's name and digest") {
  Findings findings("/etc/duenotice/rest_days.toml");
  const std::string content =
      "[year.2026]\nrest = [2026-01-01]\n[year.2027]\nrest = [2027-01-01]\nwork = []\n";
  const RestDays calendar = read_calendar_file(content, findings);
  CHECK(findings.none());
  CHECK(calendar.identity() == "rest_days.toml sha256:" + sha256(content).hex());
  CHECK(calendar.years() == std::vector<int>{2026, 2027});
  CHECK(calendar.is_rest_day(*parse_date("2027-01-01")) == true);
  CHECK(calendar.is_rest_day(*parse_date("2027-01-04")) == false);
}

TEST_CASE("every slip in a calendar is named with its line") {
  using Lines = std::vector<std::string>;
  const std::string year = "[year.2026]\nrest = [2026-01-01]\n";
  CHECK(complaints("") == Lines{"1: the key 'year' is missing"});
  CHECK(complaints("year = 2026") == Lines{"1: 'year' must be a table, not a whole number"});
  CHECK(complaints("[year.2026") == Lines{"1: is not TOML: Error while parsing table header: encountered "
                                          "end-of-file"});
  CHECK(complaints("[year.26]\nrest = [2026-01-01]\n") == Lines{"1: '26' in [year] is no year such as 2026"});
  CHECK(complaints("[year.2026]\n") == Lines{"1: the key 'rest' is missing in [year.2026]"});
  CHECK(complaints("[year.2026]\nrest = []\n") == Lines{"2: 'rest' in [year.2026] must not be empty"});
  CHECK(complaints("[year.2026]\nrest = \"2026-01-01\"\n") ==
        Lines{"2: 'rest' in [year.2026] must be a list of dates without quotes, such as [2026-10-01], not "
              "text"});
  CHECK(complaints("[year.2026]\nrest = [2026-01-01,\n\"2026-01-02\"]\n") ==
        Lines{"3: 'rest' in [year.2026] must be a list of dates without quotes, such as [2026-10-01], not "
              "text"});
  CHECK(complaints("[year.2026]\nrest = [2027-01-01]\n") ==
        Lines{"2: 'rest' in [year.2026] names 2027-01-01, which is in another year"});
  CHECK(complaints("[year.2026]\nrest = [2026-01-01, 2026-01-01]\n") ==
        Lines{"2: 'rest' in [year.2026] names 2026-01-01 twice"});
  CHECK(complaints(year + "work = [2026-01-05]\n") ==
        Lines{"3: 'work' in [year.2026] names 2026-01-05, which is no Saturday or Sunday"});
  CHECK(complaints("[year.2026]\nrest = [2026-01-03]\nwork = [2026-01-03]\n") ==
        Lines{"3: 'work' in [year.2026] names 2026-01-03, which is under 'rest' too"});
  CHECK(complaints(year + "holiday = []\n") == Lines{"3: unknown key 'holiday' in [year.2026]"});
  CHECK(complaints(year + "[years]\n") == Lines{"3: unknown key 'years'"});
}

TEST_CASE("a library counts with the calendar that it is given, and a missing one is a mistake") {
  const auto agreements = std::filesystem::path(SOURCE_DIR) / "tests/support/agreements";
  CHECK(load_library(agreements).library->agreements().rest_days().identity() == "none");
  const Loaded loaded = load_library(agreements, example());
  REQUIRE(loaded.library != nullptr);
  CHECK(loaded.library->agreements().rest_days().years() == std::vector<int>{2026});
  const Loaded missing = load_library(agreements, agreements / "nowhere.toml");
  CHECK(missing.library == nullptr);
  REQUIRE(missing.mistakes.size() == 1);
  CHECK(missing.mistakes.front().file == agreements / "nowhere.toml");
}

TEST_CASE("the example has the rest days of 2026 as they were announced") {
  Findings findings("rest_days.example.toml");
  const RestDays calendar = read_calendar_file(*read_file(example(), 100'000), findings);
  REQUIRE(findings.none());
  const auto rest = [&](const char* day) { return calendar.is_rest_day(*parse_date(day)).value(); };
  // 33 days in all: 3 + 9 + 3 + 5 + 3 + 3 + 7. 14 of them fall on weekends, and 6 weekend days are worked.
  int resting = 0, weekend = 0;
  for (CalendarDate day = *parse_date("2026-01-01"); day < *parse_date("2027-01-01");
       day += std::chrono::days(1)) {
    resting += *calendar.is_rest_day(day) ? 1 : 0;
    weekend += std::chrono::weekday(day).iso_encoding() >= 6 ? 1 : 0;
  }
  CHECK(resting == weekend - 6 + (33 - 14));
  for (const char* day : {"2026-01-02", "2026-02-15", "2026-02-23", "2026-04-06", "2026-05-05", "2026-06-19",
                          "2026-09-25", "2026-10-07"}) {
    CHECK(rest(day));
  }
  for (const char* day :
       {"2026-01-04", "2026-02-14", "2026-02-24", "2026-02-28", "2026-04-07", "2026-05-06", "2026-05-09",
        "2026-06-22", "2026-09-20", "2026-09-28", "2026-10-08", "2026-10-10"}) {
    CHECK_FALSE(rest(day));
  }
}
