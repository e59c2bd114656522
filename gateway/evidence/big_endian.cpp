#include "gateway/evidence/big_endian.hpp"

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {

std::string to_big_endian(std::uint64_t number, std::size_t bytes) {
  std::string out(bytes, '\0');
  for (auto byte = out.rbegin(); byte != out.rend(); ++byte, number >>= 8) {
    *byte = static_cast<char>(number & 0xFF);
  }
  return out;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  DN_ASSERT(bytes.size() <= 8);
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

}  // namespace duenotice::evidence
