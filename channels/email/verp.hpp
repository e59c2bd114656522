#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

/// Variable envelope return paths: each attempt has an envelope sender of its own, so that a bounce tells by
/// its address which attempt it is about, whatever the bouncing system left of the message.
///
/// `bounce@gw.example` becomes `bounce+<notice id>.<attempt>.<mac>@gw.example`, in lower case because mail
/// systems may fold it. The mac is the beginning of HMAC-SHA256 over `<notice id>.<attempt>`: without the key
/// nobody can make up a bounce. With an empty key there is no mac and bounces prove nothing.

namespace duenotice::channels {

struct VerpTag {
  std::string notice_id;  ///< upper case, as ULIDs are written
  int attempt = 0;
  bool operator==(const VerpTag&) const = default;
};

/// Whether envelope senders can be made from this address: a valid address whose local part leaves room
/// within the 64 octets of RFC 5321 4.5.3.1.1 and holds no `+`.
Status check_bounce_address(std::string_view bounce_address);

/// `bounce_address` passed the check above; `attempt` has at most 6 digits.
std::string verp_address(std::string_view bounce_address, const VerpTag& tag, std::string_view key);

/// Which attempt a returned message is about. Empty when the address is not one that `verp_address` made with
/// this bounce address and key.
std::optional<VerpTag> parse_verp(std::string_view recipient, std::string_view bounce_address,
                                  std::string_view key);

}  // namespace duenotice::channels
