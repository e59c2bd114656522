#include "gateway/evidence/add_checkpoint.hpp"

#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/decimal.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view old_key = "old ";

Error not_a_request(const std::string& reason) {
  return Error{ErrorKind::invalid, "not an add-checkpoint request: " + reason};
}

}  // namespace

std::string to_text(const AddCheckpoint& request) {
  std::string out = std::string(old_key) + std::to_string(request.old_size) + "\n";
  for (const Digest& hash : request.proof) out.append(to_base64(bytes_of(hash))).append("\n");
  return out + "\n" + request.checkpoint;
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view text) {
  if (text.size() > limits::witness_request_bytes) return not_a_request("it is too long");
  const std::size_t blank = text.find("\n\n");
  if (blank == std::string_view::npos) return not_a_request("no empty line stands before the checkpoint");
  AddCheckpoint request;
  request.checkpoint = text.substr(blank + 2);
  std::string_view lines = text.substr(0, blank + 1);
  const std::string_view first = lines.substr(0, lines.find('\n'));
  const auto old_size =
      first.starts_with(old_key) ? parse_decimal(first.substr(old_key.size()), INT64_MAX) : std::nullopt;
  if (!old_size) return not_a_request("its first line is not `old` and a size");
  request.old_size = *old_size;
  for (lines.remove_prefix(first.size() + 1); !lines.empty();) {
    const std::size_t end = lines.find('\n');
    const auto hash = from_base64(lines.substr(0, end));
    if (!hash || hash->size() != Digest().bytes.size()) return not_a_request("a line is no hash in base64");
    if (request.proof.size() == limits::witness_proof_hashes) return not_a_request("its proof is too long");
    request.proof.push_back(digest_of(*hash));
    lines.remove_prefix(end + 1);
  }
  return request;
}

}  // namespace duenotice::evidence
