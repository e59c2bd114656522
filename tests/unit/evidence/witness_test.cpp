#include "gateway/evidence/witness.hpp"

#include <catch2/catch.hpp>
#include <thread>

#include "gateway/base/file_system.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/evidence/tile_reader.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/witnessed_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

const Instant now = *parse_instant("2026-03-31T10:00:00.999Z");

/// A log, and a witness that knows it.
struct GrowingWitnessedLog : test::WitnessedLog {
  /// What the log sends after it has grown to `size`.
  AddCheckpoint request(std::uint64_t old_size, std::size_t size) {
    AddCheckpoint made{old_size, {}, publish(size)->checkpoint};
    if (old_size > 0 && old_size <= size) {
      made.proof = TileReader(files, size).prove_consistency(old_size).value();
    }
    return made;
  }
  WitnessAnswer add(const AddCheckpoint& request) { return witness.add_checkpoint(to_text(request), now); }
  std::uint64_t known_size() {
    const auto known = store.newest(test::log_key().verifier().name).value();
    return known ? known->size : 0;
  }
};

std::string signed_by(const SigningKey& key, std::uint64_t size, const Digest& root) {
  return sign_checkpoint({key.verifier().name, size, root, ""}, key);
}

}  // namespace

TEST_CASE("a witness cosigns a log as it grows, and says when") {
  GrowingWitnessedLog log;
  std::uint64_t old_size = 0;
  for (const std::size_t size : {1U, 2U, 255U, 256U, 300U, 300U, 700U}) {
    const AddCheckpoint request = log.request(old_size, size);
    const WitnessAnswer answer = log.add(request);
    CAPTURE(size, answer.body);
    REQUIRE(answer.status == 200);
    const auto note = parse_note(request.checkpoint + answer.body);
    REQUIRE(note);
    const std::vector<VerifierKey> known = {test::witness_key().verifier()};
    const auto verified = verify_signatures(*note, known);
    REQUIRE(verified);
    REQUIRE(verified->size() == 1);
    CHECK(verified->at(0).cosigned_at == std::chrono::floor<std::chrono::seconds>(now));
    const WitnessAnswer newest = log.witness.newest(sha256("example.com/log/testdata").hex());
    CHECK(newest.status == 200);
    CHECK(newest.body == request.checkpoint + answer.body);
    CHECK(newest.content_type == "text/plain; charset=utf-8");
    old_size = size;
  }
}

TEST_CASE("a witness remembers over a restart, and more than one log") {
  GrowingWitnessedLog log;
  const AddCheckpoint first = log.request(0, 5);
  REQUIRE(log.add(first).status == 200);
  SystemRandom random;
  const SigningKey other = SigningKey::make("example.com/other", NoteKeyKind::note, random);
  auto store = WitnessStore::open(log.folder / "witness.db");
  REQUIRE(store);
  Witness again(*store, test::witness_key(), {test::log_key().verifier(), other.verifier()});
  CHECK(again.add_checkpoint(to_text(first), now).status == 409);
  const AddCheckpoint of_other{0, {}, signed_by(other, 3, sha256("root"))};
  CHECK(again.add_checkpoint(to_text(of_other), now).status == 200);
  CHECK(again.add_checkpoint(to_text(log.request(5, 6)), now).status == 200);
  CHECK(again.newest(sha256("example.com/other").hex()).status == 200);
  CHECK(again.newest(sha256("example.com/third").hex()).status == 404);
}

