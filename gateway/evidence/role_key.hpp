#pragma once
#include <string_view>

#include "gateway/evidence/note_key.hpp"

/// Keys for what a log signs besides its checkpoints. Each role has its own, so that what one signs never
/// passes for another's; all are derived from the log's key, so that there is one secret to keep a copy of.
/// Whoever has a role's key can neither find the log's nor another role's.

namespace duenotice::evidence {

inline constexpr std::string_view export_role = "export";
inline constexpr std::string_view bundle_role = "bundle";

/// `ORIGIN/ROLE`.
std::string role_key_name(std::string_view origin, std::string_view role);

/// Its seed is HMAC-SHA-256 of `duenotice-role-key/v1`, newline, the key's name, newline, under the seed of
/// the log. Asserts that `log_key` is of the kind `note`.
SigningKey role_key(const SigningKey& log_key, std::string_view role);

}  // namespace duenotice::evidence
