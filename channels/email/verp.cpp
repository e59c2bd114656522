#include "channels/email/verp.hpp"

#include <algorithm>
#include <charconv>

#include "channels/email/mail_address.hpp"
#include "gateway/base/digest.hpp"

namespace duenotice::channels {
namespace {

constexpr std::size_t local_part_octets = 64;
constexpr std::size_t notice_id_characters = 26;
constexpr std::size_t attempt_digits = 6;
constexpr int attempt_most = 999'999;
/// 48 bits: every guess is a mail to the gateway.
constexpr std::size_t mac_characters = 12;
constexpr std::size_t tag_characters = 1 + notice_id_characters + 1 + attempt_digits + 1 + mac_characters;

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

bool is_alphanumeric(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

}  // namespace

Status check_bounce_address(std::string_view bounce_address) {
  const auto address = to_envelope_address(bounce_address);
  if (!address || !is_ascii(*address)) {
    return Error{ErrorKind::invalid,
                 "bounce_address: write it as `bounces@example.com`, with ASCII before the @"};
  }
  const std::string_view local = local_part_of(*address);
  if (local.find('+') != std::string_view::npos) {
    return Error{ErrorKind::invalid,
                 "bounce_address: it must not hold a `+`, which is added to it for each attempt"};
  }
  if (local.size() + tag_characters > local_part_octets) {
    return Error{ErrorKind::invalid, "bounce_address: at most " +
                                         std::to_string(local_part_octets - tag_characters) +
                                         " characters before the @, since each attempt adds its own"};
  }
  return Done{};
}

std::string verp_address(std::string_view bounce_address, const VerpTag& tag, std::string_view key) {
  DN_ASSERT(is_alphanumeric(tag.notice_id) && tag.notice_id.size() <= notice_id_characters);
  DN_ASSERT(tag.attempt > 0 && tag.attempt <= attempt_most);
  const std::string what = lower(tag.notice_id) + "." + std::to_string(tag.attempt);
  std::string out = lower(local_part_of(bounce_address)) + "+" + what;
  if (!key.empty()) out += "." + hmac_sha256(key, what).hex().substr(0, mac_characters);
  return out + "@" + lower(domain_of(bounce_address));
}

std::optional<VerpTag> parse_verp(std::string_view recipient, std::string_view bounce_address,
                                  std::string_view key) {
  const std::string address = lower(recipient);
  const std::string_view local = local_part_of(address);
  const std::size_t plus = local.find('+');
  if (plus == std::string_view::npos) return std::nullopt;
  const std::string_view what = local.substr(plus + 1);
  const std::size_t dot = what.find('.');
  if (dot == std::string_view::npos || dot > notice_id_characters) return std::nullopt;
  VerpTag tag{.notice_id = upper(what.substr(0, dot)), .attempt = 0};
  const std::string_view number = what.substr(dot + 1, what.find('.', dot + 1) - dot - 1);
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), tag.attempt);
  const bool is_number = error == std::errc() && end == number.data() + number.size();
  if (!is_number || tag.attempt < 1 || tag.attempt > attempt_most || !is_alphanumeric(tag.notice_id)) {
    return std::nullopt;
  }
  // Making it again and comparing the whole checks bounce address, mac and spelling at once.
  if (!equal_in_constant_time(verp_address(bounce_address, tag, key), address)) return std::nullopt;
  return tag;
}

}  // namespace duenotice::channels
