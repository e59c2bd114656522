#include "gateway/evidence/publisher.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "tests/support/published_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

std::string checkpoint_of(const test::PublishedLog& log) {
  return log.files.read("checkpoint", limits::checkpoint_bytes).value();
}

void check_refused(test::PublishedLog& log, const std::string& words) {
  const std::string before = checkpoint_of(log);
  const auto head = log.publisher().publish();
  REQUIRE_FALSE(head);
  CHECK(head.error().kind == ErrorKind::broken);
  CAPTURE(head.error().message);
  CHECK(head.error().message.find(words) != std::string::npos);
  CHECK(checkpoint_of(log) == before);
}

}  // namespace

TEST_CASE("a log is published as it grows, by one publisher or after restarts") {
  test::PublishedLog log;
  const bool restarts = GENERATE(false, true);
  auto one = log.publisher();
  for (const std::size_t size : {0U, 1U, 255U, 256U, 257U, 700U, 65'540U}) {
    log.leaves.grow_to(size);
    const auto head = restarts ? log.publisher().publish() : one.publish();
    REQUIRE(head);
    CHECK(head->size == size);
    CHECK(log.heads.read().value() == *head);
    CHECK(checkpoint_of(log) == head->checkpoint);
    const auto checked = log.verify();
    REQUIRE(checked);
    CHECK(test::words_of(*checked).empty());
  }
  CHECK(log.publisher().publish().value() == log.heads.read().value());
}

TEST_CASE("partial tiles go when the full one is there, and no stage stays behind") {
  test::PublishedLog log;
  REQUIRE(log.publish(100));
  REQUIRE(log.publish(200));
  CHECK(log.files.list("tile/0/000.p").value() == std::vector<std::string>{"100", "200"});
  REQUIRE(log.publish(300));
  CHECK(log.files.list("tile/0").value() == std::vector<std::string>{"000", "001.p/"});
  CHECK(log.files.list("tile/entries").value() == std::vector<std::string>{"000", "001.p/"});
  CHECK(log.files.list("").value() == std::vector<std::string>{"checkpoint", "tile/"});
}

TEST_CASE("a backlog is published in steps") {
  test::PublishedLog log;
  log.leaves.leaves.resize(limits::checkpoint_leaves_most + 3, "x");
  auto publisher = log.publisher();
  CHECK(publisher.publish()->size == limits::checkpoint_leaves_most);
  CHECK(publisher.publish()->size == limits::checkpoint_leaves_most + 3);
}

TEST_CASE("a checkpoint that is gone is published again") {
  test::PublishedLog log;
  const auto head = log.publish(10);
  REQUIRE(head);
  REQUIRE(log.files.remove("checkpoint"));
  CHECK(log.publisher().publish().value() == *head);
  CHECK(checkpoint_of(log) == head->checkpoint);
}

TEST_CASE("an older journal is never signed") {
  test::PublishedLog log;
  REQUIRE(log.publish(700));
  SECTION("it is shorter") {
    log.leaves.leaves.resize(650);
    check_refused(log, "the journal has 650 events, but the log's head was signed over 700 events");
  }
  SECTION("it became shorter while we looked") {
    auto publisher = log.publisher();
    REQUIRE(publisher.publish());
    log.leaves.leaves.resize(699);
    CHECK(publisher.publish().error().message.find("restored from an older backup") != std::string::npos);
  }
  SECTION("it has gone on differently") {
    log.leaves.leaves.resize(650);
    while (log.leaves.leaves.size() < 800) log.leaves.leaves.push_back("other");
    check_refused(log, "event 650 of the journal (counted from 0) is not the one in the log");
  }
}

TEST_CASE("a journal with a gap or an event that is too long is not signed") {
  test::PublishedLog log;
  REQUIRE(log.publish(10));
  log.leaves.leaves.emplace_back(limits::evidence_leaf_bytes + 1, 'x');
  check_refused(log, "event 10 of the journal (counted from 0) is too long");
  log.leaves.leaves.back() = "x";
  log.leaves.gaps.insert(11);
  log.leaves.grow_to(13);
  check_refused(log, "event 11 of the journal (counted from 0) is missing");
  log.leaves.gaps = {7};
  check_refused(log, "event 7 of the journal (counted from 0) is not the one in the log");
  log.leaves.gaps.clear();
  CHECK(log.publisher().publish()->size == 13);
}

TEST_CASE("head, folder and key that do not belong together are refused") {
  test::PublishedLog log;
  REQUIRE(log.publish(300));
  SECTION("no head") {
    log.heads = SqliteHeadStore::open(log.folder / "other.db").value();
    check_refused(log, "the file that remembers the log's head is empty");
  }
  SECTION("an older head") {
    const auto old_head = log.heads.read().value();
    const auto head = log.publish(310);
    REQUIRE(head);
    REQUIRE(log.heads.swap(*head, *old_head).value());
    check_refused(log, "is newer than the head that was remembered");
  }
  SECTION("another key") {
    SystemRandom random;
    const auto other = SigningKey::make(test::log_key().verifier().name, NoteKeyKind::note, random);
    const auto head = Publisher(log.leaves, log.files, log.heads, other).publish();
    CHECK(head.error().message.find("was not signed with this origin and key") != std::string::npos);
  }
  SECTION("tiles that are gone") {
    REQUIRE(log.files.remove("tile/0/001.p"));
    check_refused(log, "the log's folder is damaged");
  }
  SECTION("tiles that were altered") {
    REQUIRE(log.files.write("tile/0/001.p/44", std::string(44 * hash_bytes, 'x')));
    check_refused(log, "do not have the root that was signed");
  }
}

TEST_CASE("two publishers never sign different heads of one size") {
  test::PublishedLog log;
  REQUIRE(log.publish(5));
  auto one = log.publisher();
  auto two = log.publisher();
  REQUIRE(one.publish());
  REQUIRE(two.publish());
  log.leaves.grow_to(6);
  REQUIRE(one.publish());
  log.leaves.grow_to(7);
  const auto beaten = two.publish();
  REQUIRE_FALSE(beaten);
  CHECK(beaten.error().kind == ErrorKind::unavailable);
  CHECK(two.publish()->size == 7);
  CHECK(test::words_of(log.verify().value()).empty());
}
