// What the journal says of its own commits, to whoever logs and counts.
#include <catch2/catch.hpp>

#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Notes what it is told.
struct Listener {
  std::vector<std::string> told;  ///< `commit` for each, then its events, then what else was noted
  int slow = 0;

  SqliteJournalOptions options(const TemporaryFolder& folder) {
    SqliteJournalOptions options;
    options.path = folder / "journal.db";
    options.low_space_bytes = 1'000'000;
    options.reserve_bytes = 100'000;
    options.on_committed = [this](const DurableCommit& commit) {
      told.push_back("commit");
      slow += commit.took.count() < 0 ? 1 : 0;
      for (const Event& event : commit.events)
        told.push_back(std::string(event.type) + " " + event.notice_id);
    };
    return options;
  }
};

using Told = std::vector<std::string>;

}  // namespace

TEST_CASE("Every commit is told with its events, in their order, before its work is called done") {
  const TemporaryFolder folder;
  TestClock clock("2026-03-02T04:00:00.000Z");
  Log log;
  Listener listener;
  auto journal = open_sqlite_journal(listener.options(folder), clock, log);
  REQUIRE(journal.ok());
  const Notice notice = sample_notice(1);
  (*journal)->submit(
      WorkClass::intake,
      [&](Transaction& tx) {
        accept_sample(tx, notice);
        tx.append_event(sample_event(notice, events::attempt_started));
      },
      [&](Committed committed) {
        listener.told.push_back(committed == Committed::yes ? "done" : "not done");
      });
  (*journal)->close();
  CHECK(listener.told == Told{"commit", "accepted " + notice.id, "attempt_started " + notice.id, "done"});
  CHECK(listener.slow == 0);
}

TEST_CASE("What is undone is never told, and what shares its group is told once") {
  const TemporaryFolder folder;
  TestClock clock("2026-03-02T04:00:00.000Z");
  Log log;
  Listener listener;
  auto journal = open_sqlite_journal(listener.options(folder), clock, log);
  REQUIRE(journal.ok());
  // The first unit holds the thread until the others wait together for the next commit.
  std::mutex gate;
  gate.lock();
  const auto accept = [&](int serial) {
    (*journal)->submit(
        WorkClass::outcome, [serial](Transaction& tx) { accept_sample(tx, sample_notice(serial)); },
        [](Committed) {});
  };
  (*journal)->submit(
      WorkClass::outcome, [&](Transaction&) { const std::lock_guard wait(gate); }, [](Committed) {});
  accept(1);
  accept(1);  // the same request again breaks a constraint
  accept(2);
  gate.unlock();
  (*journal)->close();
  Told events;
  for (const std::string& each : listener.told) {
    if (each != "commit") events.push_back(each);
  }
  CHECK(events == Told{"accepted " + sample_notice(1).id, "accepted " + sample_notice(2).id});
}
