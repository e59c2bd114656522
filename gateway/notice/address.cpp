#include "gateway/notice/address.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice {
namespace {

/// RFC 5321 4.5.3.1.1 and RFC 1035 2.3.4.
constexpr std::size_t local_part_bytes = 64;
constexpr std::size_t label_bytes = 63;

bool is_ascii_alphanumeric(char32_t point) {
  return (point >= U'0' && point <= U'9') || (point >= U'a' && point <= U'z') ||
         (point >= U'A' && point <= U'Z');
}

struct Range {
  char32_t first;
  char32_t last;
};
/// Beyond ASCII: what is a control, a space or invisible, and the wide twins of ASCII punctuation that a
/// system behind us may fold back into the real ones.
constexpr std::array<Range, 9> never_in_an_address{{{0x80, 0xA0},
                                                    {0xAD, 0xAD},
                                                    {0x1680, 0x1680},
                                                    {0x2000, 0x200F},
                                                    {0x2028, 0x202F},
                                                    {0x205F, 0x206F},
                                                    {0x3000, 0x3000},
                                                    {0xFEFF, 0xFF5E},
                                                    {0xFFF0, 0xFFFF}}};

bool is_international_letter(char32_t point) {
  return point >= 0x80 &&
         std::none_of(never_in_an_address.begin(), never_in_an_address.end(),
                      [&](const Range& range) { return point >= range.first && point <= range.last; });
}

bool is_local_character(char32_t point) {
  constexpr std::u32string_view others = U"!#$%&'*+-/=?^_`{|}~";
  return is_ascii_alphanumeric(point) || others.find(point) != std::u32string_view::npos ||
         is_international_letter(point);
}

bool is_label_character(char32_t point) {
  return is_ascii_alphanumeric(point) || point == U'-' || is_international_letter(point);
}

/// Whether `text` is atoms joined by single dots, each of them acceptable.
template <class Acceptable>
bool is_dotted(std::string_view text, Acceptable acceptable) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!acceptable(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_atom(std::string_view atom) {
  const std::u32string points = code_points(atom);
  return !points.empty() && std::all_of(points.begin(), points.end(), is_local_character);
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > label_bytes || label.front() == '-' || label.back() == '-')
    return false;
  const std::u32string points = code_points(label);
  return std::all_of(points.begin(), points.end(), is_label_character);
}

std::string_view first_character(std::string_view text) {
  std::size_t size = text.empty() ? 0 : 1;
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) ++size;
  return text.substr(0, size);
}

std::string_view last_character(std::string_view text) {
  std::size_t start = text.empty() ? 0 : text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return text.substr(start);
}

}  // namespace

bool is_email(std::string_view text) {
  if (text.size() > limits::email_bytes || !is_utf8(text)) return false;
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos || at > local_part_bytes) return false;
  return is_dotted(text.substr(0, at), is_atom) && is_dotted(text.substr(at + 1), is_label);
}

bool is_phone(std::string_view text) {
  if (text.size() < 8 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
  return std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string mask_email(std::string_view email) {
  const std::size_t at = email.find('@');
  if (at == std::string_view::npos) return "***";
  const std::string_view domain = email.substr(at + 1);
  const std::size_t dot = domain.rfind('.');
  std::string out(first_character(email.substr(0, at)));
  out.append("***@").append(first_character(domain)).append("***");
  if (dot != std::string_view::npos) out.append(domain.substr(dot));
  return out;
}

std::string mask_phone(std::string_view phone) {
  constexpr std::size_t head = 3;
  const std::size_t tail = phone.size() >= 12 ? 4 : 2;
  if (phone.size() <= head + tail) return "***";
  std::string out(phone);
  std::fill(out.begin() + head, out.end() - static_cast<std::ptrdiff_t>(tail), '*');
  return out;
}

std::string mask_user(std::string_view user_id) {
  const std::string_view first = first_character(user_id);
  const std::string_view last = last_character(user_id);
  if (user_id.size() <= first.size() + last.size()) return "***";
  return std::string(first).append("***").append(last);
}

std::string mask_address(Channel channel, std::string_view address) {
  switch (channel) {
    case Channel::email:
      return mask_email(address);
    case Channel::in_site:
      return mask_user(address);
    case Channel::sms:
      return mask_phone(address);
  }
  return {};
}

}  // namespace duenotice
