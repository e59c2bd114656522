#include "gateway/evidence/sealer.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/file_system.hpp"
#include "gateway/base/limits.hpp"
#include "tests/support/published_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

Instant at(const std::string& text) { return *parse_instant(text); }

/// A published log with its seals and a sealer.
struct SealedLog : test::PublishedLog {
  SealStore seals = SealStore::open(folder / "seals.db", test::log_key().verifier()).value();
  SealPlan plan{10min, {TimeZone::load("Asia/Shanghai").value()}};

  Sealer sealer() { return {heads, seals, test::log_key().verifier(), plan, {"tsa-a", "tsa-b"}}; }
  /// The id of the seal that a step makes; 0: none.
  std::int64_t step(const std::string& now) { return sealer().step(at(now))->seal.value_or(0); }
};

TimeStamp stamp(const std::string& time) { return {"token\0 bytes", at(time), "CN=tsa", "1.2.3"}; }

}  // namespace

TEST_CASE("what is sealed is the checkpoint with the log's own signature alone") {
  test::PublishedLog log;
  const auto head = log.publish(5);
  REQUIRE(head);
  const VerifierKey key = test::log_key().verifier();
  CHECK(sealed_checkpoint(head->checkpoint, key)->note == head->checkpoint);
  SystemRandom random;
  const SigningKey witness = SigningKey::make("example.com/witness", NoteKeyKind::cosigner, random);
  SignedNote note = parse_note(head->checkpoint).value();
  note.signatures.insert(note.signatures.begin(), cosign(witness, note.text, std::chrono::sys_seconds(1s)));
  const auto sealed = sealed_checkpoint(to_text(note), key);
  REQUIRE(sealed);
  CHECK(sealed->note == head->checkpoint);
  CHECK(sealed->checkpoint.size == 5);
  note.signatures.pop_back();
  CHECK_FALSE(sealed_checkpoint(to_text(note), key));
  CHECK_FALSE(sealed_checkpoint(head->checkpoint, witness.verifier()));
}

TEST_CASE("nothing is sealed twice but around midnight") {
  SealedLog log;
  CHECK(log.step("2026-03-31T10:00:00Z") == 0);
  REQUIRE(log.publish(5));
  CHECK(log.step("2026-03-31T10:00:03Z") == 1);
  CHECK(log.step("2026-03-31T10:09:00Z") == 0);
  CHECK(log.step("2026-03-31T10:10:00Z") == 0);  // nothing came
  REQUIRE(log.publish(6));
  CHECK(log.step("2026-03-31T10:11:00Z") == 2);
  REQUIRE(log.publish(7));
  CHECK(log.step("2026-03-31T10:12:00Z") == 0);  // it is not time
  CHECK(log.step("2026-03-31T10:20:00Z") == 3);
  CHECK(log.step("2026-03-31T15:59:54Z") == 0);
  CHECK(log.step("2026-03-31T16:00:02Z") == 4);  // 00:00:02 in Shanghai
  CHECK(log.step("2026-03-31T16:00:02Z") == 0);
  REQUIRE(log.publish(8));
  CHECK(log.step("2026-04-01T15:59:54Z") == 5);
  CHECK(log.step("2026-04-01T16:00:02Z") == 6);
  CHECK(log.step("2026-04-01T16:10:00Z") == 0);
  // Nothing ran over the next midnight.
  CHECK(log.step("2026-04-03T09:00:00Z") == 7);
  CHECK(log.step("2026-04-03T09:00:01Z") == 0);
  const auto newest = log.seals.newest().value();
  REQUIRE(newest);
  CHECK(newest->at == at("2026-04-03T09:00:00Z"));
  CHECK(newest->sealed.checkpoint.size == 8);
  CHECK(newest->sealed.note == log.heads.read().value()->checkpoint);
}

TEST_CASE("a step says when it wants to be called again") {
  SealedLog log;
  CHECK(log.sealer().step(at("2026-03-31T10:00:00Z"))->next == at("2026-03-31T10:00:01Z"));
  REQUIRE(log.publish(5));
  CHECK(log.sealer().step(at("2026-03-31T10:00:01Z"))->next == at("2026-03-31T10:10:00Z"));
  CHECK(log.sealer().step(at("2026-03-31T15:53:00Z"))->next == at("2026-03-31T15:59:54Z"));
  CHECK(log.sealer().step(at("2026-03-31T15:59:54Z"))->next == at("2026-03-31T16:00:00Z"));
  CHECK(log.sealer().step(at("2026-03-31T16:00:00Z"))->next == at("2026-03-31T16:00:02Z"));
}

TEST_CASE("a head that is not this log's, or older than the last seal, is not sealed") {
  SealedLog log;
  REQUIRE(log.publish(5));
  const auto old_head = log.heads.read().value();
  REQUIRE(log.publish(6));
  REQUIRE(log.step("2026-03-31T10:00:00Z") == 1);
  REQUIRE(log.heads.swap(log.heads.read().value(), *old_head).value());
  const auto older = log.sealer().step(at("2026-03-31T10:10:00Z"));
  REQUIRE_FALSE(older);
  CHECK(older.error().kind == ErrorKind::broken);
  CHECK(older.error().message.find("restored from an older backup") != std::string::npos);
  SystemRandom random;
  const SigningKey other = SigningKey::make("example.com/other", NoteKeyKind::note, random);
  Sealer foreign(log.heads, log.seals, other.verifier(), log.plan, {});
  CHECK(foreign.step(at("2026-03-31T10:10:00Z")).error().kind == ErrorKind::broken);
}

