#include "channels/sms/sms_encoding.hpp"

#include <algorithm>

#include "gateway/base/utf8.hpp"

namespace duenotice::channels {
namespace {

/// The default alphabet in the order of its table, without the escape (0x1B).
constexpr std::u32string_view default_alphabet =
    U"@£$¥èéùìòÇ\nØø\rÅå"
    U"Δ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    U" !\"#¤%&'()*+,-./"
    U"0123456789:;<=>?"
    U"¡ABCDEFGHIJKLMNO"
    U"PQRSTUVWXYZÄÖÑÜ§"
    U"¿abcdefghijklmno"
    U"pqrstuvwxyzäöñüà";
static_assert(default_alphabet.size() == 127);

/// Reached by an escape: two septets each.
constexpr std::u32string_view extension_table = U"\f^{}\\[~]|€";

bool holds(std::u32string_view alphabet, char32_t point) {
  return alphabet.find(point) != std::u32string_view::npos;
}

int septets(char32_t point) { return holds(extension_table, point) ? 2 : 1; }

int code_units(char32_t point) { return point > 0xFFFF ? 2 : 1; }

struct Room {
  int alone;  ///< in the only segment
  int part;   ///< in one of several
};
constexpr Room gsm7_room{.alone = 160, .part = 153};
constexpr Room ucs2_room{.alone = 70, .part = 67};

template <class Cost>
SmsSize sized(SmsEncoding encoding, const std::u32string& points, Room room, Cost cost) {
  SmsSize size{.encoding = encoding};
  for (const char32_t point : points) size.units += cost(point);
  if (size.units <= room.alone) return size;
  int used = 0;
  for (const char32_t point : points) {
    if (used + cost(point) > room.part) {
      ++size.segments;
      used = 0;
    }
    used += cost(point);
  }
  return size;
}

}  // namespace

std::string_view to_text(SmsEncoding encoding) { return encoding == SmsEncoding::gsm7 ? "GSM-7" : "UCS-2"; }

SmsSize measure_sms(std::string_view text) {
  const std::u32string points = code_points(text);
  const bool plain = std::all_of(points.begin(), points.end(), [](char32_t point) {
    return holds(default_alphabet, point) || holds(extension_table, point);
  });
  return plain ? sized(SmsEncoding::gsm7, points, gsm7_room, septets)
               : sized(SmsEncoding::ucs2, points, ucs2_room, code_units);
}

}  // namespace duenotice::channels
