#pragma once
#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/signed_note.hpp"

/// Making and checking the signatures of notes: plain ones, and cosignatures of checkpoints (C2SP
/// tlog-cosignature, `cosignature/v1`), which say when the witness saw that checkpoint as the largest.

namespace duenotice::evidence {

/// Signs a text. Asserts that the key is of the kind `note` and that the text can stand in a note.
NoteSignature sign(const SigningKey& key, std::string_view text);
/// Cosigns the text of a checkpoint. Asserts that the key is of the kind `cosigner`.
NoteSignature cosign(const SigningKey& key, std::string_view checkpoint_text, std::chrono::sys_seconds at);

/// A signature that is right.
struct VerifiedSignature {
  VerifierKey key;
  std::optional<std::chrono::sys_seconds> cosigned_at;  ///< of a cosigner
};

/// The signatures of a note by known keys, each key once. Lines of others are passed over. `invalid` when a
/// line that names a known key is not its signature: then nothing about the note can be believed.
Result<std::vector<VerifiedSignature>> verify_signatures(const SignedNote& note,
                                                         std::span<const VerifierKey> known);

}  // namespace duenotice::evidence
