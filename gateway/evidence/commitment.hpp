#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"
#include "gateway/base/random.hpp"

/// Commitments: what a leaf says instead of personal data. Each binds to a value without showing anything of
/// it, until the opening, the random key, is shown too. Pure functions.

namespace duenotice::evidence {

inline constexpr std::size_t opening_bytes = 32;

/// A fresh key: one for every field of every event, so that nothing in the log links two of them.
std::string make_opening(Random& random);

/// `duenotice-commit/v1`, newline, the field's name, newline, the payload: what the commitment is made over.
/// Asserts that the name is one line.
std::string commitment_message(std::string_view field, std::string_view payload);

/// HMAC-SHA-256 of that message under the opening. Asserts that the opening has 32 bytes: keys of one fixed
/// length make it binding.
Digest commit(std::string_view opening, std::string_view field, std::string_view payload);

/// As it stands in a leaf: base64url (RFC 4648 section 5) without padding, 43 characters.
std::string commitment_text(const Digest& commitment);
/// Nothing for anything else than what `commitment_text` writes.
std::optional<Digest> parse_commitment(std::string_view text);

/// The text of the commitment in a member of a leaf: of an object whose one member is the text `c`. Null
/// where the member is anything else.
const std::string* commitment_in(const Json& member);

}  // namespace duenotice::evidence
