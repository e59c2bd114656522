#include "gateway/evidence/checkpoint.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/decimal.hpp"
#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {
namespace {

Error not_a_checkpoint(const std::string& reason) {
  return Error{ErrorKind::invalid, "not a checkpoint: " + reason};
}

/// The first line, which is taken away with its newline. The text ends with one.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

}  // namespace

std::string to_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         to_base64(bytes_of(checkpoint.root)) + "\n" + checkpoint.extensions;
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  if (text.size() > limits::checkpoint_bytes) return not_a_checkpoint("it is too long");
  if (!is_note_text(text)) return not_a_checkpoint("it is not plain UTF-8 with a newline at its end");
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  if (checkpoint.origin.empty()) return not_a_checkpoint("its first line, the origin, is empty");
  const auto size = parse_decimal(take_line(text), INT64_MAX);
  if (!size) return not_a_checkpoint("its second line is not the size of a tree");
  checkpoint.size = *size;
  const auto root = from_base64(take_line(text));
  if (!root || root->size() != checkpoint.root.bytes.size()) {
    return not_a_checkpoint("its third line is not the hash of a root");
  }
  checkpoint.root = digest_of(*root);
  checkpoint.extensions = text;
  if (text.starts_with('\n') || text.find("\n\n") != std::string_view::npos) {
    return not_a_checkpoint("a line of it is empty");
  }
  return checkpoint;
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& log_key) {
  DN_ASSERT(checkpoint.origin == log_key.verifier().name);
  const std::string text = to_text(checkpoint);
  return to_text(SignedNote{text, {sign(log_key, text)}});
}

Result<SignedCheckpoint> verify_checkpoint(std::string_view note, const VerifierKey& log_key) {
  if (note.size() > limits::checkpoint_bytes) return not_a_checkpoint("it is too long");
  auto parsed = parse_note(note);
  if (!parsed) return parsed.error();
  auto checkpoint = parse_checkpoint(parsed->text);
  if (!checkpoint) return checkpoint.error();
  if (checkpoint->origin != log_key.name) {
    return Error{ErrorKind::invalid,
                 "the checkpoint is of the log " + checkpoint->origin + ", not of " + log_key.name};
  }
  const auto signatures = verify_signatures(*parsed, std::span(&log_key, 1));
  if (!signatures) return signatures.error();
  if (signatures->empty()) {
    return Error{ErrorKind::invalid, "the checkpoint is not signed with the key " + to_vkey(log_key)};
  }
  return SignedCheckpoint{std::move(*checkpoint), std::move(*parsed)};
}

}  // namespace duenotice::evidence
