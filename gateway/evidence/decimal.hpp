#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace duenotice::evidence {

/// A number as the formats of the log write it: ASCII digits without leading zeros, at most `most`. Empty for
/// anything else.
std::optional<std::uint64_t> parse_decimal(std::string_view text, std::uint64_t most);

}  // namespace duenotice::evidence
