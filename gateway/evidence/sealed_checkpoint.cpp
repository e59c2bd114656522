#include "gateway/evidence/sealed_checkpoint.hpp"

#include <algorithm>

namespace duenotice::evidence {

Result<SealedCheckpoint> sealed_checkpoint(std::string_view published, const VerifierKey& log_key) {
  auto verified = verify_checkpoint(published, log_key);
  if (!verified) return verified.error();
  SignedNote note{verified->note.text, {}};
  const auto& lines = verified->note.signatures;
  const auto by_log = std::find_if(lines.begin(), lines.end(), [&](const NoteSignature& line) {
    return line.name == log_key.name && line.key_id == log_key.id();
  });
  DN_ASSERT(by_log != lines.end());
  note.signatures.push_back(*by_log);
  return SealedCheckpoint{std::move(verified->checkpoint), to_text(note)};
}

}  // namespace duenotice::evidence
