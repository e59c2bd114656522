#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace duenotice::evidence {

/// The last `bytes` bytes of a number, the most significant first.
std::string to_big_endian(std::uint64_t number, std::size_t bytes);
/// The number in at most 8 bytes.
std::uint64_t from_big_endian(std::string_view bytes);

}  // namespace duenotice::evidence
