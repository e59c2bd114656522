#include "gateway/evidence/log_verifier.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "tests/support/published_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

/// A log of two levels and a bit, with partial tiles of two sizes.
struct Tampered : test::PublishedLog {
  Tampered() {
    REQUIRE(publish(500));
    REQUIRE(publish(1'000));
    REQUIRE(publish(1'010));
  }
  std::string found() {
    const auto verification = verify();
    REQUIRE(verification);
    return test::words_of(*verification);
  }
  void flip(const std::string& path, std::size_t at) {
    auto bytes = files.read(path, 20'000'000).value();
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    REQUIRE(files.write(path, bytes));
  }
};

}  // namespace

TEST_CASE("a log as it was published has no findings, and later events are none") {
  Tampered log;
  CHECK(log.found().empty());
  log.leaves.grow_to(1'020);
  const auto verification = log.verify();
  REQUIRE(verification);
  CHECK(verification->good());
  CHECK(verification->size == 1'010);
  CHECK(verification->unpublished == 10);
  CHECK(LogVerifier(log.leaves, log.files, nullptr, test::log_key().verifier()).verify()->good());
}

TEST_CASE("what was done to an event is named") {
  Tampered log;
  auto& leaves = log.leaves.leaves;
  SECTION("changed") {
    leaves[400] += " ";
    CHECK(log.found() == "event_changed 400");
  }
  SECTION("the first and the last changed") {
    leaves.front() += " ";
    leaves.back() += " ";
    CHECK(log.found() == "event_changed 0, event_changed 1009");
  }
  SECTION("taken away, its number left free") {
    log.leaves.gaps.insert(300);
    CHECK(log.found() == "event_missing 300");
  }
  SECTION("taken away, the others moved up") {
    leaves.erase(leaves.begin() + 300, leaves.begin() + 303);
    log.leaves.grow_to(1'100);
    CHECK(log.found() == "event_missing 300, event_missing 301, event_missing 302");
  }
  SECTION("put in between") {
    leaves.insert(leaves.begin() + 255, "extra");
    CHECK(log.found() == "event_extra 255");
  }
  SECTION("two have changed places") {
    std::swap(leaves[10], leaves[200]);
    CHECK(log.found() == "event_reordered 10");
  }
  SECTION("moved down and moved up") {
    const std::string down = leaves[20];
    leaves.erase(leaves.begin() + 20);
    leaves.insert(leaves.begin() + 600, down);
    const std::string up = leaves[900];
    leaves.erase(leaves.begin() + 900);
    leaves.insert(leaves.begin() + 700, up);
    CHECK(log.found() == "event_reordered 20, event_reordered 900");
  }
  SECTION("cut off") {
    leaves.resize(990);
    CHECK(log.found() == "journal_truncated 990");
  }
  SECTION("all gone") {
    leaves.clear();
    CHECK(log.found() == "journal_truncated 0");
  }
  SECTION("too long for any log") {
    leaves[5] = std::string(limits::evidence_leaf_bytes + 1, 'x');
    CHECK(log.found() == "event_changed 5");
  }
  SECTION("more than are named") {
    for (std::size_t i = 0; i < 150; ++i) leaves[i] += " ";
    CHECK(log.verify()->findings.named().size() == limits::log_findings_named);
    CHECK(log.verify()->findings.further() == 150 - limits::log_findings_named);
  }
}

TEST_CASE("a file that was altered is named, and nothing else") {
  Tampered log;
  for (const char* path : {"tile/0/000", "tile/0/002", "tile/0/003.p/242", "tile/1/000.p/3",
                           "tile/0/003.p/232", "tile/1/000.p/1"}) {
    log.flip(path, 3);
    CHECK(log.found() == std::string("tile_changed ") + path);
    log.flip(path, 3);
  }
  for (const char* path : {"tile/entries/000", "tile/entries/003.p/242", "tile/entries/003.p/232"}) {
    log.flip(path, 5);
    CHECK(log.found() == std::string("bundle_changed ") + path);
    log.flip(path, 5);
  }
  CHECK(log.found().empty());
}

TEST_CASE("a file that is missing or too much is named") {
  Tampered log;
  const auto without = [&](const std::string& path) {
    const auto bytes = log.files.read(path, 20'000'000).value();
    REQUIRE(log.files.remove(path));
    const std::string found = log.found();
    REQUIRE(log.files.write(path, bytes));
    return found;
  };
  CHECK(without("tile/0/001") == "tile_missing tile/0/001");
  CHECK(without("tile/1/000.p/3") == "tile_missing tile/1/000.p/3");
  CHECK(without("tile/entries/003.p/242") == "bundle_missing tile/entries/003.p/242");
  CHECK(without("checkpoint") == "checkpoint_missing checkpoint");
  const auto with = [&](const std::string& path) {
    REQUIRE(log.files.write(path, std::string(32, 'x')));
    const std::string found = log.found();
    REQUIRE(log.files.remove(path));
    return found;
  };
  CHECK(with("tile/0/003") == "file_extra tile/0/003");
  CHECK(with("tile/0/003.p/243") == "file_extra tile/0/003.p/243");
  CHECK(with("tile/2/000.p/1") == "file_extra tile/2/000.p/1");
  CHECK(with("tile/notes.txt") == "file_extra tile/notes.txt");
  CHECK(with("tile/0/003.p/1") == "tile_changed tile/0/003.p/1");
  CHECK(with("tile/entries/003.p/1") == "bundle_changed tile/entries/003.p/1");
  CHECK(log.found().empty());
}

TEST_CASE("altered events and altered files are told apart") {
  Tampered log;
  log.leaves.leaves[10] += " ";
  log.leaves.leaves[300] += " ";
  SECTION("the tile of another event") {
    log.flip("tile/0/002", 0);
    CHECK(log.found() == "event_changed 10, tile_changed tile/0/002, event_changed 300");
  }
  SECTION("the tile of the event: the bundle still knows") {
    log.flip("tile/0/000", 320);
    CHECK(log.found() == "tile_changed tile/0/000, event_changed 10, event_changed 300");
  }
  SECTION("the bundle of the event: the tile still knows") {
    log.flip("tile/entries/000", 5);
    CHECK(log.found() == "bundle_changed tile/entries/000, event_changed 10, event_changed 300");
  }
  SECTION("both are gone: nobody knows the events of that tile") {
    REQUIRE(log.files.remove("tile/0/000"));
    REQUIRE(log.files.remove("tile/entries/000"));
    CHECK(log.found() == "tile_missing tile/0/000, bundle_missing tile/entries/000, event_changed 300");
  }
  SECTION("the end of the log: nothing vouches for anything") {
    log.flip("tile/1/000.p/3", 0);
    CHECK(log.found() == "tile_changed tile/");
  }
}

TEST_CASE("a checkpoint that is not the log's is named") {
  Tampered log;
  const auto put = [&](const std::string& checkpoint) {
    REQUIRE(log.files.write("checkpoint", checkpoint));
    return log.found();
  };
  const Head head = *log.heads.read().value();
  const std::string origin = test::log_key().verifier().name;
  std::string longer = head.checkpoint;
  longer.replace(longer.find("\n1010\n"), 6, "\n1011\n");
  CHECK(put(longer) == "checkpoint_invalid checkpoint");
  CHECK(put("") == "checkpoint_invalid checkpoint");
  CHECK(put(sign_checkpoint({origin, 1'010, empty_root(), ""}, test::log_key())) == "head_forked checkpoint");
  CHECK(put(sign_checkpoint({origin, 700, empty_root(), ""}, test::log_key())) ==
        "checkpoint_outdated checkpoint, head_forked checkpoint");
  const Digest earlier = TileReader(log.files, 1'010).subtree({0, 700}).value();
  CHECK(put(sign_checkpoint({origin, 700, earlier, ""}, test::log_key())) ==
        "checkpoint_outdated checkpoint");
  CHECK(put(sign_checkpoint({origin, 2'000, earlier, ""}, test::log_key())) == "head_outdated checkpoint");
  CHECK(put(head.checkpoint).empty());
  REQUIRE(log.heads.swap(head, {1'010, empty_root(), head.checkpoint}).value());
  CHECK(log.found() == "head_invalid");
}
