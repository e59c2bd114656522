#include <catch2/catch.hpp>

#include "tests/support/faulty_log.hpp"
#include "tests/support/published_log.hpp"

/// Every step of a publication fails once, in both flavours; the process goes on, starts again or loses its
/// power; then the log is whole and has never had two histories.

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

enum class Aftermath { goes_on, restarts, power_cut };

/// A log whose heads are all remembered.
struct FaultyLog : test::PublishedLog {
  test::Fault fault;
  test::FaultyLogFiles faulty_files{files, fault};
  test::FaultyHeadStore faulty_heads{heads, fault};
  std::vector<Head> signed_heads;

  Publisher faulty_publisher() { return Publisher(leaves, faulty_files, faulty_heads, test::log_key()); }
  void remember_head() {
    const auto head = heads.read().value();
    if (head) signed_heads.push_back(*head);
  }
  void check_whole(std::uint64_t size) {
    REQUIRE(heads.read().value().has_value());
    CHECK(heads.read().value()->size == size);
    CHECK(test::words_of(verify().value()).empty());
    CHECK(files.list(".staging").value().empty());
    // Each head that was ever signed is an earlier state of this log.
    TileReader reader(files, size);
    for (const Head& head : signed_heads) {
      CHECK(verify_checkpoint(head.checkpoint, test::log_key().verifier()).ok());
      CHECK(reader.subtree({0, head.size}).value() == head.root);
    }
  }
};

/// Publishes `before` leaves, then up to `after` with step `at` failing. Whether there was such a step.
bool survives(std::size_t before, std::size_t after, int at, bool happens, Aftermath aftermath) {
  FaultyLog log;
  if (before > 0) REQUIRE(log.publish(before));
  log.remember_head();
  log.leaves.grow_to(after);
  log.fault = {at, happens, 0};
  auto publisher = log.faulty_publisher();
  const auto head = publisher.publish();
  const bool struck = log.fault.struck();
  CHECK(head.ok() == !struck);
  log.remember_head();
  log.fault = {};
  if (aftermath == Aftermath::power_cut) log.faulty_files.lose_what_is_not_synced();
  // More events came meanwhile: the next tree is another one.
  log.leaves.grow_to(after + 5);
  const auto next = aftermath == Aftermath::goes_on ? publisher.publish() : log.publisher().publish();
  REQUIRE(next);
  log.check_whole(after + 5);
  return struck;
}

}  // namespace

TEST_CASE("a step of publishing that fails leaves one whole log") {
  const auto aftermath = GENERATE(Aftermath::goes_on, Aftermath::restarts, Aftermath::power_cut);
  const bool happens = GENERATE(false, true);
  struct Growth {
    std::size_t before, after;
    int steps_least;
  };
  // From nothing; within a tile; over the end of a tile, where partial ones go.
  const auto growth = GENERATE(Growth{0, 3, 8}, Growth{300, 310, 8}, Growth{250, 530, 15});
  int at = 1;
  while (survives(growth.before, growth.after, at, happens, aftermath)) ++at;
  CHECK(at > growth.steps_least);
}

TEST_CASE("a step of starting again that fails leaves one whole log") {
  const bool happens = GENERATE(false, true);
  // Cut off between the head's move and the publication of the files, and then once more at each step.
  int at = 0;
  for (bool struck = true; struck;) {
    ++at;
    FaultyLog log;
    REQUIRE(log.publish(250));
    log.leaves.grow_to(530);
    for (int step = 1; log.heads.read().value()->size == 250; ++step) {
      log.fault = {step, false, 0};
      REQUIRE_FALSE(log.faulty_publisher().publish());
    }
    log.remember_head();
    log.fault = {at, happens, 0};
    const auto again = log.faulty_publisher().publish();
    struck = log.fault.struck();
    CHECK(again.ok() == !struck);
    log.remember_head();
    log.fault = {};
    REQUIRE(log.publish(540));
    log.check_whole(540);
  }
  CHECK(at > 5);
}
