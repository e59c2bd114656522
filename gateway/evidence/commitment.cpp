#include "gateway/evidence/commitment.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {

std::string make_opening(Random& random) {
  std::string opening(opening_bytes, '\0');
  random.fill(std::as_writable_bytes(std::span(opening)));
  return opening;
}

std::string commitment_message(std::string_view field, std::string_view payload) {
  DN_ASSERT(!field.empty() && field.find('\n') == std::string_view::npos);
  std::string message = "duenotice-commit/v1\n";
  return message.append(field).append("\n").append(payload);
}

Digest commit(std::string_view opening, std::string_view field, std::string_view payload) {
  DN_ASSERT(opening.size() == opening_bytes);
  return hmac_sha256(opening, commitment_message(field, payload));
}

std::string commitment_text(const Digest& commitment) {
  std::string text = to_base64(bytes_of(commitment));
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  while (text.ends_with('=')) text.pop_back();
  return text;
}

std::optional<Digest> parse_commitment(std::string_view text) {
  std::string padded(text);
  std::replace(padded.begin(), padded.end(), '-', '+');
  std::replace(padded.begin(), padded.end(), '_', '/');
  const auto bytes = from_base64(padded + "=");
  if (!bytes || bytes->size() != std::tuple_size_v<decltype(Digest::bytes)>) return std::nullopt;
  const Digest commitment = digest_of(*bytes);
  return commitment_text(commitment) == text ? std::optional(commitment) : std::nullopt;
}

const std::string* commitment_in(const Json& member) {
  const Json::Object* object = member.as_object();
  return object != nullptr && object->size() == 1 ? find_text(member, "c") : nullptr;
}

}  // namespace duenotice::evidence
