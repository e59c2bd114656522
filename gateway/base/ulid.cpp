#include "gateway/base/ulid.hpp"

#include <algorithm>
#include <array>

namespace duenotice {
namespace {
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t time_characters = 10;
constexpr std::size_t random_characters = 16;
}  // namespace

std::string new_ulid(Instant now, Random& random) {
  std::string out(time_characters + random_characters, '0');
  auto ms = static_cast<std::uint64_t>(to_unix_ms(now));
  for (std::size_t i = time_characters; i-- > 0; ms >>= 5) out[i] = alphabet[ms & 31];
  std::array<std::byte, random_characters> bits{};
  random.fill(bits);
  for (std::size_t i = 0; i < random_characters; ++i) {
    out[time_characters + i] = alphabet[std::to_integer<std::size_t>(bits[i]) & 31];
  }
  return out;
}

bool is_ulid(std::string_view text) {
  return text.size() == time_characters + random_characters &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return alphabet.find(c) != std::string_view::npos; });
}

}  // namespace duenotice
