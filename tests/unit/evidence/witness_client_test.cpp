#include "gateway/evidence/witness_client.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/cosignature_collector.hpp"
#include "gateway/evidence/witness.hpp"
#include "tests/support/scripted_http_server.hpp"
#include "tests/support/test_clock.hpp"
#include "tests/support/witnessed_log.hpp"

using namespace duenotice;
using namespace duenotice::evidence;
using namespace std::chrono_literals;

namespace {

const Instant now = *parse_instant("2026-03-31T10:00:00Z");

/// A log and the seal of its head; a witness, and the server that says what it said.
struct ServedWitness : test::WitnessedLog {
  test::ScriptedHttpServer server;
  WitnessClient client{
      {test::witness_key().verifier(), "http://127.0.0.1:" + std::to_string(server.port()) + "/w", ""},
      files};

  SealedCheckpoint sealed(std::size_t size) {
    return sealed_checkpoint(publish(size)->checkpoint, test::log_key().verifier()).value();
  }
  void answer(int status, const std::string& body) {
    server.next({test::HttpAct::Kind::answer, test::http_answer(status, body)});
  }
  void answer(const WitnessAnswer& said) { answer(said.status, said.body); }
  /// What the witness says to the request that is expected.
  WitnessAnswer said_to(std::uint64_t old_size, const SealedCheckpoint& sealed) {
    AddCheckpoint request{old_size, {}, sealed.note};
    if (old_size > 0) {
      request.proof = TileReader(files, sealed.checkpoint.size).prove_consistency(old_size).value();
    }
    return witness.add_checkpoint(to_text(request), now);
  }
};

void check_refused(const Result<NoteSignature>& cosigned, ErrorKind kind, const std::string& words) {
  REQUIRE_FALSE(cosigned);
  CHECK(cosigned.error().kind == kind);
  CAPTURE(cosigned.error().message);
  CHECK(cosigned.error().message.find(words) != std::string::npos);
}

}  // namespace

TEST_CASE("a cosignature is asked for, with a proof from what the witness knows") {
  ServedWitness log;
  REQUIRE(log.said_to(0, log.sealed(5)).status == 200);
  const SealedCheckpoint sealed = log.sealed(300);
  log.answer(log.said_to(0, sealed));
  log.answer(log.said_to(5, sealed));
  const auto cosigned = log.client.cosign(sealed);
  REQUIRE(cosigned);
  CHECK(*cosigned == cosign(test::witness_key(), parse_note(sealed.note)->text,
                            std::chrono::floor<std::chrono::seconds>(now)));
  const auto requests = log.server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].method == "POST");
  CHECK(requests[0].target == "/w/add-checkpoint");
  CHECK(requests[0].body == "old 0\n\n" + sealed.note);
  const auto second = parse_add_checkpoint(requests[1].body);
  REQUIRE(second);
  CHECK(second->old_size == 5);
  // From now on it knows.
  const SealedCheckpoint next = log.sealed(700);
  log.answer(log.said_to(300, next));
  CHECK(log.client.cosign(next));
  CHECK(log.server.requests().size() == 3);
}

TEST_CASE("what a witness refuses is said in words") {
  ServedWitness log;
  const SealedCheckpoint sealed = log.sealed(5);
  const auto answered = [&](int status, const std::string& body) {
    log.answer(status, body);
    return log.client.cosign(sealed);
  };
  check_refused(answered(403, ""), ErrorKind::invalid, "it does not know the key of this log");
  check_refused(answered(404, ""), ErrorKind::invalid, "it does not know this log");
  check_refused(answered(422, ""), ErrorKind::broken, "is not in this log");
  check_refused(answered(500, ""), ErrorKind::unavailable, "HTTP status 500");
  check_refused(answered(409, "6\n"), ErrorKind::unavailable, "it knows a later checkpoint, over 6 events");
  check_refused(answered(409, "many\n"), ErrorKind::invalid, "does not say which size");
  check_refused(answered(409, "6"), ErrorKind::invalid, "does not say which size");
  check_refused(answered(200, ""), ErrorKind::invalid, "something else than signature lines");
  check_refused(answered(200, "<p>Welcome</p>"), ErrorKind::invalid, "something else than signature lines");
  check_refused(answered(200, std::string(100'000, 'x')), ErrorKind::unavailable, "too long");
}

TEST_CASE("a cosignature by another key, or of another checkpoint, is none") {
  ServedWitness log;
  const SealedCheckpoint sealed = log.sealed(5);
  const std::string text = parse_note(sealed.note)->text;
  SystemRandom random;
  const SigningKey other = SigningKey::make("example.com/other", NoteKeyKind::cosigner, random);
  const auto line = [&](const SigningKey& key, const std::string& of) {
    return to_text(SignedNote{of, {cosign(key, of, std::chrono::sys_seconds(1s))}}).substr(of.size() + 1);
  };
  log.answer(200, line(other, text));
  check_refused(log.client.cosign(sealed), ErrorKind::invalid, "no cosignature by its key");
  log.answer(200, line(test::witness_key(), "another text\n"));
  check_refused(log.client.cosign(sealed), ErrorKind::invalid,
                "the signature of example.com/witness is wrong");
  log.answer(200, line(other, text) + line(test::witness_key(), text));
  CHECK(log.client.cosign(sealed).value().name == "example.com/witness");
}

TEST_CASE("the newest seal is cosigned, again and again until it is") {
  ServedWitness log;
  SealStore seals = SealStore::open(log.folder / "seals.db", test::log_key().verifier()).value();
  CosignatureCollector collector(seals, log.client);
  CHECK_FALSE(collector.step(now)->seal);
  REQUIRE(seals.add(log.sealed(3), now, {}));
  const SealedCheckpoint sealed = log.sealed(5);
  REQUIRE(seals.add(sealed, now, {}));
  log.answer(500, "");
  const auto failed = collector.step(now);
  REQUIRE(failed);
  CHECK(failed->seal == 2);
  CHECK(failed->failure);
  CHECK(failed->next == now + limits::time_stamp_rest_first);
  CHECK_FALSE(collector.step(failed->next - 1ms)->seal);
  log.answer(log.said_to(0, sealed));
  const auto done = collector.step(failed->next);
  REQUIRE(done);
  CHECK_FALSE(done->failure);
  const auto seal = seals.seal(2).value();
  REQUIRE(seal->cosignatures.size() == 1);
  CHECK(seal->cosignatures[0].key_id == test::witness_key().verifier().id());
  CHECK_FALSE(collector.step(done->next)->seal);
  CHECK(seals.seal(1).value()->cosignatures.empty());
}
