#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace duenotice {

/// A SHA-256 value (FIPS 180-4).
struct Digest {
  std::array<std::uint8_t, 32> bytes{};
  bool operator==(const Digest&) const = default;
  /// 64 lower-case hexadecimal digits.
  std::string hex() const;
};

Digest sha256(std::string_view data);

/// SHA-256 of data that arrives in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void add(std::string_view piece);
  /// The digest of everything added so far; more can be added afterwards.
  Digest digest() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// RFC 2104 with SHA-256.
Digest hmac_sha256(std::string_view key, std::string_view data);

/// Whether two texts are equal, in a time that depends on their lengths alone: for codes that authenticate.
bool equal_in_constant_time(std::string_view one, std::string_view other);

std::string to_hex(std::string_view bytes);

}  // namespace duenotice
