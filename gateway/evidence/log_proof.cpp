#include "gateway/evidence/log_proof.hpp"

#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/decimal.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_key = "extra ";
constexpr std::string_view index_key = "index ";

Error not_a_proof(const std::string& reason) {
  return Error{ErrorKind::invalid, "not a proof of a log: " + reason};
}

/// Lines of a text, one after another; empty behind the last.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  std::string_view next() {
    const std::size_t end = rest_.find('\n');
    const std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    return line;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace

std::string to_text(const LogProof& proof) {
  std::string out = std::string(header) + "\n";
  if (proof.extra) out.append(extra_key).append(to_base64(*proof.extra)).append("\n");
  out.append(index_key).append(std::to_string(proof.index)).append("\n");
  for (const Digest& hash : proof.hashes) out.append(to_base64(bytes_of(hash))).append("\n");
  return out + "\n" + proof.checkpoint;
}

Result<LogProof> parse_log_proof(std::string_view text) {
  if (text.size() > limits::log_proof_bytes) return not_a_proof("it is too long");
  Lines lines(text);
  if (lines.next() != header) return not_a_proof("its first line is not " + std::string(header));
  LogProof proof;
  std::string_view line = lines.next();
  if (line.starts_with(extra_key)) {
    proof.extra = from_base64(line.substr(extra_key.size()));
    if (!proof.extra) return not_a_proof("its extra data is not base64");
    line = lines.next();
  }
  if (!line.starts_with(index_key)) return not_a_proof("the line with the index is missing");
  const auto index = parse_decimal(line.substr(index_key.size()), INT64_MAX);
  if (!index) return not_a_proof("its index is not a number");
  proof.index = *index;
  for (line = lines.next(); !line.empty(); line = lines.next()) {
    const auto hash = from_base64(line);
    if (!hash || hash->size() != hash_bytes) return not_a_proof("a line of it is not a hash");
    if (proof.hashes.size() == limits::merkle_proof_hashes) return not_a_proof("it has too many hashes");
    proof.hashes.push_back(digest_of(*hash));
  }
  proof.checkpoint = lines.rest();
  const auto note = parse_note(proof.checkpoint);
  if (!note) return not_a_proof(note.error().message);
  const auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return not_a_proof(checkpoint.error().message);
  return proof;
}

Result<LogProof> make_log_proof(TileReader& reader, std::uint64_t index, std::string checkpoint) {
  auto hashes = reader.prove_inclusion(index);
  if (!hashes) return hashes.error();
  return LogProof{std::nullopt, index, std::move(*hashes), std::move(checkpoint)};
}

bool proves(const LogProof& proof, std::string_view leaf, std::uint64_t size, const Digest& root) {
  return verify_inclusion(proof.index, size, MerkleHasher().leaf(leaf), proof.hashes, root);
}

}  // namespace duenotice::evidence
