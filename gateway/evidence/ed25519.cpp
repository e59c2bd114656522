#include "gateway/evidence/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

Key key_of(const Ed25519Seed& seed) {
  Key key(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  DN_ASSERT(key != nullptr);
  return key;
}

const unsigned char* data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Ed25519PublicKey ed25519_public_key(const Ed25519Seed& seed) {
  Ed25519PublicKey key;
  std::size_t size = key.size();
  const int good = EVP_PKEY_get_raw_public_key(key_of(seed).get(), key.data(), &size);
  DN_ASSERT(good == 1 && size == key.size());
  return key;
}

std::string ed25519_sign(const Ed25519Seed& seed, std::string_view message) {
  const Key key = key_of(seed);
  const Context context(EVP_MD_CTX_new());
  std::string signature(ed25519_signature_bytes, '\0');
  std::size_t size = signature.size();
  const bool good = context && EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
                    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                                   data(message), message.size()) == 1;
  DN_ASSERT(good && size == signature.size());
  return signature;
}

bool ed25519_verify(const Ed25519PublicKey& public_key, std::string_view message,
                    std::string_view signature) {
  if (signature.size() != ed25519_signature_bytes) return false;
  const Key key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size()));
  const Context context(EVP_MD_CTX_new());
  return key && context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), data(signature), signature.size(), data(message), message.size()) ==
             1;
}

}  // namespace duenotice::evidence