TEST_CASE("a witness refuses, and remembers nothing of it") {
  GrowingWitnessedLog log;
  REQUIRE(log.add(log.request(0, 5)).status == 200);
  AddCheckpoint good = log.request(5, 9);
  const SigningKey key = test::log_key();
  SECTION("a body that is no request") {
    for (const std::string body :
         {"", "old 5\n", "old 05\n\n", "old -1\n\n", "new 5\n\n", "old 5\nnot base64\n\n"}) {
      CHECK(log.witness.add_checkpoint(body, now).status == 400);
      CHECK(log.witness.add_checkpoint(body + good.checkpoint, now).status == 400);
    }
    good.checkpoint = "no note";
    CHECK(log.add(good).status == 400);
    good.checkpoint = to_text(SignedNote{"no checkpoint\n", {sign(key, "no checkpoint\n")}});
    CHECK(log.add(good).status == 400);
  }
  SECTION("more hashes than a proof may have") {
    good.proof.resize(64);
    CHECK(log.add(good).status == 400);
  }
  SECTION("an unknown log") {
    SystemRandom random;
    const SigningKey other = SigningKey::make("example.com/other", NoteKeyKind::note, random);
    good.checkpoint = signed_by(other, 9, sha256("root"));
    CHECK(log.add(good).status == 404);
  }
  SECTION("another key of a known log") {
    SystemRandom random;
    const SigningKey thief = SigningKey::make(key.verifier().name, NoteKeyKind::note, random);
    good.checkpoint = signed_by(thief, 9, sha256("root"));
    CHECK(log.add(good).status == 403);
  }
  SECTION("a signature that is wrong") {
    SignedNote note = parse_note(good.checkpoint).value();
    note.signatures[0].bytes[7] ^= 1;
    good.checkpoint = to_text(note);
    CHECK(log.add(good).status == 403);
  }
  SECTION("a step backwards") {
    good.old_size = 10;
    CHECK(log.add(good).status == 400);
    CHECK(log.add({5, {}, signed_by(key, 4, sha256("root"))}).status == 400);
  }
  SECTION("an old size that is not the one it knows") {
    for (const std::uint64_t size : {0U, 4U, 6U}) {
      good.old_size = size;
      const WitnessAnswer answer = log.add(good);
      CHECK(answer.status == 409);
      CHECK(answer.content_type == "text/x.tlog.size");
      CHECK(answer.body == "5\n");
    }
  }
  SECTION("two checkpoints of one size that contradict each other") {
    const AddCheckpoint fork{5, {}, signed_by(key, 5, sha256("root"))};
    const WitnessAnswer answer = log.add(fork);
    CHECK(answer.status == 422);
    CHECK(answer.forked);
    CHECK(answer.refused == fork.checkpoint);
    good.proof.pop_back();
    CHECK_FALSE(log.add(good).forked);
    CHECK(log.add(good).refused == good.checkpoint);
  }
  SECTION("a proof that does not hold") {
    AddCheckpoint wrong = good;
    wrong.proof.pop_back();
    CHECK(log.add(wrong).status == 422);
    wrong = good;
    wrong.proof[0].bytes[0] ^= 1;
    CHECK(log.add(wrong).status == 422);
    wrong.proof = {};
    CHECK(log.add(wrong).status == 422);
  }
  SECTION("another history of the same size, or a longer one") {
    CHECK(log.add({5, {}, signed_by(key, 5, sha256("root"))}).status == 422);
    CHECK(log.add({5, good.proof, signed_by(key, 9, sha256("root"))}).status == 422);
  }
  CHECK(log.known_size() == 5);
  CHECK(log.add(log.request(5, 9)).status == 200);
}

TEST_CASE("the first checkpoint has no proof, and an empty log no root but its own") {
  GrowingWitnessedLog log;
  AddCheckpoint request = log.request(0, 5);
  request.proof = {sha256("hash")};
  CHECK(log.add(request).status == 422);
  const SigningKey key = test::log_key();
  CHECK(log.add({0, {}, signed_by(key, 0, sha256("root"))}).status == 422);
  CHECK(log.add({0, {}, signed_by(key, 0, empty_root())}).status == 200);
  CHECK(log.add({0, {}, signed_by(key, 0, empty_root())}).status == 200);
  CHECK(log.add(log.request(0, 5)).status == 200);
  CHECK(log.known_size() == 5);
}

TEST_CASE("of two requests at once only one moves the witness") {
  GrowingWitnessedLog log;
  REQUIRE(log.add(log.request(0, 5)).status == 200);
  const AddCheckpoint nine = log.request(5, 9);
  const AddCheckpoint twelve = log.request(5, 12);
  const auto first = log.store.newest(test::log_key().verifier().name).value();
  int status[2] = {};
  const auto ask = [&](const AddCheckpoint& request, int& out) {
    WitnessStore own = WitnessStore::open(log.folder / "witness.db").value();
    out = Witness(own, test::witness_key(), {test::log_key().verifier()})
              .add_checkpoint(to_text(request), now)
              .status;
  };
  std::thread one(ask, std::cref(nine), std::ref(status[0]));
  std::thread other(ask, std::cref(twelve), std::ref(status[1]));
  one.join();
  other.join();
  CHECK(status[0] + status[1] == 200 + 409);
  CHECK(log.known_size() == (status[0] == 200 ? 9 : 12));
  // What was expected is gone: the store itself does not go back either.
  CHECK_FALSE(log.store.swap(test::log_key().verifier().name, first, *first).value());
}

TEST_CASE("a witness whose memory is damaged answers nothing") {
  GrowingWitnessedLog log;
  REQUIRE(log.add(log.request(0, 5)).status == 200);
  sqlite::Database(log.folder / "witness.db", sqlite::Database::Mode::read_write, 1'000)
      .run("UPDATE cosigned SET root = x'00'");
  CHECK(log.add(log.request(5, 9)).status == 500);
  CHECK(log.witness.newest(sha256("example.com/log/testdata").hex()).status == 500);
  const test::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "witness.db", std::string(4'096, 'x')));
  CHECK(WitnessStore::open(folder / "witness.db").error().kind == ErrorKind::broken);
}
