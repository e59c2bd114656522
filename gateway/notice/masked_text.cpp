#include "gateway/notice/masked_text.hpp"

#include <algorithm>

#include "gateway/notice/address.hpp"

namespace duenotice {
namespace {

constexpr std::string_view sample_domain = "example.com";
constexpr std::string_view sample_phone = "+8613800138000";
/// E.164 numbers have seven digits or more.
constexpr std::ptrdiff_t phone_digits = 7;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_alphanumeric(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Not the slash, which addresses in paths stand behind.
bool is_in_local_part(char c) {
  return is_alphanumeric(c) || std::string_view("!#$%&*+-.=?^_|~").find(c) != std::string_view::npos;
}

bool is_in_domain(char c) { return is_alphanumeric(c) || c == '.' || c == '-'; }

/// The address around the `@` at `at`; empty when there is none.
std::string_view email_around(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && is_in_local_part(text[begin - 1])) --begin;
  std::size_t end = at + 1;
  while (end < text.size() && is_in_domain(text[end])) ++end;
  while (end > at + 1 && !is_alphanumeric(text[end - 1])) --end;
  const std::string_view domain = text.substr(at + 1, end - at - 1);
  const bool in_url = text.substr(0, begin).ends_with("//");
  if (begin == at || in_url || domain == sample_domain || domain.find('.') == std::string_view::npos)
    return {};
  return text.substr(begin, end - begin);
}

/// The number that starts with the plus sign at `plus`, as it is written; empty when there is none.
std::string_view phone_at(std::string_view text, std::size_t plus) {
  std::size_t end = plus + 1;
  for (std::size_t next = end; next < text.size(); ++next) {
    const bool apart = (text[next] == ' ' || text[next] == '-') && next == end && end > plus + 1;
    if (is_digit(text[next]))
      end = next + 1;
    else if (!apart)
      break;
  }
  const std::string_view phone = text.substr(plus, end - plus);
  const bool long_enough = std::count_if(phone.begin(), phone.end(), is_digit) >= phone_digits;
  return long_enough && phone != sample_phone ? phone : std::string_view();
}

std::string masked_number(std::string_view written) {
  std::string phone(written);
  phone.erase(std::remove_if(phone.begin() + 1, phone.end(), [](char c) { return !is_digit(c); }),
              phone.end());
  return mask_phone(phone);
}

}  // namespace

std::string masked_text(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view email = text[at] == '@' ? email_around(text, at) : std::string_view();
    const std::string_view phone = text[at] == '+' ? phone_at(text, at) : std::string_view();
    const std::string_view found = email.empty() ? phone : email;
    if (found.empty()) continue;
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    if (begin < done) continue;
    out.append(text.substr(done, begin - done));
    out += email.empty() ? masked_number(phone) : mask_email(email);
    done = begin + found.size();
    at = done - 1;
  }
  return out.append(text.substr(done));
}

bool may_tell_an_address(std::string_view word) {
  return word.find('@') != std::string_view::npos ||
         std::count_if(word.begin(), word.end(), is_digit) >= phone_digits;
}

}  // namespace duenotice
