#include "channels/sms/sms_message.hpp"

#include <algorithm>

#include "channels/sms/sms_encoding.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice::channels {
namespace {

Unfit unfit_words(std::string message) { return {Unfit::Part::words, std::move(message)}; }

std::string plain_lines(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool line_end = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (!line_end) out += text[i];
  }
  const auto ends = [](char c) { return c == '\n' || c == ' '; };
  out.erase(out.begin(), std::find_if_not(out.begin(), out.end(), [](char c) { return c == '\n'; }));
  while (!out.empty() && ends(out.back())) out.pop_back();
  return out;
}

bool is_control(char32_t point) {
  return (point < 0x20 && point != U'\n') || (point >= 0x7F && point < 0xA0) || point == 0x2028 ||
         point == 0x2029;
}

}  // namespace

Result<Composed, Unfit> compose_sms(const Composition& composition, int max_segments) {
  if (!is_phone(composition.to_address)) {
    return Unfit{Unfit::Part::recipient, "an SMS needs a phone number such as +8613800138000"};
  }
  std::string text = plain_lines(composition.words.text);
  if (text.empty()) return unfit_words("the SMS has no text");
  if (!is_utf8(text)) return unfit_words("the SMS is not UTF-8");
  const std::u32string points = code_points(text);
  if (std::any_of(points.begin(), points.end(), is_control)) {
    return unfit_words("the SMS holds a control character; only line ends are allowed");
  }
  const SmsSize size = measure_sms(text);
  if (size.segments > max_segments) {
    return Unfit{Unfit::Part::length,
                 "the text of the SMS is too long: with these variables it has " +
                     std::to_string(points.size()) + " characters, which is " +
                     std::to_string(size.segments) + " segments in " + std::string(to_text(size.encoding)) +
                     ", and [channels.sms] max_segments allows " + std::to_string(max_segments)};
  }
  return Composed{.content = std::move(text), .message_id = {}};
}

}  // namespace duenotice::channels
