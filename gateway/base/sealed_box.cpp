#include "gateway/base/sealed_box.hpp"

#include <sodium.h>

#include <algorithm>

#include "gateway/base/assert.hpp"

namespace duenotice {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

void set_up_library() {
  static const bool ready = sodium_init() >= 0;
  DN_ASSERT(ready);
}

const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes) { return reinterpret_cast<unsigned char*>(bytes.data()); }

}  // namespace

SecretKey SecretKey::random(Random& random) {
  SecretKey key;
  random.fill(std::as_writable_bytes(std::span(key.bytes_)));
  return key;
}

SecretKey::SecretKey(std::string_view bytes) {
  DN_ASSERT(bytes.size() == size);
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

SecretKey::SecretKey(SecretKey&& other) noexcept : bytes_(other.bytes_) {
  sodium_memzero(other.bytes_.data(), size);
}

SecretKey& SecretKey::operator=(SecretKey&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

SecretKey::~SecretKey() { sodium_memzero(bytes_.data(), size); }

std::string seal(const SecretKey& key, std::string_view plain, std::string_view bound_to, Random& random) {
  set_up_library();
  std::string sealed(nonce_bytes + plain.size() + tag_bytes, '\0');
  random.fill(std::as_writable_bytes(std::span(sealed.data(), nonce_bytes)));
  const int done = crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed) + nonce_bytes, nullptr, raw(plain),
                                                              plain.size(), raw(bound_to), bound_to.size(),
                                                              nullptr, raw(sealed), raw(key.bytes()));
  DN_ASSERT(done == 0);
  return sealed;
}

std::optional<std::string> unseal(const SecretKey& key, std::string_view sealed, std::string_view bound_to) {
  set_up_library();
  if (sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  std::string plain(sealed.size() - nonce_bytes - tag_bytes, '\0');
  const int done = crypto_aead_xchacha20poly1305_ietf_decrypt(
      raw(plain), nullptr, nullptr, raw(sealed) + nonce_bytes, sealed.size() - nonce_bytes, raw(bound_to),
      bound_to.size(), raw(sealed), raw(key.bytes()));
  if (done != 0) return std::nullopt;
  return plain;
}

void wipe(std::string& text) {
  sodium_memzero(text.data(), text.size());
  text.clear();
}

}  // namespace duenotice
