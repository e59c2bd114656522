#include "gateway/notice/field_rules.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/limits.hpp"
#include "gateway/base/time.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice {
namespace {

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_one_line(std::string_view text, std::size_t most) {
  return text.size() <= most && std::none_of(text.begin(), text.end(), is_control) && has_visible(text);
}

bool is_identifier(std::string_view text) { return is_one_line(text, limits::identifier_bytes); }
bool is_name(std::string_view text) { return is_one_line(text, limits::name_bytes); }

bool is_message_text(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return is_control(c) && c != '\n' && c != '\t'; });
}

bool is_date(std::string_view text) { return parse_date(text).has_value(); }
bool is_date_time(std::string_view text) { return parse_instant(text).has_value(); }

}  // namespace

namespace rules {

using enum RejectionCode;

static_assert(limits::identifier_bytes == 200 && limits::name_bytes == 400,
              "the sentences below name the bounds");
const TextRule identifier{"identifier", is_identifier, invalid_value,
                          "have 1 to 200 bytes, not only blanks, and no control character"};
const TextRule name{"name", is_name, invalid_value,
                    "have 1 to 400 bytes, not only blanks, and no control character"};
const TextRule text{"text", is_message_text, invalid_value,
                    "have no control character except line feed and tab"};
const TextRule email{
    "idn-email", is_email, malformed_email,
    "be one address of the form local@domain without spaces, quotes, angle brackets or controls, "
    "with at most 64 bytes before the @ and 254 in all"};
const TextRule phone{"e164", is_phone, malformed_phone,
                     "be an E.164 number: a plus sign, the country code and the number, 7 to 15 digits"};
const TextRule date{"date", is_date, invalid_value, "be a day that exists, written YYYY-MM-DD"};
const TextRule date_time{"date-time", is_date_time, invalid_value,
                         "be an RFC 3339 instant with its offset, such as 2026-03-31T09:00:00+08:00"};

}  // namespace rules

const TextRule* find_text_rule(std::string_view format) {
  for (const TextRule* rule : {&rules::identifier, &rules::name, &rules::text, &rules::email, &rules::phone,
                               &rules::date, &rules::date_time}) {
    if (rule->format == format) return rule;
  }
  return nullptr;
}

}  // namespace duenotice
