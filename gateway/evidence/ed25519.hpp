#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

/// Ed25519 (RFC 8032), the one signature of the evidence log. Pure functions.

namespace duenotice::evidence {

using Ed25519Seed = std::array<std::uint8_t, 32>;  ///< the private key
using Ed25519PublicKey = std::array<std::uint8_t, 32>;
inline constexpr std::size_t ed25519_signature_bytes = 64;

Ed25519PublicKey ed25519_public_key(const Ed25519Seed& seed);
/// 64 bytes.
std::string ed25519_sign(const Ed25519Seed& seed, std::string_view message);
/// False for anything that is not the signature of `message` by this key.
bool ed25519_verify(const Ed25519PublicKey& key, std::string_view message, std::string_view signature);

}  // namespace duenotice::evidence
