#include "channels/email/encoded_words.hpp"

#include <algorithm>
#include <cstdint>

namespace duenotice::channels {
namespace {

constexpr std::string_view line_end = "\r\n ";
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";
/// RFC 2047 section 2: an encoded word has at most 75 characters and its line at most 76.
constexpr std::size_t encoded_word_characters = 75;
constexpr std::size_t line_characters = 76;

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_atext(char c) {
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         others.find(c) != std::string_view::npos;
}

/// The bytes of base 64 that fit into one encoded word that begins at `column`.
std::size_t bytes_that_fit(std::size_t column) {
  const std::size_t frame = word_begin.size() + word_end.size();
  const std::size_t line_left = column < line_characters ? line_characters - column : 0;
  const std::size_t room = std::min(encoded_word_characters, line_left);
  return room > frame ? (room - frame) / 4 * 3 : 0;
}

/// As many whole characters from the front of `text` as fit into `bytes`.
std::string_view whole_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

std::string encoded_words(std::string_view text, std::size_t column) {
  std::string out;
  while (!text.empty()) {
    std::string_view part = whole_characters(text, bytes_that_fit(column));
    if (part.empty()) {
      part = whole_characters(text, bytes_that_fit(1));
      column = 0;
    }
    // A header's own first line must not be blank: only what follows something is folded.
    if (!out.empty() || column == 0) out += line_end;
    out.append(word_begin).append(base64(part)).append(word_end);
    text.remove_prefix(part.size());
    column = line_characters;
  }
  return out;
}

}  // namespace

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto byte = [&](std::size_t i) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]));
  };
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  char* to = out.data();
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3, to += 4) {
    const std::uint32_t group = byte(i) << 16 | byte(i + 1) << 8 | byte(i + 2);
    to[0] = digits[group >> 18];
    to[1] = digits[group >> 12 & 63];
    to[2] = digits[group >> 6 & 63];
    to[3] = digits[group & 63];
  }
  const std::size_t left = bytes.size() - i;
  if (left == 0) return out;
  const std::uint32_t group = byte(i) << 16 | (left == 2 ? byte(i + 1) << 8 : 0);
  to[0] = digits[group >> 18];
  to[1] = digits[group >> 12 & 63];
  if (left == 2) to[2] = digits[group >> 6 & 63];
  return out;
}

std::string header_text(std::string_view text) {
  std::string out;
  bool gap = false;
  bool control_in_gap = false;
  std::size_t spaces = 0;
  for (const char c : text) {
    if (c == ' ' || is_control(c)) {
      gap = true;
      control_in_gap = control_in_gap || c != ' ';
      ++spaces;
      continue;
    }
    if (gap && !out.empty()) out.append(control_in_gap ? 1 : spaces, ' ');
    gap = control_in_gap = false;
    spaces = 0;
    out.push_back(c);
  }
  return out;
}

std::string unstructured(std::string_view text, std::size_t column) {
  const std::string clean = header_text(text);
  const bool literal = is_printable_ascii(clean) && clean.find("=?") == std::string::npos &&
                       column + clean.size() <= line_characters;
  return literal ? clean : encoded_words(clean, column);
}

std::string phrase(std::string_view name, std::size_t column) {
  const std::string clean = header_text(name);
  if (!is_printable_ascii(clean) || clean.find("=?") != std::string::npos)
    return encoded_words(clean, column);
  if (std::all_of(clean.begin(), clean.end(), [](char c) { return is_atext(c) || c == ' '; }) &&
      clean.find("  ") == std::string::npos && column + clean.size() <= line_characters) {
    return clean;
  }
  std::string quoted = "\"";
  for (const char c : clean) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  quoted.push_back('"');
  return column + quoted.size() <= line_characters ? quoted : encoded_words(clean, column);
}

}  // namespace duenotice::channels
