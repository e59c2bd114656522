// The journal's events as the leaves of the evidence log.
#include "gateway/journal/journal_leaves.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant noon = *parse_instant("2026-03-02T04:00:00.000Z");

/// `count` events of about `bytes` each.
void add_events(JournalFixture& fixture, int count, std::size_t bytes = 10) {
  fixture.commit([&](Transaction& tx) {
    for (int i = 0; i < count; ++i) {
      Event event{.type = events::breaker_opened, .at = noon};
      event.facts["number"] = std::int64_t{i};
      event.facts["filler"] = std::string(bytes, 'x');
      tx.append_event(event);
    }
  });
}

struct Leaf {
  std::uint64_t index = 0;
  std::string bytes;
  bool operator==(const Leaf&) const = default;
};

std::vector<Leaf> leaves_of(JournalLeaves& source, std::uint64_t first, std::uint64_t count) {
  std::vector<Leaf> leaves;
  const Status read = source.read(first, count, [&](std::uint64_t index, std::string_view bytes) {
    leaves.push_back({index, std::string(bytes)});
    return true;
  });
  REQUIRE(read.ok());
  return leaves;
}

/// What sqlite3 would be told by somebody who alters the journal.
void alter(const JournalFixture& fixture, const std::string& statement) {
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
  database.run(
      "DROP TRIGGER IF EXISTS events_are_never_changed; DROP TRIGGER IF EXISTS events_are_never_removed");
  database.run(statement);
}

}  // namespace

TEST_CASE("Event n is leaf n - 1, with the bytes that the journal has") {
  JournalFixture fixture;
  auto source = JournalLeaves::open(fixture.path());
  REQUIRE(source.ok());
  CHECK(*source->count() == 1);  // the epoch's
  add_events(fixture, 9);
  REQUIRE(*source->count() == 10);
  const std::vector<Leaf> leaves = leaves_of(*source, 0, 10);
  REQUIRE(leaves.size() == 10);
  for (std::uint64_t i = 0; i < 10; ++i) {
    CHECK(leaves[i].index == i);
    CHECK(leaves[i].bytes.find("\"sequence\":" + std::to_string(i + 1)) != std::string::npos);
  }
  CHECK(leaves_of(*source, 3, 2) == std::vector<Leaf>{leaves[3], leaves[4]});
  CHECK(leaves_of(*source, 9, 1'000) == std::vector<Leaf>{leaves[9]});
  CHECK(leaves_of(*source, 10, ~std::uint64_t{0}).empty());
  CHECK(*source->happened_at(9) == noon);
  CHECK(*source->happened_at(10) == std::nullopt);
  CHECK(*source->happened_at(~std::uint64_t{0}) == std::nullopt);
}

TEST_CASE("Leaves come whole and once, however many or long they are") {
  JournalFixture fixture;
  add_events(fixture, limits::export_window + 5);
  constexpr std::size_t long_one = limits::event_bytes - 200;
  add_events(fixture, static_cast<int>(limits::export_piece_bytes / long_one) + 5, long_one);
  auto source = JournalLeaves::open(fixture.path());
  const std::uint64_t count = *source->count();
  const std::vector<Leaf> leaves = leaves_of(*source, 0, count);
  REQUIRE(leaves.size() == count);
  for (std::uint64_t i = 0; i < count; ++i) REQUIRE(leaves[i].index == i);
  CHECK(leaves.back().bytes.size() > long_one);
}

TEST_CASE("Whoever takes leaves slowly does not hold up the journal's log") {
  JournalFixture fixture;
  add_events(fixture, 5);
  auto source = JournalLeaves::open(fixture.path());
  int taken = 0;
  const Status read = source->read(0, 5, [&](std::uint64_t, std::string_view) {
    sqlite::Database other(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
    CHECK(other.checkpoint() == 0);
    return ++taken < 2;
  });
  CHECK(read.ok());
  CHECK(taken == 2);
}

TEST_CASE("A gap shows in the indexes, and an event below the first is no leaf") {
  JournalFixture fixture;
  add_events(fixture, 5);
  fixture.close();
  alter(fixture, "DELETE FROM events WHERE sequence = 3");
  auto source = JournalLeaves::open(fixture.path());
  CHECK(*source->count() == 6);
  const std::vector<Leaf> leaves = leaves_of(*source, 0, 6);
  REQUIRE(leaves.size() == 5);
  CHECK(leaves[1].index == 1);
  CHECK(leaves[2].index == 3);
  alter(fixture, "UPDATE events SET sequence = 0 WHERE sequence = 4");
  const auto altered = source->count();
  REQUIRE(!altered.ok());
  CHECK(altered.error().kind == ErrorKind::broken);
  CHECK(altered.error().message.find("number 0") != std::string::npos);
}

TEST_CASE("Where there is no journal there are no leaves") {
  const TemporaryFolder folder;
  const auto source = JournalLeaves::open(folder / "journal.db");
  REQUIRE(!source.ok());
  CHECK(source.error().kind == ErrorKind::not_found);
}
