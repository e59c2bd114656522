// A journal on a file system that is really full. Mounts a small tmpfs in a mount namespace of its own; where
// that is not permitted the program ends with 77, which CTest shows as skipped.
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::filesystem::path small_disk;

bool write_text(const char* path, const std::string& text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool good = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  return good;
}

/// As root in a mount namespace; otherwise as the root of a user namespace of our own.
bool enter_namespace() {
  if (::geteuid() == 0) return ::unshare(CLONE_NEWNS) == 0;
  const std::string user = std::to_string(::geteuid());
  const std::string group = std::to_string(::getegid());
  return ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text("/proc/self/setgroups", "deny") &&
         write_text("/proc/self/uid_map", "0 " + user + " 1") &&
         write_text("/proc/self/gid_map", "0 " + group + " 1");
}

bool mount_small_disk(const std::filesystem::path& at) {
  return enter_namespace() && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=24m") == 0;
}

SqliteJournalOptions options() {
  SqliteJournalOptions options;
  options.path = small_disk / "journal.db";
  options.low_space_bytes = 64 * 1024;
  options.reserve_bytes = 4'000'000;
  return options;
}

/// Takes all the room that is left, as somebody else's log file would.
void fill_the_disk() {
  const int file = ::open((small_disk / "filler").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  REQUIRE(file >= 0);
  const std::string block(4096, 'f');
  while (::write(file, block.data(), block.size()) > 0) {
  }
  ::close(file);
}

void free_the_disk() { std::filesystem::remove(small_disk / "filler"); }

Journal::Work accept(int serial) {
  return [serial](Transaction& tx) { accept_sample(tx, sample_notice(serial)); };
}

}  // namespace

TEST_CASE("On a full file system intake stops, outcomes go on through the reserve, and nothing is lost") {
  TestClock clock{"2026-03-02T04:00:00.000Z"};
  Log log;
  auto settings = options();
  std::string broken;
  settings.on_broken = [&](const std::string& reason) { broken = reason; };
  auto opened = open_sqlite_journal(settings, clock, log);
  REQUIRE(opened.ok());
  Journal& journal = **opened;
  for (int serial = 1; serial <= 50; ++serial)
    REQUIRE(journal.run(WorkClass::intake, accept(serial)) == Committed::yes);

  fill_the_disk();
  CHECK(journal.run(WorkClass::intake, accept(51)) == Committed::no_space);
  CHECK(journal.space_is_low());
  // More than fits into the room that the log had already taken, so that the reserve must be given up.
  int serial = 100;
  for (; serial < 400 && std::filesystem::exists(small_disk / "journal.db.reserve"); ++serial) {
    REQUIRE(journal.run(WorkClass::outcome, accept(serial)) == Committed::yes);
  }
  CHECK_FALSE(std::filesystem::exists(small_disk / "journal.db.reserve"));
  REQUIRE(journal.run(WorkClass::outcome, accept(serial)) == Committed::yes);
  CHECK(journal.run(WorkClass::intake, accept(51)) == Committed::no_space);

  free_the_disk();
  while (journal.space_is_low()) std::this_thread::yield();
  CHECK(journal.run(WorkClass::intake, accept(51)) == Committed::yes);
  CHECK(std::filesystem::file_size(small_disk / "journal.db.reserve") == settings.reserve_bytes);
  CHECK(broken == "");
  journal.close();
  opened->reset();

  auto reader = open_journal_reader(settings.path);
  REQUIRE(reader.ok());
  const auto check = (*reader)->check_events(std::nullopt);
  REQUIRE(check.ok());
  CHECK(check->fault == "");
  for (int stored = 100; stored <= serial; ++stored) REQUIRE((*reader)->show(sample_notice(stored).id).ok());
  CHECK((*reader)->show(sample_notice(51).id).ok());
}

TEST_CASE("A start on a full file system gives the reserve up and can record outcomes") {
  TestClock clock{"2026-03-02T04:00:00.000Z"};
  Log log;
  auto settings = options();
  settings.path = small_disk / "another.db";
  {
    auto opened = open_sqlite_journal(settings, clock, log);
    REQUIRE(opened.ok());
    (*opened)->close();
  }
  // What a kill leaves behind: no log with room in it.
  std::filesystem::remove(small_disk / "another.db-wal");
  std::filesystem::remove(small_disk / "another.db-shm");
  fill_the_disk();
  auto opened = open_sqlite_journal(settings, clock, log);
  INFO((opened.ok() ? "" : opened.error().message));
  REQUIRE(opened.ok());
  CHECK((*opened)->space_is_low());
  CHECK((*opened)->run(WorkClass::intake, accept(1)) == Committed::no_space);
  CHECK((*opened)->run(WorkClass::outcome, accept(2)) == Committed::yes);
  (*opened)->close();
  free_the_disk();
}

int main(int argc, char** argv) {
  const TemporaryFolder folder;
  small_disk = folder.path();
  if (!mount_small_disk(small_disk)) {
    std::puts("skipped: mounting a small file system is not permitted here");
    return 77;
  }
  const int failures = Catch::Session().run(argc, argv);
  ::umount2(small_disk.c_str(), MNT_DETACH);
  return failures;
}
