#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

/// Signed notes (C2SP signed-note): a text for people, an empty line, and a line for each signature.

namespace duenotice::evidence {

/// One signature line.
struct NoteSignature {
  std::string name;          ///< of the key
  std::uint32_t key_id = 0;  ///< tells apart keys of one name
  std::string bytes;         ///< what the kind of key says; not empty
  bool operator==(const NoteSignature&) const = default;
};

struct SignedNote {
  std::string text;  ///< what is signed, with its last newline
  std::vector<NoteSignature> signatures;
  bool operator==(const SignedNote&) const = default;
};

/// Whether a text can be signed: UTF-8, no control characters but newlines, and a newline at its end.
bool is_note_text(std::string_view text);
/// Not empty, UTF-8, no white space, no control character and no `+`.
bool is_key_name(std::string_view name);

/// Asserts that the text and the names can stand in a note.
std::string to_text(const SignedNote& note);
/// Reads exactly what `to_text` writes, within limits.hpp; `invalid` says what is wrong. Checks no signature.
Result<SignedNote> parse_note(std::string_view note);

}  // namespace duenotice::evidence
