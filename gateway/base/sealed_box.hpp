#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/random.hpp"

/// Encryption with a key that only we have: XChaCha20-Poly1305 (libsodium). What is sealed can be neither
/// read nor changed without the key, nor put into another place than the one that it was bound to. Pure
/// functions, thread-safe.

namespace duenotice {

/// 32 bytes that are wiped from memory when they are not needed any more.
class SecretKey {
 public:
  static constexpr std::size_t size = 32;

  static SecretKey random(Random& random);
  /// Asserts that there are 32 bytes.
  explicit SecretKey(std::string_view bytes);
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

 private:
  SecretKey() = default;
  std::array<char, size> bytes_{};
};

/// A fresh nonce of 24 bytes, then the ciphertext with its tag of 16.
std::string seal(const SecretKey& key, std::string_view plain, std::string_view bound_to, Random& random);

/// Nothing when it was not sealed with this key and bound to the same.
std::optional<std::string> unseal(const SecretKey& key, std::string_view sealed, std::string_view bound_to);

/// Overwrites a text that was secret.
void wipe(std::string& text);

}  // namespace duenotice
