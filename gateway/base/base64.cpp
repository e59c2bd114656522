#include "gateway/base/base64.hpp"

#include <openssl/evp.h>

namespace duenotice {
namespace {

const unsigned char* data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* data(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');  // the library ends it with a zero
  text.resize(
      static_cast<std::size_t>(EVP_EncodeBlock(data(text), data(bytes), static_cast<int>(bytes.size()))));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(data(bytes), data(text), static_cast<int>(text.size()));
  if (length < 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with("=") ? 1 : 0);
  bytes.resize(static_cast<std::size_t>(length) - padding);
  // The library lets white space and stray bits pass.
  return to_base64(bytes) == text ? std::optional(bytes) : std::nullopt;
}

}  // namespace duenotice
