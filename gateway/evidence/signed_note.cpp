#include "gateway/evidence/signed_note.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/evidence/big_endian.hpp"

namespace duenotice::evidence {
namespace {

constexpr std::string_view line_start = "\u2014 ";
constexpr std::size_t key_id_bytes = 4;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

/// The White_Space property of Unicode.
bool is_white_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

Error not_a_note(const std::string& reason) {
  return Error{ErrorKind::invalid, "not a signed note: " + reason};
}

Result<NoteSignature> parse_line(std::string_view line) {
  if (!line.starts_with(line_start)) return not_a_note("a signature line must begin with an em dash");
  line.remove_prefix(line_start.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos) return not_a_note("a signature line lacks the signature");
  NoteSignature signature;
  signature.name = line.substr(0, space);
  if (!is_key_name(signature.name)) return not_a_note("a key's name is not allowed");
  const auto blob = from_base64(line.substr(space + 1));
  if (!blob || blob->size() <= key_id_bytes) return not_a_note("a signature is not base64");
  signature.key_id = static_cast<std::uint32_t>(from_big_endian(blob->substr(0, key_id_bytes)));
  signature.bytes = blob->substr(key_id_bytes);
  return signature;
}

}  // namespace

bool is_note_text(std::string_view text) {
  return text.ends_with('\n') && is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char c) { return is_control(c) && c != '\n'; });
}

bool is_key_name(std::string_view name) {
  if (name.empty() || name.size() > limits::note_key_name_bytes || !is_utf8(name)) return false;
  if (std::any_of(name.begin(), name.end(), [](char c) { return c == '+' || is_control(c); })) return false;
  const std::u32string points = code_points(name);
  return std::none_of(points.begin(), points.end(), is_white_space);
}

std::string to_text(const SignedNote& note) {
  DN_ASSERT(is_note_text(note.text));
  std::string out = note.text + "\n";
  for (const NoteSignature& signature : note.signatures) {
    DN_ASSERT(is_key_name(signature.name) && !signature.bytes.empty());
    const std::string blob = to_big_endian(signature.key_id, key_id_bytes) + signature.bytes;
    out.append(line_start).append(signature.name).append(" ").append(to_base64(blob)).append("\n");
  }
  return out;
}

Result<SignedNote> parse_note(std::string_view note) {
  if (note.size() > limits::note_bytes) return not_a_note("it is too long");
  const std::size_t blank = note.rfind("\n\n");
  if (blank == std::string_view::npos) return not_a_note("no empty line stands before the signatures");
  SignedNote parsed;
  parsed.text = note.substr(0, blank + 1);
  if (!is_note_text(parsed.text)) return not_a_note("its text is not plain UTF-8");
  for (std::string_view lines = note.substr(blank + 2); !lines.empty();) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return not_a_note("its last line does not end");
    if (parsed.signatures.size() == limits::note_signatures) return not_a_note("it has too many signatures");
    auto signature = parse_line(lines.substr(0, end));
    if (!signature) return signature.error();
    parsed.signatures.push_back(std::move(*signature));
    lines.remove_prefix(end + 1);
  }
  if (parsed.signatures.empty()) return not_a_note("it has no signature");
  return parsed;
}

}  // namespace duenotice::evidence
