#include "channels/email/mime_message.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "channels/email/encoded_words.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::channels {
namespace {

constexpr std::string_view crlf = "\r\n";
/// RFC 2045 6.8: encoded lines have at most 76 characters.
constexpr std::size_t base64_line = 76;
/// RFC 2047 section 2: a line that holds an encoded word has at most 76 characters.
constexpr std::size_t header_line = 76;

std::optional<Unfit> fault_in_texts(const Composition& composition) {
  using enum Unfit::Part;
  struct Text {
    Unfit::Part part;
    std::string name;
    const std::string& text;
  };
  const std::array<Text, 4> texts{
      Text{words, "subject", composition.words.subject}, Text{words, "text", composition.words.text},
      Text{words, "html", composition.words.html}, Text{recipient, "name", composition.to_name}};
  for (const auto& [part, name, text] : texts) {
    if (!is_utf8(text)) return Unfit{part, "the " + name + " is not UTF-8"};
    if (text.find('\0') != std::string::npos) return Unfit{part, "the " + name + " holds a NUL character"};
  }
  return std::nullopt;
}

/// The canonical form of text in MIME (RFC 2046 4.1.1): whatever line ends came in, CRLF goes out.
std::string with_crlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  const auto ends_line = [](char c) { return c == '\r' || c == '\n'; };
  for (std::size_t at = 0; at < text.size();) {
    const auto line_end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), ends_line);
    const auto end = static_cast<std::size_t>(line_end - text.begin());
    out.append(text, at, end - at);
    if (end == text.size()) break;
    out += crlf;
    at = end + (text.substr(end, 2) == crlf ? 2 : 1);
  }
  return out;
}

void append_text_part(std::string& out, std::string_view type, std::string_view text) {
  out.append("Content-Type: ")
      .append(type)
      .append("; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
  const std::string encoded = base64(with_crlf(text));
  out.reserve(out.size() + encoded.size() + 2 * (encoded.size() / base64_line + 1));
  for (std::size_t at = 0; at < encoded.size(); at += base64_line) {
    out.append(encoded, at, base64_line).append(crlf);
  }
}

void append_mailbox(std::string& out, std::string_view header, std::string_view name,
                    std::string_view address) {
  std::string field(header);
  field += ": ";
  const std::string shown = phrase(name, field.size());
  if (shown.empty()) {
    out.append(field).append(address).append(crlf);
    return;
  }
  field += shown;
  const std::size_t last_line = field.rfind('\n') == std::string::npos ? 0 : field.rfind('\n') + 1;
  field += field.size() - last_line + address.size() + 3 <= header_line ? " <" : "\r\n <";
  out.append(field).append(address).append(">\r\n");
}

bool is_language_tag(std::string_view text) {
  return !text.empty() && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// Cannot occur in the parts: base 64 has no `_`.
std::string boundary_of(const Composition& composition) {
  const Digest digest =
      sha256("mime boundary " + composition.notice_id + "." + std::to_string(composition.revision));
  return "=_" + digest.hex().substr(0, 32);
}

void append_content(std::string& out, const Composition& composition) {
  const Words& words = composition.words;
  if (words.html.empty()) {
    append_text_part(out, "text/plain", words.text);
    return;
  }
  const std::string boundary = boundary_of(composition);
  out.append("Content-Type: multipart/alternative;\r\n boundary=\"").append(boundary).append("\"\r\n\r\n");
  out.append("--").append(boundary).append(crlf);
  append_text_part(out, "text/plain", words.text);
  out.append("--").append(boundary).append(crlf);
  append_text_part(out, "text/html", words.html);
  out.append("--").append(boundary).append("--\r\n");
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

std::string header_date(Instant instant) {
  constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(instant - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000",
                days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text.data();
}

Result<Composed, Unfit> compose_message(const Composition& composition, const Mailbox& from) {
  DN_ASSERT(is_token(composition.notice_id) && composition.revision > 0);
  if (auto fault = fault_in_texts(composition)) return *fault;
  const auto to = to_envelope_address(composition.to_address);
  if (!to) return Unfit{Unfit::Part::recipient, to.error().message};

  Composed out;
  out.message_id = composition.notice_id + "." + std::to_string(composition.revision) + "@" +
                   std::string(domain_of(from.address));
  const Words& words = composition.words;
  out.content.reserve(1024 + (words.text.size() + words.html.size()) * 3 / 2);
  out.content.append("Date: ").append(header_date(composition.made_at)).append(crlf);
  append_mailbox(out.content, "From", from.name, from.address);
  append_mailbox(out.content, "To", composition.to_name, *to);
  out.content.append("Message-ID: <").append(out.message_id).append(">\r\n");
  out.content.append("Subject: ")
      .append(unstructured(words.subject, std::string_view("Subject: ").size()))
      .append(crlf);
  out.content.append("MIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n");
  if (is_language_tag(composition.language)) {
    out.content.append("Content-Language: ").append(composition.language).append(crlf);
  }
  append_content(out.content, composition);
  return out;
}

}  // namespace duenotice::channels
