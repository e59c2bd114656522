#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "gateway/base/ulid.hpp"

using namespace duenotice;

namespace {
/// Yields the same byte for ever.
class Constant final : public Random {
 public:
  explicit Constant(unsigned char byte) : byte_(byte) {}
  void fill(std::span<std::byte> out) override { std::fill(out.begin(), out.end(), std::byte{byte_}); }

 private:
  unsigned char byte_;
};
}  // namespace

TEST_CASE("an identifier is its time and its randomness") {
  Constant zeros(0);
  Constant ones(0xFF);
  CHECK(new_ulid(from_unix_ms(0), zeros) == "00000000000000000000000000");
  CHECK(new_ulid(from_unix_ms(31), ones) == "000000000ZZZZZZZZZZZZZZZZZ");
  CHECK(new_ulid(from_unix_ms(1'469'918'176'385), zeros) == "01ARYZ6S410000000000000000");
}

TEST_CASE("sorting the texts sorts by creation time") {
  SystemRandom random;
  std::string before = new_ulid(from_unix_ms(1'700'000'000'000), random);
  for (std::int64_t step = 1; step < 200; ++step) {
    std::string next = new_ulid(from_unix_ms(1'700'000'000'000 + step * 7), random);
    REQUIRE(before < next);
    before = next;
  }
}

TEST_CASE("identifiers of one millisecond differ") {
  SystemRandom random;
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(new_ulid(from_unix_ms(1'700'000'000'000), random));
  CHECK(seen.size() == 1000);
}

TEST_CASE("the shape is recognised, and nothing else") {
  SystemRandom random;
  CHECK(is_ulid(new_ulid(from_unix_ms(1'700'000'000'000), random)));
  CHECK_FALSE(is_ulid(""));
  CHECK_FALSE(is_ulid("0000000000000000000000000"));
  CHECK_FALSE(is_ulid("000000000000000000000000000"));
  CHECK_FALSE(is_ulid("0000000000000000000000000I"));
  CHECK_FALSE(is_ulid("0000000000000000000000000a"));
  CHECK_FALSE(is_ulid("../../../../../etc/passwd."));
}

TEST_CASE("numbers below a bound stay below it and reach every value") {
  SystemRandom random;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 2000; ++i) seen.insert(random.below(7));
  CHECK(seen == std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6});
  CHECK(random.below(1) == 0);
}
