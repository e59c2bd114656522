#include "gateway/evidence/note_signature.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/big_endian.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::size_t time_bytes = 8;

std::string cosigned_message(std::uint64_t time, std::string_view text) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string(text);
}

/// Empty unless the signature is the key's.
std::optional<VerifiedSignature> verified(const VerifierKey& key, std::string_view signature,
                                          std::string_view text) {
  if (key.kind == NoteKeyKind::note) {
    if (!ed25519_verify(key.bytes, text, signature)) return std::nullopt;
    return VerifiedSignature{key, std::nullopt};
  }
  if (signature.size() != time_bytes + ed25519_signature_bytes) return std::nullopt;
  const std::uint64_t time = from_big_endian(signature.substr(0, time_bytes));
  const bool good = time <= INT64_MAX &&
                    ed25519_verify(key.bytes, cosigned_message(time, text), signature.substr(time_bytes));
  if (!good) return std::nullopt;
  return VerifiedSignature{key, std::chrono::sys_seconds(std::chrono::seconds(time))};
}

}  // namespace

NoteSignature sign(const SigningKey& key, std::string_view text) {
  const VerifierKey& verifier = key.verifier();
  DN_ASSERT(verifier.kind == NoteKeyKind::note && is_note_text(text));
  return {verifier.name, verifier.id(), ed25519_sign(key.seed(), text)};
}

NoteSignature cosign(const SigningKey& key, std::string_view checkpoint_text, std::chrono::sys_seconds at) {
  const VerifierKey& verifier = key.verifier();
  DN_ASSERT(verifier.kind == NoteKeyKind::cosigner && is_note_text(checkpoint_text));
  DN_ASSERT(at.time_since_epoch().count() >= 0);
  const auto time = static_cast<std::uint64_t>(at.time_since_epoch().count());
  return {
      verifier.name, verifier.id(),
      to_big_endian(time, time_bytes) + ed25519_sign(key.seed(), cosigned_message(time, checkpoint_text))};
}

Result<std::vector<VerifiedSignature>> verify_signatures(const SignedNote& note,
                                                         std::span<const VerifierKey> known) {
  std::vector<VerifiedSignature> good;
  for (const NoteSignature& signature : note.signatures) {
    const auto key = std::find_if(known.begin(), known.end(), [&](const VerifierKey& candidate) {
      return candidate.name == signature.name && candidate.id() == signature.key_id;
    });
    if (key == known.end()) continue;
    auto checked = verified(*key, signature.bytes, note.text);
    if (!checked) {
      return Error{ErrorKind::invalid, "the signature of " + signature.name + " is wrong"};
    }
    const bool repeated =
        std::any_of(good.begin(), good.end(), [&](const auto& other) { return other.key == *key; });
    if (!repeated) good.push_back(std::move(*checked));
  }
  return good;
}

}  // namespace duenotice::evidence
