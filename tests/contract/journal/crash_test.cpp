#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

SqliteJournalOptions options_in(const TemporaryFolder& folder) {
  SqliteJournalOptions options;
  options.path = folder / "journal.db";
  options.low_space_bytes = 0;
  options.reserve_bytes = 0;
  return options;
}

/// Accepts notices `first`, `first` + 1, … as fast as it can and writes the serial of each that the journal
/// acknowledged into the pipe; every seventh unit breaks a constraint.
[[noreturn, maybe_unused]] void victim(const SqliteJournalOptions& options, int first, int acknowledged) {
  SystemClock clock;
  Log log;
  auto opened = open_sqlite_journal(options, clock, log);
  if (!opened.ok()) ::_exit(2);
  for (int serial = first;; ++serial) {
    (*opened)->submit(
        WorkClass::intake,
        [serial](Transaction& tx) {
          const NoticeNumber number = accept_sample(tx, sample_notice(serial));
          tx.insert_attempt(sample_attempt(tx, number));
          if (serial % 7 == 0) accept_sample(tx, sample_notice(serial));
        },
        [serial, acknowledged](Committed committed) {
          if (committed == Committed::yes && ::write(acknowledged, &serial, sizeof serial) < 0) ::_exit(3);
        });
  }
}

/// Kills a victim after `enough` acknowledgements and returns all that it gave.
[[maybe_unused]] std::vector<int> kill_one(const SqliteJournalOptions& options, int first, std::size_t enough) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) victim(options, first, ends[1]);
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

// ThreadSanitizer does not support a forked child that starts threads: it hung there.
#ifndef __SANITIZE_THREAD__
TEST_CASE("Whatever was acknowledged before a kill is there afterwards, and the history has no gap") {
  TemporaryFolder folder;
  const auto options = options_in(folder);
  std::mt19937 seeded(20260302);
  std::set<int> acknowledged;
  int first = 1;
  for (int round = 1; round <= 12; ++round) {
    const std::size_t enough = 1 + seeded() % 900;
    for (const int serial : kill_one(options, first, enough)) acknowledged.insert(serial);
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
#endif
