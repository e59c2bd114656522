#include "gateway/base/random.hpp"

#include <sys/random.h>

#include <array>
#include <cstring>

#include "gateway/base/assert.hpp"

namespace duenotice {

std::uint64_t Random::below(std::uint64_t bound) {
  DN_ASSERT(bound > 0);
  const std::uint64_t unbiased = ~std::uint64_t{0} - ~std::uint64_t{0} % bound;
  for (;;) {
    std::array<std::byte, 8> raw{};
    fill(raw);
    std::uint64_t value = 0;
    std::memcpy(&value, raw.data(), raw.size());
    if (value < unbiased) return value % bound;
  }
}

void SystemRandom::fill(std::span<std::byte> out) {
  while (!out.empty()) {
    const ssize_t got = ::getrandom(out.data(), out.size(), 0);
    DN_ASSERT(got > 0);
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace duenotice
