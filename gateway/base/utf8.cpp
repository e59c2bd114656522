#include "gateway/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace duenotice {
namespace {

struct Decoded {
  char32_t point = 0;
  std::size_t size = 0;  ///< 0: malformed
};

Decoded decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  char32_t point = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    point = (point << 6) | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  const bool good = point >= smallest[size] && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  return good ? Decoded{point, size} : Decoded{};
}

/// How many of the first bytes are ASCII, looked at eight at a time: a multiple of eight.
std::size_t ascii_run(std::string_view text) {
  std::size_t run = 0;
  for (; run + 8 <= text.size(); run += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + run, 8);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  return run;
}

struct Range {
  char32_t first;
  char32_t last;
};
constexpr std::array<Range, 9> wide{{{0x1100, 0x115F},
                                     {0x2E80, 0x303E},
                                     {0x3041, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0xFFE0, 0xFFE6},
                                     {0x1F300, 0x3FFFD}}};

std::size_t cells(char32_t point) {
  if (point == 0x200B || (point >= 0x0300 && point <= 0x036F)) return 0;
  const bool is_wide = std::any_of(wide.begin(), wide.end(), [&](const Range& range) {
    return point >= range.first && point <= range.last;
  });
  return is_wide ? 2 : 1;
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    text.remove_prefix(ascii_run(text));
    if (text.empty()) break;
    const Decoded next = decode(text);
    if (next.size == 0) return false;
    text.remove_prefix(next.size);
  }
  return true;
}

std::u32string code_points(std::string_view text) {
  std::u32string out;
  while (!text.empty()) {
    const Decoded next = decode(text);
    if (next.size == 0) break;
    out.push_back(next.point);
    text.remove_prefix(next.size);
  }
  return out;
}

bool has_visible(std::string_view text) {
  // Unicode's Default_Ignorable_Code_Point and White_Space, and the blank of braille.
  constexpr std::pair<char32_t, char32_t> invisible[] = {
      {0x0000, 0x0020},   {0x007f, 0x00a0},   {0x00ad, 0x00ad}, {0x034f, 0x034f}, {0x061c, 0x061c},
      {0x115f, 0x1160},   {0x1680, 0x1680},   {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f},
      {0x2028, 0x202f},   {0x205f, 0x206f},   {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
      {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0}, {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3},
      {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
  };
  return std::ranges::any_of(code_points(text), [&](char32_t c) {
    return std::ranges::none_of(invisible,
                                [c](const auto& range) { return c >= range.first && c <= range.second; });
  });
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char32_t point : code_points(text)) width += cells(point);
  return width;
}

}  // namespace duenotice
