#include "templates/current_library.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::templates;
using duenotice::test::TemporaryFolder;

namespace {

namespace fs = std::filesystem;

/// A copy of the test agreement that a test may change, and the library made from it.
struct Bench {
  Bench() {
    fs::copy(fs::path(SOURCE_DIR) / "tests/support/agreements", agreements(), fs::copy_options::recursive);
    library = std::make_unique<CurrentLibrary>(load_library(agreements()).library);
  }
  fs::path agreements() const { return folder / "agreements"; }
  fs::path version(const std::string& name) const { return agreements() / "test-agreement" / name; }

  /// Another version with the files of the newest.
  void add_version(const std::string& name) {
    fs::copy(version("2099-01-01"), version(name), fs::copy_options::recursive);
    std::ifstream in(version("2099-01-01") / "agreement.toml");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    for (auto at = text.find("2099-01-01"); at != std::string::npos; at = text.find("2099-01-01"))
      text.replace(at, 10, name);
    std::ofstream(version(name) / "agreement.toml") << text;
  }
  std::vector<std::string> versions() const {
    std::vector<std::string> names;
    for (const Agreement& each : library->get()->agreements().all()) names.push_back(each.version);
    return names;
  }

  TemporaryFolder folder;
  std::unique_ptr<CurrentLibrary> library;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("A reload takes up a new version, and what somebody holds stays as it was") {
  Bench bench;
  const auto held = bench.library->get();
  bench.add_version("2100-01-01");
  CHECK(bench.library->reload(bench.agreements()).empty());
  CHECK(bench.versions() == Names{"2024-01-01", "2099-01-01", "2100-01-01"});
  CHECK(held->agreements().all().size() == 2);
  CHECK(held->agreements().version("test-agreement", "2100-01-01") == nullptr);
}

TEST_CASE("With a mistake anywhere nothing is replaced, and every mistake is told") {
  Bench bench;
  const auto before = bench.library->get();
  bench.add_version("2100-01-01");
  bench.add_version("2101-01-01");
  for (const char* version : {"2100-01-01", "2101-01-01"})
    std::ofstream(bench.version(version) / "agreement.toml", std::ios::app) << "wrong = \n";
  const auto mistakes = bench.library->reload(bench.agreements());
  REQUIRE(mistakes.size() == 2);
  CHECK(mistakes[0].file == bench.version("2100-01-01") / "agreement.toml");
  CHECK(mistakes[1].file == bench.version("2101-01-01") / "agreement.toml");
  CHECK(bench.library->get() == before);
}

TEST_CASE("A version in use keeps its bytes: neither a changed nor a vanished one is taken") {
  Bench bench;
  const auto before = bench.library->get();
  std::ofstream(bench.version("2024-01-01") / "all_hold.email.en.txt", std::ios::app) << "And more.\n";
  const auto changed = bench.library->reload(bench.agreements());
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].file == bench.version("2024-01-01") / "agreement.toml");
  CHECK_THAT(changed[0].message, Catch::Contains("was changed") && Catch::Contains("a version of its own"));
  fs::remove_all(bench.version("2024-01-01"));
  const auto gone = bench.library->reload(bench.agreements());
  REQUIRE(gone.size() == 1);
  CHECK_THAT(gone[0].message, Catch::Contains("is gone"));
  CHECK(bench.library->get() == before);
}

TEST_CASE("A folder that cannot be read is a mistake, not an end") {
  Bench bench;
  const auto before = bench.library->get();
  fs::remove_all(bench.agreements());
  const auto mistakes = bench.library->reload(bench.agreements());
  REQUIRE(mistakes.size() == 1);
  CHECK(mistakes[0].file == bench.agreements());
  CHECK(bench.library->get() == before);
}
