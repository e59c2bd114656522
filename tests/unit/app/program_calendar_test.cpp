#include <catch2/catch.hpp>
#include <chrono>

#include "gateway/base/json.hpp"
#include "gateway/base/time.hpp"
#include "tests/unit/app/program.hpp"

/// The calendar of rest days where people meet it.

using duenotice::test::Ended;
using duenotice::test::run;
using duenotice::test::TemporaryFolder;
using duenotice::test::write_configuration;

namespace {

const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());

int this_year() { return static_cast<int>(std::chrono::year_month_day(today).year()); }

/// A calendar of two years from `first` on.
void write_calendar(const TemporaryFolder& folder, int first) {
  std::ofstream file(folder / "rest.toml");
  for (int year = first; year < first + 2; ++year) {
    file << "[year." << year << "]\nrest = [" << year << "-01-01]\n";
  }
}

/// Variables of a kind with 30 days' lead time.
const std::string variables =
    R"({"service_name":"Old","url":"https://example.com/t","data_export_until":"2099-01-01"})";
const std::string preview =
    "preview service_termination --agreement flashcat-product-service-agreement --locale en --data - ";

}  // namespace

TEST_CASE("preview says by when to send and with which calendar that was counted") {
  const TemporaryFolder folder;
  write_configuration(folder, "[calendar]\nfile = \"rest.toml\"\n");
  write_calendar(folder, this_year());
  const Ended page = run(folder, preview, variables);
  CHECK(page.code == 0);
  CHECK_THAT(page.err,
             Catch::Contains("must be sent by 2") && Catch::Contains("; calendar rest.toml sha256:"));
  const auto json = duenotice::parse_json(run(folder, preview + "--json", variables).out);
  REQUIRE(json.ok());
  CHECK(json->find("calendar")->as_string()->starts_with("rest.toml sha256:"));
  CHECK(duenotice::parse_date(*json->find("must_be_sent_by")->as_string()));

  write_calendar(folder, 1990);
  const Ended old = run(folder, preview, variables);
  CHECK_THAT(old.err, Catch::Contains("; calendar none: rest days were not counted"));
  CHECK_THAT(run(folder, "--lang zh " + preview, variables).err,
             Catch::Contains("最迟发送日 2") && Catch::Contains("休息日历 无：未计入休息日"));
}

TEST_CASE("agreements check reads the calendar too, and names its mistakes") {
  const TemporaryFolder folder;
  write_configuration(folder, "[calendar]\nfile = \"rest.toml\"\n");
  write_calendar(folder, 2026);
  const Ended good = run(folder, "agreements check");
  CHECK(good.code == 0);
  CHECK_THAT(good.out, Catch::Contains("rest.toml  2026, 2027\n"));
  std::ofstream(folder / "rest.toml") << "[year.2026]\nrest = [2027-01-01]\n";
  const Ended bad = run(folder, "agreements check");
  CHECK(bad.code == 1);
  CHECK_THAT(bad.err,
             Catch::Contains("rest.toml:2: 'rest' in [year.2026] names 2027-01-01, which is in another "
                             "year"));
  CHECK(run(folder, "agreements check " SOURCE_DIR "/templates/agreements").code == 0);
  const Ended serve = run(folder, "serve");
  CHECK(serve.code != 0);
  CHECK_THAT(serve.err, Catch::Contains("the calendar has 1 mistake, in ") &&
                            Catch::Contains("rest.toml:2: ") && !Catch::Contains("the agreements have"));
  CHECK_THAT(run(folder, preview, variables).err,
             Catch::Contains("the calendar has 1 mistake, in ") && Catch::Contains("rest.toml:2: "));
  const Ended checked = run(folder, "config check");
  CHECK(checked.code == 2);
  CHECK_THAT(checked.err, Catch::Contains("rest.toml:2: 'rest' in [year.2026] names 2027-01-01"));
}

TEST_CASE("doctor and config check know the calendar") {
  const TemporaryFolder folder;
  write_configuration(folder, "[calendar]\nfile = \"rest.toml\"\n");
  const Ended missing = run(folder, "config check");
  CHECK(missing.code == 2);
  CHECK_THAT(missing.err, Catch::Contains("[calendar] file: ") && Catch::Contains("rest.toml"));
  write_calendar(folder, this_year());
  CHECK(run(folder, "config check").code == 0);
  CHECK_THAT(run(folder, "doctor").out,
             Catch::Contains("knows the rest days of " + std::to_string(this_year())));
  write_calendar(folder, 1990);
  CHECK_THAT(run(folder, "doctor").out, Catch::Contains("does not know " + std::to_string(this_year())));
  CHECK_THAT(run(folder, "--lang zh doctor").out,
             Catch::Contains("没有 " + std::to_string(this_year()) + " 年的数据"));
}
