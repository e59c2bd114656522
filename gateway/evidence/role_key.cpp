#include "gateway/evidence/role_key.hpp"

#include "gateway/base/digest.hpp"

namespace duenotice::evidence {

std::string role_key_name(std::string_view origin, std::string_view role) {
  return std::string(origin) + "/" + std::string(role);
}

SigningKey role_key(const SigningKey& log_key, std::string_view role) {
  DN_ASSERT(log_key.verifier().kind == NoteKeyKind::note);
  const std::string name = role_key_name(log_key.verifier().name, role);
  const std::string secret(log_key.seed().begin(), log_key.seed().end());
  const Digest seed = hmac_sha256(secret, "duenotice-role-key/v1\n" + name + "\n");
  return SigningKey::of_seed(name, NoteKeyKind::note, seed.bytes);
}

}  // namespace duenotice::evidence
