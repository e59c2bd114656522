#include "gateway/evidence/decimal.hpp"

#include <charconv>

namespace duenotice::evidence {

std::optional<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = fault == std::errc() && end == text.data() + text.size();
  const bool shortest = text.size() == 1 || !text.starts_with('0');
  return whole && shortest && number <= most ? std::optional(number) : std::nullopt;
}

}  // namespace duenotice::evidence
