#include "gateway/evidence/note_key.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "gateway/base/file_system.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::evidence;

TEST_CASE("a key is read from its text forms") {
  SystemRandom random;
  for (const NoteKeyKind kind : {NoteKeyKind::note, NoteKeyKind::cosigner}) {
    const SigningKey key = SigningKey::make("example.com/log", kind, random);
    CHECK(parse_vkey(to_vkey(key.verifier())).value() == key.verifier());
    const auto again = SigningKey::parse(key.secret_text());
    REQUIRE(again);
    CHECK(again->verifier() == key.verifier());
    CHECK(again->secret_text() == key.secret_text());
  }
}

TEST_CASE("what is not a key is refused, and the secret never quoted") {
  SystemRandom random;
  const SigningKey key = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  const std::string vkey = to_vkey(key.verifier());
  const std::string secret = key.secret_text();
  std::string renamed = vkey;
  renamed[0] = 'x';
  CHECK_FALSE(parse_vkey(renamed));
  CHECK_FALSE(parse_vkey(vkey + "="));
  CHECK_FALSE(parse_vkey(vkey + " "));
  CHECK_FALSE(parse_vkey(" " + vkey));
  CHECK_FALSE(parse_vkey(vkey.substr(0, vkey.size() - 4)));
  CHECK_FALSE(parse_vkey(secret));
  CHECK_FALSE(parse_vkey("++"));
  CHECK_FALSE(parse_vkey(""));
  CHECK_FALSE(SigningKey::parse(vkey));
  for (const std::string& wrong : {secret + "A", secret.substr(0, secret.size() - 4), "x" + secret}) {
    const auto parsed = SigningKey::parse(wrong);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.find(secret.substr(secret.size() - 20, 10)) == std::string::npos);
  }
}

TEST_CASE("a key file is its owner's alone and never overwritten") {
  const test::TemporaryFolder folder;
  SystemRandom random;
  const SigningKey key = SigningKey::make("example.com/log", NoteKeyKind::note, random);
  const auto path = folder / "log.key";
  REQUIRE(key.write_new(path));
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  CHECK(SigningKey::read(path)->verifier() == key.verifier());
  CHECK(SigningKey::make("other", NoteKeyKind::note, random).write_new(path).error().kind ==
        ErrorKind::invalid);
  CHECK(SigningKey::read(path)->verifier() == key.verifier());
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  CHECK(SigningKey::read(path).error().message.find("chmod 600") != std::string::npos);
  CHECK(SigningKey::read(folder / "none").error().kind == ErrorKind::not_found);
}