TEST_CASE("seals, stamps and cosignatures outlive the process") {
  SealedLog log;
  REQUIRE(log.publish(5));
  REQUIRE(log.step("2026-03-31T10:00:00Z") == 1);
  SystemRandom random;
  const SigningKey witness = SigningKey::make("example.com/witness", NoteKeyKind::cosigner, random);
  const std::string text = parse_note(log.seals.newest().value()->sealed.note)->text;
  REQUIRE(log.seals.put_stamp(1, "tsa-a", stamp("2026-03-31T10:00:01Z")));
  REQUIRE(log.seals.put_stamp(1, "tsa-a", stamp("2026-03-31T10:00:09Z")));
  REQUIRE(log.seals.put_cosignature(1, cosign(witness, text, std::chrono::sys_seconds(1s))));
  REQUIRE(log.seals.put_cosignature(1, cosign(witness, text, std::chrono::sys_seconds(2s))));
  auto again = SealStore::open(log.folder / "seals.db", test::log_key().verifier());
  REQUIRE(again);
  const auto seal = again->seal(1).value();
  REQUIRE(seal);
  REQUIRE(seal->stamps.size() == 2);
  CHECK(seal->stamps[0].tsa == "tsa-a");
  CHECK(seal->stamps[0].stamp == stamp("2026-03-31T10:00:01Z"));  // the first is never replaced
  CHECK_FALSE(seal->stamps[1].stamp);
  REQUIRE(seal->cosignatures.size() == 1);
  const auto whole = parse_note(seal->sealed.note + seal->cosignatures[0].line);
  REQUIRE(whole);
  const std::vector<VerifierKey> known = {test::log_key().verifier(), witness.verifier()};
  const auto verified = verify_signatures(*whole, known);
  REQUIRE(verified);
  CHECK(verified->at(1).cosigned_at == std::chrono::sys_seconds(2s));
  CHECK_FALSE(again->seal(2).value());
  CHECK(again->count_waiting("tsa-a").value() == 0);
  CHECK(again->count_waiting("tsa-b").value() == 1);
}

TEST_CASE("a leaf stands between two stamped seals") {
  SealedLog log;
  for (int i = 1; i <= 4; ++i) {
    REQUIRE(log.publish(static_cast<std::size_t>(10 * i)));
    REQUIRE(log.step("2026-03-31T1" + std::to_string(i) + ":00:00Z") == i);
  }
  CHECK_FALSE(log.seals.first_with(15).value());
  CHECK_FALSE(log.seals.last_without(15).value());
  for (const std::int64_t id : {1, 3, 4}) {
    REQUIRE(log.seals.put_stamp(id, "tsa-b", stamp("2026-03-31T15:00:00Z")));
  }
  CHECK(log.seals.last_without(15).value()->id == 1);
  CHECK(log.seals.first_with(15).value()->id == 3);
  CHECK(log.seals.last_without(10).value()->id == 1);
  CHECK_FALSE(log.seals.last_without(9).value());
  CHECK(log.seals.first_with(9).value()->id == 1);
  CHECK(log.seals.first_with(39).value()->id == 4);
  CHECK_FALSE(log.seals.first_with(40).value());
  CHECK(log.seals.last_without(29).value()->id == 1);
  CHECK_FALSE(log.seals.first_cosigned_with(0).value());
  const SigningKey witness = SigningKey::of_seed("w.example", NoteKeyKind::cosigner, {5});
  const std::string text = parse_note(log.seals.seal(2).value()->sealed.note)->text;
  REQUIRE(log.seals.put_cosignature(2, cosign(witness, text, std::chrono::sys_seconds(2s))));
  CHECK(log.seals.last_without(29).value()->id == 2);
  CHECK(log.seals.first_cosigned_with(0).value()->id == 2);
  CHECK(log.seals.first_with(15).value()->id == 3);
}

TEST_CASE("a seal that was changed on the disk is not believed") {
  SealedLog log;
  REQUIRE(log.publish(5));
  REQUIRE(log.step("2026-03-31T10:00:00Z") == 1);
  sqlite::Database intruder(log.folder / "seals.db", sqlite::Database::Mode::read_write, 1'000);
  intruder.run("UPDATE seal SET note = replace(note, '5', '6')");
  const auto read = log.seals.newest();
  REQUIRE_FALSE(read);
  CHECK(read.error().kind == ErrorKind::broken);
  CHECK(log.sealer().step(at("2026-03-31T10:10:00Z")).error().kind == ErrorKind::broken);
}

TEST_CASE("a file that holds no seals is no store") {
  const test::TemporaryFolder folder;
  REQUIRE(write_file_durably(folder / "seals.db", std::string(4'096, 'x')));
  CHECK(SealStore::open(folder / "seals.db", test::log_key().verifier()).error().kind == ErrorKind::broken);
  CHECK_FALSE(SealStore::open(folder / "nowhere" / "seals.db", test::log_key().verifier()));
}
