#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "gateway/base/file_system.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using test::TemporaryFolder;

namespace {

void put(const std::filesystem::path& path, std::string_view content) {
  std::ofstream(path, std::ios::binary) << content;
}

/// What another process finds when it tries to take the lock.
ErrorKind lock_from_another_process(const std::filesystem::path& path) {
  constexpr int taken = 100;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = FileLock::take(path);
    ::_exit(lock.ok() ? taken : static_cast<int>(lock.error().kind));
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  REQUIRE(WEXITSTATUS(status) != taken);
  return static_cast<ErrorKind>(WEXITSTATUS(status));
}

}  // namespace

TEST_CASE("a file is written whole, replaced whole, and leaves nothing beside it") {
  const TemporaryFolder folder;
  const auto path = folder / "file";
  const std::string binary("a\0b\r\n\xFF", 6);
  REQUIRE(write_file_durably(path, binary).ok());
  CHECK(*read_file(path, 100) == binary);
  REQUIRE(write_file_durably(path, "short").ok());
  CHECK(*read_file(path, 100) == "short");
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a write that cannot succeed is an error and leaves the old content") {
  const TemporaryFolder folder;
  CHECK_FALSE(write_file_durably(folder / "missing" / "file", "x").ok());
  REQUIRE(write_file_durably(folder / "file", "old").ok());
  std::filesystem::create_directory(folder / "file.new");  // in the way of the temporary file
  CHECK_FALSE(write_file_durably(folder / "file", "new").ok());
  CHECK(*read_file(folder / "file", 100) == "old");
}

TEST_CASE("a full device is reported as no space") {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder / "file.new");
  const auto status = write_file_durably(folder / "file", "x");
  REQUIRE_FALSE(status.ok());
  CHECK(status.error().kind == ErrorKind::no_space);
  CHECK_FALSE(std::filesystem::exists(folder / "file"));
}

TEST_CASE("reading is bounded, and a missing file is an error that names it") {
  const TemporaryFolder folder;
  put(folder / "file", std::string(100'000, 'x'));
  CHECK(read_file(folder / "file", 100'000).ok());
  CHECK_FALSE(read_file(folder / "file", 99'999).ok());
  const auto missing = read_file(folder / "missing", 10);
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().kind == ErrorKind::not_found);
  CHECK(missing.error().message.find("missing") != std::string::npos);
  CHECK_FALSE(read_file(folder.path(), 10).ok());
}

TEST_CASE("the reserve is really allocated, and stays when it has its size") {
  const TemporaryFolder folder;
  const auto path = folder / "reserve";
  REQUIRE(ensure_reserve(path, 200'000).ok());
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK(facts.st_size == 200'000);
  CHECK(facts.st_blocks * 512 >= 200'000);
  REQUIRE(ensure_reserve(path, 200'000).ok());
  REQUIRE(ensure_reserve(path, 50'000).ok());
  CHECK(std::filesystem::file_size(path) == 50'000);
}

TEST_CASE("a reserve that does not fit is no space and keeps none of it") {
  const TemporaryFolder folder;
  const auto status = ensure_reserve(folder / "reserve", std::uint64_t{1} << 55);
  REQUIRE_FALSE(status.ok());
  CHECK(std::filesystem::file_size(folder / "reserve") == 0);
}

TEST_CASE("free space is known for a file that does not exist yet") {
  const TemporaryFolder folder;
  const auto bytes = free_bytes(folder / "journal.db");
  REQUIRE(bytes.ok());
  CHECK(*bytes > 0);
  CHECK_FALSE(free_bytes(folder / "missing" / "journal.db").ok());
}

TEST_CASE("a secret is a file's content without its line end") {
  const TemporaryFolder folder;
  put(folder / "a", "s3cret \r\n");
  CHECK(*read_secret(folder / "a") == "s3cret ");
  put(folder / "b", "\n");
  REQUIRE_FALSE(read_secret(folder / "b").ok());
  CHECK(read_secret(folder / "b").error().kind == ErrorKind::invalid);
  REQUIRE_FALSE(read_secret(folder / "missing").ok());
  CHECK(read_secret(folder / "missing").error().kind == ErrorKind::not_found);
}

TEST_CASE("one lock at a time, released by its end and not by its move") {
  const TemporaryFolder folder;
  const auto path = folder / "lock";
  {
    auto first = FileLock::take(path);
    REQUIRE(first.ok());
    FileLock moved = *std::move(first);
    CHECK(lock_from_another_process(path) == ErrorKind::unavailable);
    const auto second = FileLock::take(path);
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().kind == ErrorKind::unavailable);
  }
  CHECK(FileLock::take(path).ok());
}

TEST_CASE("a lock ends with the process that held it, however it ends") {
  const TemporaryFolder folder;
  const auto path = folder / "lock";
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = FileLock::take(path);
    ::kill(::getpid(), lock.ok() ? SIGKILL : SIGTERM);
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  REQUIRE(WTERMSIG(status) == SIGKILL);
  CHECK(FileLock::take(path).ok());
}

TEST_CASE("The kernel says who holds a lock, without taking it") {
  const test::TemporaryFolder folder;
  const auto path = folder / "lock";
  CHECK_FALSE(lock_holder(path).has_value());
  {
    const auto lock = FileLock::take(path);
    REQUIRE(lock.ok());
    CHECK(lock_holder(path) == ::getpid());
    CHECK_FALSE(lock_holder(folder.path()).has_value());
  }
  CHECK_FALSE(lock_holder(path).has_value());
}
