#include "channels/email/mail_address.hpp"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "channels/email/encoded_words.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/address.hpp"

namespace duenotice::channels {
namespace {

Error not_an_address() { return Error{ErrorKind::invalid, "the email address is malformed"}; }

Result<std::string> to_ascii_domain(std::string_view domain) {
  if (is_ascii(domain)) return std::string(domain);
  char* converted = nullptr;
  const int code =
      idn2_to_ascii_8z(std::string(domain).c_str(), &converted, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const std::unique_ptr<char, void (*)(void*)> owner(converted, idn2_free);
  if (code != IDN2_OK) {
    return Error{ErrorKind::invalid,
                 std::string("the domain of the email address is not a valid international name: ") +
                     idn2_strerror(code)};
  }
  return std::string(converted);
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// A display name as a person writes it into a configuration file: quotes around it are not part of it.
std::string_view without_quotes(std::string_view name) {
  const bool quoted = name.size() >= 2 && name.front() == '"' && name.back() == '"';
  return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view domain_of(std::string_view address) { return address.substr(address.rfind('@') + 1); }

std::string_view local_part_of(std::string_view address) { return address.substr(0, address.rfind('@')); }

Result<std::string> to_envelope_address(std::string_view address) {
  // libcurl 7.88 puts these bytes into MAIL FROM and RCPT TO as they are: this check is what keeps commands
  // out.
  if (!is_email(address)) return not_an_address();
  auto domain = to_ascii_domain(domain_of(address));
  if (!domain) return domain.error();
  std::string out = std::string(local_part_of(address)) + "@" + *domain;
  // Once more on what goes out: normalisation by libidn2 must not have brought in what was refused above.
  if (!is_email(out)) return not_an_address();
  return out;
}

Result<Mailbox> parse_mailbox(std::string_view text) {
  text = trim(text);
  Mailbox out;
  if (const std::size_t open = text.rfind('<'); open != std::string_view::npos && text.back() == '>') {
    out.name = without_quotes(trim(text.substr(0, open)));
    text = text.substr(open + 1, text.size() - open - 2);
  }
  if (!is_utf8(out.name) || out.name.size() > limits::name_bytes || header_text(out.name) != out.name) {
    return Error{ErrorKind::invalid, "the name before the address must be UTF-8 on one line, at most " +
                                         std::to_string(limits::name_bytes) + " bytes"};
  }
  auto address = to_envelope_address(text);
  if (!address)
    return Error{ErrorKind::invalid, "write it as `name@example.com` or `Name <name@example.com>`"};
  if (!is_ascii(*address)) return Error{ErrorKind::invalid, "the part before the @ must be ASCII"};
  out.address = std::move(*address);
  return out;
}

}  // namespace duenotice::channels
