#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"
#include "tests/unit/app/program.hpp"

using duenotice::Json;
using duenotice::test::content;
using duenotice::test::Ended;
using duenotice::test::run;
using duenotice::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

void replace(const fs::path& file, const std::string& old, const std::string& now) {
  std::string text = content(file);
  const std::size_t at = text.find(old);
  REQUIRE(at != std::string::npos);
  text.replace(at, old.size(), now);
  std::ofstream(file) << text;
}

/// A folder with a version of an agreement and a later one that changes a little of everything.
struct TwoVersions {
  TwoVersions() {
    const fs::path from = SOURCE_DIR "/tests/support/agreements/test-agreement/2024-01-01";
    const fs::path older = folder / "agreements/test-agreement/2024-01-01";
    newer = folder / "agreements/test-agreement/2026-01-01";
    fs::create_directories(older.parent_path());
    fs::copy(from, older);
    fs::copy(from, newer);
    std::ofstream(folder / "duenotice.toml") << "[agreements]\npath = \"agreements\"\n";
    const fs::path toml = newer / "agreement.toml";
    replace(toml, "version = \"2024-01-01\"", "version = \"2026-01-01\"");
    replace(toml, "in_force_from = 2024-01-01", "in_force_from = 2026-01-01");
  }

  void change() const {
    const fs::path toml = newer / "agreement.toml";
    replace(toml, "en = \"Example Company\"", "en = \"Example Company, Inc.\"");
    // any_move: an email alone, with other days.
    replace(toml, "channels = [\"email\", \"in_site\"]\nlead_days = 7\nlate = \"move\"",
            "channels = [\"email\"]\nlead_days = 14\nlate = \"hold\"");
    fs::remove(newer / "any_move.in_site.en.txt");
    fs::remove(newer / "any_move.in_site.zh-CN.txt");
    // plain is gone, another is there with a variable of its own.
    replace(toml, "[kind.plain]", "[kind.other]");
    replace(toml, "[kind.plain.variables]", "[kind.other.variables]");
    for (const std::string language : {"en", "zh-CN"}) {
      fs::rename(newer / ("plain.email." + language + ".txt"), newer / ("other.email." + language + ".txt"));
    }
    replace(newer / "two_of.in_site.en.txt", "{{summary}}", "In short: {{summary}}");
  }

  const TemporaryFolder folder;
  fs::path newer;
};

const std::string both = "agreements diff test-agreement@2024-01-01 test-agreement@2026-01-01 ";

}  // namespace

TEST_CASE("agreements diff shows what changed, kind by kind and in the texts line by line") {
  const TwoVersions versions;
  versions.change();
  const Ended page = run(versions.folder, both);
  CHECK(page.code == 1);
  CHECK(page.err.empty());
  CHECK_THAT(page.out,
             Catch::StartsWith("test-agreement@2024-01-01 → test-agreement@2026-01-01\nagreement\n"));
  CHECK_THAT(page.out,
             Catch::Contains("in_force_from            2024-01-01 → 2026-01-01\n") &&
                 Catch::Contains("provider.en              Example Company → Example Company, Inc.\n"));
  CHECK_THAT(page.out, Catch::Contains("\nany_move\n  channels                 email, in_site → email\n"
                                       "  late                     move → hold\n"
                                       "  lead_days                7 → 14\n"));
  CHECK_THAT(page.out, Catch::Contains("\nother  added\n") && Catch::Contains("\nplain  removed\n"));
  CHECK_THAT(page.out, Catch::Contains("--- test-agreement/2024-01-01/two_of.in_site.en.txt\n"
                                       "+++ test-agreement/2026-01-01/two_of.in_site.en.txt\n@@ -") &&
                           Catch::Contains("\n-{{summary}}\n+In short: {{summary}}\n"));
  CHECK_THAT(page.out, Catch::Contains("--- test-agreement/2024-01-01/plain.email.en.txt\n+++ /dev/null\n"));
  CHECK_THAT(page.out, !Catch::Contains("all_hold") && !Catch::Contains("two_of.in_site.zh-CN"));
  const Ended chinese = run(versions.folder, "--lang zh " + both);
  CHECK_THAT(chinese.out, Catch::Contains("\nother  新增\n") && Catch::Contains("\nplain  删除\n") &&
                              Catch::Contains("\n协议\n"));
}

TEST_CASE("agreements diff as JSON has each change with what it was and what it is") {
  const TwoVersions versions;
  versions.change();
  const Ended ended = run(versions.folder, both + "--json");
  CHECK(ended.code == 1);
  const auto json = duenotice::parse_json(ended.out);
  REQUIRE(json.ok());
  CHECK(*json->find("same") == Json(false));
  CHECK(*json->find("before")->find("version") == Json("2024-01-01"));
  CHECK(json->find("after")->find("digest")->as_string()->size() == 64);
  const auto& kinds = *json->find("kinds")->as_array();
  REQUIRE(kinds.size() == 3);
  CHECK(*kinds[0].find("kind") == Json("any_move"));
  CHECK(*kinds[0].find("keys")->as_array()->front().find("before") == Json(Json::Array{"email", "in_site"}));
  CHECK(*kinds[0].find("keys")->as_array()->front().find("after") == Json(Json::Array{"email"}));
  CHECK(*kinds[1].find("change") == Json("added"));
  CHECK(*kinds[2].find("change") == Json("removed"));
  const auto& texts = *json->find("texts")->as_array();
  CHECK(texts.size() == 7);  // two of each but the one line that changed
  CHECK(*texts.front().find("channel") == Json("in_site"));
  CHECK(*texts.front().find("change") == Json("removed"));
}

TEST_CASE("agreements diff ends with 0 when two versions say the same") {
  const TwoVersions versions;
  const std::string copy = (versions.folder / "copy").string();
  const std::string older = (versions.folder / "agreements/test-agreement/2024-01-01").string();
  const Ended same = run(versions.folder, "agreements diff test-agreement@2024-01-01 '" + older + "'");
  CHECK(same.code == 0);
  CHECK_THAT(same.out, Catch::EndsWith("They say the same.\n"));
  const Ended day = run(versions.folder, both);
  CHECK(day.code == 1);
  CHECK_THAT(day.out, Catch::EndsWith("agreement\n  in_force_from            2024-01-01 → 2026-01-01\n"));
  // A comment is no word of an agreement.
  std::ofstream(versions.newer / "agreement.toml", std::ios::app) << "# nothing new\n";
  CHECK(run(versions.folder, both).out == day.out);
}

TEST_CASE("agreements diff says what it cannot compare, and never that it is a difference") {
  const TwoVersions versions;
  const Ended none =
      run(versions.folder, "agreements diff test-agreement@2024-01-01 test-agreement@1999-01-01");
  CHECK(none.code == 3);
  CHECK_THAT(none.err, Catch::Contains("there is no version test-agreement@1999-01-01"));
  replace(versions.newer / "agreement.toml", "lead_days = 7", "lead_days = -7");
  const Ended broken = run(versions.folder, both);
  CHECK(broken.code == 2);
  CHECK_THAT(broken.err, Catch::Contains("2026-01-01/agreement.toml:"));
  CHECK(run(versions.folder, "agreements diff test-agreement@2024-01-01").code == 2);
}
