#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// Holds the journal's thread inside a unit of work, so that what is submitted meanwhile shares the next
/// commit.
class Obstacle {
 public:
  explicit Obstacle(Journal& journal) {
    std::promise<void> begun;
    auto has_begun = begun.get_future();
    journal.submit(
        WorkClass::outcome,
        [this, &begun](Transaction&) {
          begun.set_value();
          gone_.get_future().wait();
        },
        [](Committed) {});
    has_begun.wait();
  }
  void remove() { gone_.set_value(); }

 private:
  std::promise<void> gone_;
};

void nothing(Transaction&) {}

}  // namespace

TEST_CASE("What waits together is committed together, and completions run in the order of submission") {
  JournalFixture fixture;
  Journal& journal = fixture.journal();
  const auto before = journal.figures();
  std::vector<int> worked;
  std::vector<int> done;
  Obstacle obstacle(journal);
  for (int i = 0; i < 100; ++i) {
    journal.submit(
        i % 2 == 0 ? WorkClass::intake : WorkClass::outcome,
        [&worked, i](Transaction&) { worked.push_back(i); },
        [&done, i](Committed committed) {
          if (committed == Committed::yes) done.push_back(i);
        });
  }
  obstacle.remove();
  CHECK(journal.run(WorkClass::outcome, nothing) == Committed::yes);
  std::vector<int> expected(100);
  for (int i = 0; i < 100; ++i) expected[static_cast<std::size_t>(i)] = i;
  CHECK(worked == expected);
  CHECK(done == expected);
  CHECK(journal.figures().items - before.items == 102);
  CHECK(journal.figures().commits - before.commits <= 3);
}

TEST_CASE("A unit of work that breaks a constraint is undone alone and leaves no gap in the history") {
  JournalFixture fixture;
  Journal& journal = fixture.journal();
  std::vector<Committed> results(3, Committed::stopped);
  std::map<int, std::int64_t> sequences;  // of the last run of each unit
  const auto accept = [&](int unit, int serial) {
    return [&sequences, unit, serial](Transaction& tx) {
      const Notice notice = sample_notice(serial);
      tx.append_event(Event{events::rejected, {}, notice.accepted_at, Json::object()});
      const NoticeNumber number = tx.insert_notice(notice, "{}");
      tx.insert_delivery(sample_delivery(number));
      sequences[unit] = tx.append_event(sample_event(notice));
    };
  };
  Obstacle obstacle(journal);
  const std::vector<int> serials{1, 1, 2};
  for (std::size_t i = 0; i < serials.size(); ++i) {
    journal.submit(WorkClass::intake, accept(static_cast<int>(i), serials[i]),
                   [&results, i](Committed c) { results[i] = c; });
  }
  obstacle.remove();
  CHECK(journal.run(WorkClass::outcome, nothing) == Committed::yes);
  CHECK(results == std::vector{Committed::yes, Committed::failed, Committed::yes});
  CHECK(sequences == std::map<int, std::int64_t>{{0, 3}, {2, 5}});  // event 1 started the epoch

  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto check = (*reader)->check_events(std::nullopt);
  REQUIRE(check.ok());
  CHECK(check->fault == "");
  CHECK(check->checked == 5);
  CHECK((*reader)->show(sample_notice(2).id).ok());
}

TEST_CASE("A completion may submit more work, even while the backlog is full") {
  JournalFixture fixture;
  Journal& journal = fixture.journal();
  std::promise<Committed> chained;
  Obstacle obstacle(journal);
  journal.submit(WorkClass::outcome, nothing, [&](Committed) {
    journal.submit(WorkClass::outcome, nothing, [&](Committed committed) { chained.set_value(committed); });
  });
  std::atomic<std::size_t> submitted{1};
  std::atomic<std::size_t> done{0};
  const std::size_t total = limits::journal_backlog_items + 1'000;
  std::thread producer([&] {
    for (; submitted < total; ++submitted)
      journal.submit(WorkClass::outcome, nothing, [&](Committed) { ++done; });
  });
  while (submitted < limits::journal_backlog_items) std::this_thread::yield();
  const std::size_t accepted_while_blocked = submitted;
  obstacle.remove();
  producer.join();
  CHECK(accepted_while_blocked == limits::journal_backlog_items);
  CHECK(chained.get_future().get() == Committed::yes);
  CHECK(journal.run(WorkClass::outcome, nothing) == Committed::yes);
  CHECK(done == total - 1);
}

TEST_CASE("Closing commits what was submitted and refuses what comes later") {
  JournalFixture fixture;
  Journal& journal = fixture.journal();
  std::vector<Committed> results;
  std::promise<void> never;
  {
    Obstacle obstacle(journal);
    for (int serial = 0; serial < 10; ++serial) {
      journal.submit(
          WorkClass::intake, [serial](Transaction& tx) { accept_sample(tx, sample_notice(serial)); },
          [&](Committed committed) { results.push_back(committed); });
    }
    std::thread closer([&] { journal.close(); });
    obstacle.remove();
    closer.join();
  }
  CHECK(results == std::vector(10, Committed::yes));
  bool ran = false;
  CHECK(journal.run(WorkClass::outcome, [&](Transaction&) { ran = true; }) == Committed::stopped);
  CHECK_FALSE(ran);
}

TEST_CASE("Work of many threads is all committed, each exactly once") {
  JournalFixture fixture;
  constexpr int threads = 8;
  constexpr int each = 100;
  std::vector<std::thread> crew;
  std::atomic<int> committed{0};
  for (int t = 0; t < threads; ++t) {
    crew.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        const auto work = [&](Transaction& tx) { accept_sample(tx, sample_notice(t * each + i)); };
        if (fixture.journal().run(WorkClass::intake, work) == Committed::yes) ++committed;
      }
    });
  }
  for (std::thread& thread : crew) thread.join();
  CHECK(committed == threads * each);
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto counts = (*reader)->counts();
  REQUIRE(counts.ok());
  CHECK(counts->notices.front() ==
        std::pair<NoticeState, std::int64_t>{NoticeState::accepted, threads * each});
  CHECK(counts->events == threads * each + 1);
}
