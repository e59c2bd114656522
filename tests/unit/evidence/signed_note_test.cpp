#include "gateway/evidence/signed_note.hpp"

#include <catch2/catch.hpp>

#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

SigningKey key_named(const std::string& name, NoteKeyKind kind = NoteKeyKind::note) {
  SystemRandom random;
  return SigningKey::make(name, kind, random);
}

const std::string blob = to_base64("\x01\x02\x03\x04signature");

}  // namespace

TEST_CASE("a note is read as it was written") {
  const SignedNote note{"one\n\ntwo \u4E00\n",
                        {{"example.com/a", 0x01020304, "x"}, {"\u901A\u77E5", 7, "y"}}};
  const auto again = parse_note(to_text(note));
  REQUIRE(again);
  CHECK(*again == note);
  CHECK(parse_note("t\n\n\u2014 k " + blob + "\n")->signatures[0] ==
        NoteSignature{"k", 0x01020304, "signature"});
}

TEST_CASE("what is not a note is refused") {
  const std::string line = "\u2014 k " + blob + "\n";
  for (const std::string& wrong : std::vector<std::string>{"",
                                                           "\n\n",
                                                           "t\n",
                                                           "t\n\n",
                                                           "t\n" + line,
                                                           "t\n\n" + line.substr(0, line.size() - 1),
                                                           "t\n\n" + line + "\n",
                                                           "t\n\n" + line + "x\n",
                                                           "t\n\n- k " + blob + "\n",
                                                           "t\n\n\u2014 k\n",
                                                           "t\n\n\u2014  " + blob + "\n",
                                                           "t\n\n\u2014 k  " + blob + "\n",
                                                           "t\n\n\u2014 k " + blob + " \n",
                                                           "t\n\n\u2014 a+b " + blob + "\n",
                                                           "t\n\n\u2014 a\u3000b " + blob + "\n",
                                                           "t\n\n\u2014 a\u00A0b " + blob + "\n",
                                                           "t\n\n\u2014 k AQIDBA==\n",
                                                           "t\n\n\u2014 k " + blob + "=\n",
                                                           "t\n\n\u2014 k !!!!\n",
                                                           "t\r\n\n" + line,
                                                           std::string("t\0\n\n", 4) + line,
                                                           "\xFF\n\n" + line,
                                                           "t\n\n\u2014 \xFF " + blob + "\n"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_note(wrong));
  }
}

TEST_CASE("a note's size and its signatures are bounded") {
  const std::string line = "\u2014 k " + blob + "\n";
  std::string note = "t\n\n";
  for (std::size_t i = 0; i < limits::note_signatures; ++i) note += line;
  CHECK(parse_note(note));
  CHECK_FALSE(parse_note(note + line));
  CHECK_FALSE(parse_note(std::string(limits::note_bytes, 'x') + "\n\n" + line));
}

TEST_CASE("signatures of known keys are verified, others passed over") {
  const SigningKey one = key_named("example.com/one");
  const SigningKey two = key_named("example.com/two");
  const SigningKey witness = key_named("witness.example", NoteKeyKind::cosigner);
  const std::string text = "a statement\n";
  const std::chrono::sys_seconds at{std::chrono::seconds(1'679'315'147)};
  SignedNote note{text, {sign(one, text), sign(two, text), cosign(witness, text, at), sign(one, text)}};

  const std::vector<VerifierKey> known{witness.verifier(), one.verifier()};
  const auto good = verify_signatures(note, known);
  REQUIRE(good);
  REQUIRE(good->size() == 2);
  CHECK((*good)[0].key == one.verifier());
  CHECK_FALSE((*good)[0].cosigned_at);
  CHECK((*good)[1].key == witness.verifier());
  CHECK((*good)[1].cosigned_at == at);
  CHECK(note.signatures[2].bytes.size() == 72);

  SECTION("another text") {
    note.text = "another statement\n";
    CHECK_FALSE(verify_signatures(note, known));
  }
  SECTION("one bit of the signature") {
    note.signatures[0].bytes[10] ^= 1;
    CHECK_FALSE(verify_signatures(note, known));
  }
  SECTION("another time of the cosignature") {
    note.signatures[2].bytes[7] ^= 1;
    CHECK_FALSE(verify_signatures(note, known));
  }
  SECTION("a signature that is cut off") {
    note.signatures[2].bytes.pop_back();
    CHECK_FALSE(verify_signatures(note, known));
  }
  SECTION("nobody is known") { CHECK(verify_signatures(note, {})->empty()); }
}

TEST_CASE("a key of one kind never verifies the other") {
  const SigningKey log = key_named("example.com");
  // The same secret under the other type byte has another identifier.
  const VerifierKey other{"example.com", NoteKeyKind::cosigner, log.verifier().bytes};
  const std::string vkey = to_vkey(other);
  const std::string secret = "\x04" + std::string(log.seed().begin(), log.seed().end());
  const auto as_cosigner = SigningKey::parse(
      "PRIVATE+KEY+" + vkey.substr(0, std::string("example.com+12345678+").size()) + to_base64(secret));
  REQUIRE(as_cosigner);
  CHECK(as_cosigner->verifier().id() != log.verifier().id());
  SignedNote note{"t\n", {sign(log, "t\n")}};
  note.signatures[0].key_id = as_cosigner->verifier().id();
  const std::vector<VerifierKey> known{as_cosigner->verifier()};
  CHECK_FALSE(verify_signatures(note, known));
}

TEST_CASE("a checkpoint is read as it was written, and nothing else is one") {
  const Checkpoint checkpoint{"example.com/log", 42, empty_root(), "more\n"};
  CHECK(parse_checkpoint(to_text(checkpoint)).value() == checkpoint);
  const std::string root = to_base64(bytes_of(empty_root())) + "\n";
  CHECK(parse_checkpoint("o\n0\n" + root));
  CHECK(parse_checkpoint("o\n9223372036854775807\n" + root));
  for (const std::string& wrong : std::vector<std::string>{
           "", "o", "o\n", "o\n1\n", "o\n1\n" + root.substr(0, 44), "\n1\n" + root, "o\n01\n" + root,
           "o\n-1\n" + root, "o\n+1\n" + root, "o\n\n" + root, "o\n1 \n" + root,
           "o\n9223372036854775808\n" + root, "o\n1\nAAAA\n", "o\n1\n" + root.substr(1),
           "o\n1\n" + root + "\n", "o\n1\n" + root + "a\n\nb\n", "o\n1\n" + root + "a"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_checkpoint(wrong));
  }
}

TEST_CASE("a checkpoint is believed with its own log's signature only") {
  const SigningKey log = key_named("example.com/log");
  const SigningKey other = key_named("example.com/log");
  const Checkpoint checkpoint{"example.com/log", 3, empty_root(), ""};
  const std::string note = sign_checkpoint(checkpoint, log);
  CHECK(verify_checkpoint(note, log.verifier())->checkpoint == checkpoint);
  CHECK_FALSE(verify_checkpoint(note, other.verifier()));
  const std::string foreign = "example.com/other\n3\n" + to_base64(bytes_of(empty_root())) + "\n";
  CHECK_FALSE(verify_checkpoint(to_text(SignedNote{foreign, {sign(log, foreign)}}), log.verifier()));
  std::string longer = note;
  longer.replace(longer.find("\n3\n"), 3, "\n4\n");
  CHECK_FALSE(verify_checkpoint(longer, log.verifier()));
}
