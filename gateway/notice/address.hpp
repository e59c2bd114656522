#pragma once
#include <string>
#include <string_view>

#include "gateway/notice/channel.hpp"

/// Recipients' addresses: what is let in, and how they look where people without a need to know may read
/// them.

namespace duenotice {

/// Whether `text` may go into an SMTP envelope: one `local@domain` (RFC 5321 4.1.2 dot-string, or the same
/// with UTF-8 letters, RFC 6531), at most 254 octets, and no control character, space, quote or angle bracket
/// anywhere.
bool is_email(std::string_view text);

/// E.164: `+`, a country code that does not start with 0, 7 to 15 digits in all.
bool is_phone(std::string_view text);

/// `zhang.wei@example.com` → `z***@e***.com`.
std::string mask_email(std::string_view email);
/// `+8613800138000` → `+86*******8000`.
std::string mask_phone(std::string_view phone);
/// `user-10086` → `u***6`.
std::string mask_user(std::string_view user_id);

/// The one of these that fits the channel.
std::string mask_address(Channel channel, std::string_view address);

}  // namespace duenotice
