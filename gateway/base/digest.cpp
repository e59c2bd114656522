#include "gateway/base/digest.hpp"

#include <openssl/crypto.h>
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

struct Sha256::State {
  struct Free {
    void operator()(EVP_MD_CTX* handle) const { EVP_MD_CTX_free(handle); }
  };
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  const bool good = state_->context && EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) == 1;
  DN_ASSERT(good);
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::add(std::string_view piece) {
  const int good = EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size());
  DN_ASSERT(good == 1);
}

Digest Sha256::digest() const {
  const State copy;
  Digest out;
  unsigned int size = 0;
  const bool good = copy.context && EVP_MD_CTX_copy_ex(copy.context.get(), state_->context.get()) == 1 &&
                    EVP_DigestFinal_ex(copy.context.get(), out.bytes.data(), &size) == 1;
  DN_ASSERT(good && size == out.bytes.size());
  return out;
}

Digest hmac_sha256(std::string_view key, std::string_view data) {
  Digest out;
  unsigned int size = 0;
  const auto* result =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(data.data()), data.size(), out.bytes.data(), &size);
  DN_ASSERT(result != nullptr && size == out.bytes.size());
  return out;
}

bool equal_in_constant_time(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace duenotice
