#include "templates/agreement_version.hpp"

#include "tests/support/temporary_folder.hpp"
#include "tests/unit/templates/rendering.hpp"

using namespace duenotice;
using namespace duenotice::templates;

namespace {
const std::filesystem::path agreements = SOURCE_DIR "/tests/support/agreements/test-agreement";
}  // namespace

TEST_CASE("one version is read with every text of it, whatever its folder is called from") {
  const LoadedVersion loaded = load_version(agreements / "2099-01-01");
  REQUIRE(loaded.version);
  CHECK(loaded.mistakes.empty());
  CHECK(loaded.version->agreement.version == "2099-01-01");
  const auto library = for_tests();
  CHECK(loaded.version->agreement.digest ==
        library->agreements().version("test-agreement", "2099-01-01")->digest);
  CHECK(loaded.version->texts.size() == 6);
  CHECK(has(loaded.version->texts.at({"plain", Channel::email, "en"}), "=== subject\n"));
  CHECK(load_version(agreements / "2099-01-01/").version);
  CHECK(load_version(agreements / "2024-01-01/../2099-01-01/.").version);
}

TEST_CASE("a version with mistakes, or none, is named") {
  const LoadedVersion none = load_version(agreements / "1999-01-01");
  CHECK_FALSE(none.version);
  REQUIRE(none.mistakes.size() == 1);
  CHECK(none.mistakes.front().message == "is no folder");

  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "test-agreement");
  std::filesystem::copy(agreements / "2099-01-01", folder / "test-agreement/2099-02-01");
  const LoadedVersion wrong = load_version(folder / "test-agreement/2099-02-01");
  CHECK_FALSE(wrong.version);
  REQUIRE(wrong.mistakes.size() == 1);
  CHECK(wrong.mistakes.front().message ==
        "has the version '2099-01-01' and stands in the folder '2099-02-01'");
}
