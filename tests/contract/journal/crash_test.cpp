#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>

#include "gateway/journal/journal_reader.hpp"
#include "tests/contract/journal/crash_victim.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// A program of its own, because a forked child that starts threads is beyond ThreadSanitizer.
pid_t start_victim(const TemporaryFolder& folder, int first, int output) {
  const std::string place = folder.path(), serial = std::to_string(first);
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::dup2(output, STDOUT_FILENO);
  ::execl(CRASH_VICTIM, CRASH_VICTIM, place.c_str(), serial.c_str(), nullptr);
  ::_exit(127);
}

/// Kills a victim after `enough` acknowledgements and returns all that it gave.
std::vector<int> kill_one(const TemporaryFolder& folder, int first, std::size_t enough) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const pid_t child = start_victim(folder, first, ends[1]);
  REQUIRE(child >= 0);
  ::close(ends[1]);
  std::vector<int> acknowledged;
  int serial = 0;
  while (::read(ends[0], &serial, sizeof serial) == sizeof serial) {
    acknowledged.push_back(serial);
    if (acknowledged.size() == enough) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  return acknowledged;
}

}  // namespace

TEST_CASE("Whatever was acknowledged before a kill is there afterwards, and the history has no gap") {
  TemporaryFolder folder;
  const auto options = crash_options(folder.path());
  std::mt19937 seeded(20260302);
  std::set<int> acknowledged;
  int first = 1;
  for (int round = 1; round <= 12; ++round) {
    const std::size_t enough = 1 + seeded() % 900;
    for (const int serial : kill_one(folder, first, enough)) acknowledged.insert(serial);
    first = *acknowledged.rbegin() + 100'000;

    SystemClock clock;
    Log log;
    auto opened = open_sqlite_journal(options, clock, log);
    REQUIRE(opened.ok());
    CHECK((*opened)->epoch() == 2 * round);
    (*opened)->close();
    opened->reset();

    auto reader = open_journal_reader(options.path);
    REQUIRE(reader.ok());
    const auto check = (*reader)->check_events(std::nullopt);
    REQUIRE(check.ok());
    CHECK(check->fault == "");
    for (const int serial : acknowledged) {
      const auto file = (*reader)->show(sample_notice(serial).id);
      INFO("round " << round << ", notice " << serial);
      REQUIRE(file.ok());
      REQUIRE(file->deliveries.size() == 1);
      REQUIRE(file->attempts.size() == 1);
      REQUIRE(file->events.size() == 1);
      REQUIRE(serial % 7 != 0);
    }
  }
}
