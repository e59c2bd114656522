#include "gateway/base/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "gateway/base/assert.hpp"

namespace duenotice {

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
  }
  return out;
}

std::string Digest::hex() const {
  return to_hex(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Digest sha256(std::string_view data) {
  Digest out;
  unsigned int size = 0;
  const int good = EVP_Digest(data.data(), data.size(), out.bytes.data(), &size, EVP_sha256(), nullptr);
  DN_ASSERT(good == 1 && size == out.bytes.size());
  return out;
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
  Digest out;
  unsigned int size = 0;
  const auto* result = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                            reinterpret_cast<const unsigned char*>(data.data()), data.size(), out.bytes.data(), &size);
  DN_ASSERT(result != nullptr && size == out.bytes.size());
  return out;
}

}  // namespace duenotice
