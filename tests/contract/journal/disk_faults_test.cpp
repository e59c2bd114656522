#include <catch2/catch.hpp>

#include <algorithm>
#include <future>
#include <thread>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/contract/journal/faulty_vfs.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

Journal::Work accept(int serial) {
  return [serial](Transaction& tx) { accept_sample(tx, sample_notice(serial)); };
}

/// A journal over faulty files that notes why it was given up.
struct Bench {
  Bench() {
    SqliteJournalOptions options;
    options.path = folder / "journal.db";
    options.low_space_bytes = 1'000'000;
    options.reserve_bytes = 100'000;
    options.on_broken = [this](const std::string& reason) { broken.push_back(reason); };
    auto opened = open_sqlite_journal(options, clock, log);
    REQUIRE(opened.ok());
    journal = std::move(*opened);
  }
  ~Bench() {
    vfs.syncs_fail = vfs.writes_fail = vfs.disk_full = false;
    if (journal != nullptr) journal->close();
  }
  std::filesystem::path reserve() const { return folder / "journal.db.reserve"; }
  bool stored(int serial) const {
    auto reader = open_journal_reader(folder / "journal.db");
    REQUIRE(reader.ok());
    return (*reader)->show(sample_notice(serial).id).ok();
  }
  std::vector<std::string> event_types() const {
    sqlite::Database database(folder / "journal.db", sqlite::Database::Mode::read_only, 1'000);
    auto rows = database.prepare("SELECT type FROM events ORDER BY sequence");
    std::vector<std::string> types;
    while (rows.step()) types.push_back(rows.text(0));
    return types;
  }

  FaultyVfs vfs;
  TemporaryFolder folder;
  TestClock clock{"2026-03-02T04:00:00.000Z"};
  Log log;
  std::vector<std::string> broken;
  std::unique_ptr<Journal> journal;
};

}  // namespace

TEST_CASE(
    "A failed fsync gives the journal up: nothing is acknowledged, nothing is written or synced again") {
  Bench bench;
  CHECK(bench.journal->run(WorkClass::intake, accept(1)) == Committed::yes);
  bench.vfs.syncs_fail = true;
  CHECK(bench.journal->run(WorkClass::outcome, accept(2)) == Committed::stopped);
  bench.vfs.syncs_fail = false;
  CHECK(bench.journal->run(WorkClass::outcome, accept(3)) == Committed::stopped);
  REQUIRE(bench.broken.size() == 1);
  CHECK(bench.broken[0].find("disk I/O error") != std::string::npos);
  CHECK(bench.vfs.failed_syncs == 1);
  CHECK(bench.vfs.writes_after_failed_sync == 0);
  CHECK(bench.stored(1));
  CHECK_FALSE(bench.stored(3));
}

TEST_CASE("A failed write gives the journal up") {
  Bench bench;
  bench.vfs.writes_fail = true;
  CHECK(bench.journal->run(WorkClass::outcome, accept(1)) == Committed::stopped);
  REQUIRE(bench.broken.size() == 1);
  CHECK_FALSE(bench.stored(1));
}

TEST_CASE("On a full disk intake is refused and outcomes are recorded through the reserve") {
  Bench bench;
  REQUIRE(std::filesystem::is_regular_file(bench.reserve()));
  // A folder in its place keeps the reserve from being made again before the test allows it.
  bench.vfs.has_room_after_all = [&] {
    if (std::filesystem::is_regular_file(bench.reserve())) return false;
    std::filesystem::create_directory(bench.reserve());
    return true;
  };
  std::promise<Committed> intake;
  std::promise<Committed> outcome;
  // Both submitted from a completion, so that they share the commit that finds the disk full.
  bench.journal->submit(
      WorkClass::outcome, [](Transaction&) {},
      [&](Committed) {
        bench.vfs.disk_full = true;
        bench.journal->submit(WorkClass::intake, accept(1), [&](Committed c) { intake.set_value(c); });
        bench.journal->submit(WorkClass::outcome, accept(2), [&](Committed c) { outcome.set_value(c); });
      });
  CHECK(intake.get_future().get() == Committed::no_space);
  CHECK(outcome.get_future().get() == Committed::yes);
  CHECK(bench.broken.empty());
  CHECK_FALSE(bench.stored(1));
  CHECK(bench.stored(2));
  CHECK(std::filesystem::is_directory(bench.reserve()));
  CHECK(bench.journal->space_is_low());
  CHECK(bench.journal->run(WorkClass::intake, accept(3)) == Committed::no_space);

  // The journal looks at the disk by itself: the reserve comes back, and intake goes on.
  bench.vfs.disk_full = false;
  std::filesystem::remove(bench.reserve());
  while (bench.journal->space_is_low()) std::this_thread::yield();
  CHECK(bench.journal->run(WorkClass::intake, accept(4)) == Committed::yes);
  CHECK(std::filesystem::file_size(bench.reserve()) == 100'000);
  const std::vector<std::string> types = bench.event_types();
  CHECK(std::count(types.begin(), types.end(), "space_low") == 1);
  CHECK(std::count(types.begin(), types.end(), "space_restored") == 1);
  auto reader = open_journal_reader(bench.folder / "journal.db");
  REQUIRE(reader.ok());
  CHECK((*reader)->check_events(std::nullopt)->fault == "");
}

TEST_CASE("A disk that stays full without the reserve gives the journal up rather than an outcome") {
  Bench bench;
  bench.vfs.disk_full = true;
  CHECK(bench.journal->run(WorkClass::outcome, accept(1)) == Committed::stopped);
  REQUIRE(bench.broken.size() == 1);
  CHECK(bench.broken[0].find("full") != std::string::npos);
  CHECK_FALSE(bench.stored(1));
}

TEST_CASE("A full disk that meets only intake gives nothing up but the intake") {
  Bench bench;
  bench.vfs.disk_full = true;
  CHECK(bench.journal->run(WorkClass::intake, accept(1)) == Committed::no_space);
  CHECK(bench.broken.empty());
  bench.vfs.disk_full = false;
  CHECK(bench.journal->run(WorkClass::outcome, accept(2)) == Committed::yes);
  CHECK_FALSE(bench.stored(1));
}
