#include "channels/email/message_text.hpp"

#include "gateway/base/base64.hpp"

namespace duenotice::channels {
namespace {

constexpr std::string_view crlf = "\r\n";
constexpr std::string_view subject_field = "\r\nSubject: ";
constexpr std::string_view plain_part =
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

std::string without(std::string_view text, std::string_view piece) {
  std::string out;
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece)) {
    out += text.substr(0, at);
    text.remove_prefix(at + piece.size());
  }
  return out + std::string(text);
}

/// The value of the header, unfolded (RFC 5322 2.2.3). A message of ours always has the field.
std::optional<std::string> subject_of(std::string_view content) {
  const std::size_t at = content.find(subject_field);
  if (at == std::string_view::npos) return std::nullopt;
  std::string value;
  for (std::string_view rest = content.substr(at + subject_field.size());;) {
    const std::size_t end = rest.find(crlf);
    if (end == std::string_view::npos) return std::nullopt;
    value += rest.substr(0, end);
    rest.remove_prefix(end + crlf.size());
    if (!rest.starts_with(' ')) return value;
  }
}

/// RFC 2047. `unstructured` writes either no encoded word or nothing else.
std::optional<std::string> decoded(std::string_view value) {
  std::size_t begin = value.find(word_begin);
  if (begin == std::string_view::npos) return std::string(value);
  std::string out;
  for (; begin != std::string_view::npos; begin = value.find(word_begin)) {
    value.remove_prefix(begin + word_begin.size());
    const std::size_t end = value.find(word_end);
    if (end == std::string_view::npos) return std::nullopt;
    const auto bytes = from_base64(value.substr(0, end));
    if (!bytes) return std::nullopt;
    out += *bytes;
    value.remove_prefix(end);
  }
  return out;
}

}  // namespace

std::optional<MessageText> message_text(std::string_view content) {
  const auto field = subject_of(content);
  if (!field) return std::nullopt;
  auto subject = decoded(*field);
  const std::size_t at = content.find(plain_part);
  if (!subject || at == std::string_view::npos) return std::nullopt;
  std::string_view encoded = content.substr(at + plain_part.size());
  encoded = encoded.substr(0, encoded.find("\r\n--"));
  const auto text = from_base64(without(encoded, crlf));
  if (!text) return std::nullopt;
  return MessageText{std::move(*subject), without(*text, "\r")};
}

}  // namespace duenotice::channels
