#include "gateway/base/sealed_box.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;

TEST_CASE("What is sealed opens with its key and its place alone") {
  SystemRandom random;
  const SecretKey key = SecretKey::random(random);
  const std::string plain = "a letter to Ada";
  const std::string sealed = seal(key, plain, "reply", random);
  CHECK(sealed.size() == plain.size() + 40);
  CHECK(sealed.find("Ada") == std::string::npos);
  CHECK(unseal(key, sealed, "reply") == plain);
  CHECK(unseal(key, sealed, "report") == std::nullopt);
  CHECK(unseal(SecretKey::random(random), sealed, "reply") == std::nullopt);
  CHECK(seal(key, plain, "reply", random) != sealed);
  CHECK(unseal(key, seal(key, "", "", random), "") == "");
}

TEST_CASE("What was altered does not open, whichever bit it is") {
  SystemRandom random;
  const SecretKey key = SecretKey::random(random);
  const std::string sealed = seal(key, "sum 100", "content", random);
  for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string altered = sealed;
    altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
    CHECK(unseal(key, altered, "content") == std::nullopt);
  }
  for (std::size_t length = 0; length < sealed.size(); ++length)
    CHECK(unseal(key, sealed.substr(0, length), "content") == std::nullopt);
}

TEST_CASE("A key that was moved leaves nothing behind, and a wiped text is empty") {
  SystemRandom random;
  SecretKey key = SecretKey::random(random);
  const std::string bytes(key.bytes());
  const SecretKey moved = std::move(key);
  CHECK(moved.bytes() == bytes);
  CHECK(key.bytes() == std::string(SecretKey::size, '\0'));
  std::string text = "secret";
  wipe(text);
  CHECK(text.empty());
}
