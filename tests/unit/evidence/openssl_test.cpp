// What a stranger does with the openssl command alone.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "gateway/base/file_system.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

namespace {

/// SubjectPublicKeyInfo of an Ed25519 key (RFC 8410) up to the key itself.
constexpr std::string_view spki_prefix{"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00", 12};

bool runs(const test::TemporaryFolder& folder, const std::string& command) {
  const std::string line = "cd " + folder.path().string() + " && " + command + " > output 2>&1";
  return std::system(line.c_str()) == 0;
}

}  // namespace

TEST_CASE("openssl pkeyutl verifies a checkpoint") {
  const test::TemporaryFolder folder;
  SystemRandom random;
  const SigningKey key = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  const auto note = parse_note(sign_checkpoint({"example.com/log", 12, empty_root(), ""}, key));
  REQUIRE(note);
  const auto& raw = key.verifier().bytes;
  REQUIRE(
      write_file_durably(folder / "pub.der", std::string(spki_prefix) + std::string(raw.begin(), raw.end())));
  REQUIRE(write_file_durably(folder / "body", note->text));
  REQUIRE(write_file_durably(folder / "sig64", note->signatures[0].bytes));
  const std::string verify =
      "openssl pkeyutl -verify -pubin -keyform DER -inkey pub.der -rawin -in body -sigfile sig64";
  CHECK(runs(folder, verify));
  REQUIRE(write_file_durably(folder / "body", note->text + "x"));
  CHECK_FALSE(runs(folder, verify));
}

TEST_CASE("openssl dgst opens a commitment") {
  const test::TemporaryFolder folder;
  SystemRandom random;
  const std::string opening = make_opening(random);
  const Digest commitment = commit(opening, "recipient.email", "wang@example.com");
  REQUIRE(write_file_durably(folder / "m", commitment_message("recipient.email", "wang@example.com")));
  REQUIRE(runs(folder, "openssl dgst -sha256 -mac HMAC -macopt hexkey:" + to_hex(opening) + " m"));
  const auto output = read_file(folder / "output", 1'000);
  REQUIRE(output);
  CHECK(output->find(commitment.hex()) != std::string::npos);
  CHECK(read_file(folder / "m", 1'000).value() == "duenotice-commit/v1\nrecipient.email\nwang@example.com");
}

TEST_CASE("a commitment binds to its field, its payload and its opening") {
  SystemRandom random;
  const std::string opening = make_opening(random);
  const Digest commitment = commit(opening, "name", "Wang");
  CHECK(commitment == commit(opening, "name", "Wang"));
  CHECK_FALSE(commitment == commit(opening, "name", "Wan"));
  CHECK_FALSE(commitment == commit(opening, "names", "Wang"));
  CHECK_FALSE(commitment == commit(make_opening(random), "name", "Wang"));
  Digest bytes;
  bytes.bytes.fill(0xFB);
  CHECK(commitment_text(bytes) == "-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_v7-_s");
}
