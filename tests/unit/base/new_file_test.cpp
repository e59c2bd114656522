#include "gateway/base/new_file.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "gateway/base/file_system.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using test::TemporaryFolder;

namespace {

std::string content(const std::filesystem::path& path) { return *read_file(path, 1'000); }

NewFile made(const std::filesystem::path& path, bool overwrite = false) {
  auto file = NewFile::make(path, overwrite);
  REQUIRE(file.ok());
  return *std::move(file);
}

}  // namespace

TEST_CASE("A new file has its name only when it is whole, and is its owner's alone") {
  const TemporaryFolder folder;
  NewFile file = made(folder / "rows");
  CHECK(file.write(std::string("a\0b", 3)).ok());
  CHECK(!std::filesystem::exists(folder / "rows"));
  CHECK(file.write("c").ok());
  REQUIRE(file.finish().ok());
  CHECK(content(folder / "rows") == std::string("a\0bc", 4));
  CHECK(!std::filesystem::exists(folder / "rows.part"));
  struct stat facts {};
  REQUIRE(::stat((folder / "rows").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
}

TEST_CASE("A new file that is not finished leaves nothing") {
  const TemporaryFolder folder;
  {
    NewFile file = made(folder / "rows");
    CHECK(file.write("half").ok());
    NewFile moved = std::move(file);
    CHECK(std::filesystem::exists(folder / "rows.part"));
  }
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("What a killed process left is begun anew") {
  const TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "rows.part", "a long half of something else").ok());
  NewFile file = made(folder / "rows");
  CHECK(file.write("new").ok());
  REQUIRE(file.finish().ok());
  CHECK(content(folder / "rows") == "new");
}

TEST_CASE("A file that is there stays, unless it may be overwritten") {
  const TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "rows", "old").ok());
  const auto refused = NewFile::make(folder / "rows", false);
  REQUIRE(!refused.ok());
  CHECK(refused.error() == Error{ErrorKind::invalid, (folder / "rows").string() + " exists already"});
  NewFile file = made(folder / "rows", true);
  CHECK(file.write("new").ok());
  CHECK(content(folder / "rows") == "old");
  REQUIRE(file.finish().ok());
  CHECK(content(folder / "rows") == "new");
}

TEST_CASE("A file that appeared meanwhile stays too") {
  const TemporaryFolder folder;
  NewFile file = made(folder / "rows");
  REQUIRE(write_file_durably(folder / "rows", "of somebody else").ok());
  CHECK(file.finish().error().kind == ErrorKind::invalid);
  CHECK(content(folder / "rows") == "of somebody else");
}

TEST_CASE("Two that write the same new file do not mix") {
  const TemporaryFolder folder;
  NewFile first = made(folder / "rows");
  const auto second = NewFile::make(folder / "rows", true);
  REQUIRE(!second.ok());
  CHECK(second.error().kind == ErrorKind::unavailable);
  CHECK(first.write("first").ok());
  REQUIRE(first.finish().ok());
  CHECK(content(folder / "rows") == "first");
}

TEST_CASE("A new file in a folder that is not there says which") {
  const TemporaryFolder folder;
  const auto nowhere = NewFile::make(folder / "none" / "rows", false);
  REQUIRE(!nowhere.ok());
  CHECK(nowhere.error().kind == ErrorKind::not_found);
  CHECK_THAT(nowhere.error().message, Catch::Contains("none/rows.part"));
}
