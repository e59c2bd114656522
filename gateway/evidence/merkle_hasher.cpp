#include "gateway/evidence/merkle_hasher.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>

#include "gateway/base/assert.hpp"

namespace duenotice::evidence {

struct MerkleHasher::State {
  struct Free {
    void operator()(EVP_MD* handle) const { EVP_MD_free(handle); }
    void operator()(EVP_MD_CTX* handle) const { EVP_MD_CTX_free(handle); }
  };
  // Fetched once: asking for the method by name is dearer than hashing a node.
  std::unique_ptr<EVP_MD, Free> method{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

  Digest hash(std::string_view prefix, std::string_view data) {
    Digest out;
    unsigned int size = 0;
    const bool good = EVP_DigestInit_ex2(context.get(), method.get(), nullptr) == 1 &&
                      EVP_DigestUpdate(context.get(), prefix.data(), prefix.size()) == 1 &&
                      EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
                      EVP_DigestFinal_ex(context.get(), out.bytes.data(), &size) == 1;
    DN_ASSERT(good && size == out.bytes.size());
    return out;
  }
};

MerkleHasher::MerkleHasher() : state_(std::make_unique<State>()) {
  DN_ASSERT(state_->method && state_->context);
}

MerkleHasher::MerkleHasher(MerkleHasher&&) noexcept = default;
MerkleHasher& MerkleHasher::operator=(MerkleHasher&&) noexcept = default;
MerkleHasher::~MerkleHasher() = default;

Digest MerkleHasher::leaf(std::string_view entry) { return state_->hash(std::string_view("\0", 1), entry); }

Digest MerkleHasher::node(const Digest& left, const Digest& right) {
  std::array<char, 65> data;
  data[0] = 1;
  std::memcpy(data.data() + 1, left.bytes.data(), left.bytes.size());
  std::memcpy(data.data() + 33, right.bytes.data(), right.bytes.size());
  return state_->hash({}, std::string_view(data.data(), data.size()));
}

Digest empty_root() { return sha256({}); }

std::string_view bytes_of(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

Digest digest_of(std::string_view bytes) {
  Digest digest;
  DN_ASSERT(bytes.size() == digest.bytes.size());
  std::memcpy(digest.bytes.data(), bytes.data(), bytes.size());
  return digest;
}

}  // namespace duenotice::evidence
