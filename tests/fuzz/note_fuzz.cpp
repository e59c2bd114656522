#include <cstdint>

#include "gateway/base/assert.hpp"
#include "gateway/evidence/checkpoint.hpp"

/// Any bytes where a signed note, a checkpoint or a key is read. What is taken is written back as it was.

using namespace duenotice;
using namespace duenotice::evidence;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const VerifierKey known =
      parse_vkey("example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx").value();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto note = parse_note(text)) {
    DN_ASSERT(!note->signatures.empty() && is_note_text(note->text));
    DN_ASSERT(to_text(*note) == text);
    const auto good = verify_signatures(*note, std::span(&known, 1));
    DN_ASSERT(!good || good->size() <= 1);
    if (const auto checkpoint = parse_checkpoint(note->text)) DN_ASSERT(to_text(*checkpoint) == note->text);
  }
  if (const auto checkpoint = parse_checkpoint(text)) DN_ASSERT(to_text(*checkpoint) == text);
  if (const auto key = parse_vkey(text)) DN_ASSERT(to_vkey(*key) == text);
  if (const auto key = SigningKey::parse(text)) DN_ASSERT(key->secret_text() == text);
  return 0;
}
