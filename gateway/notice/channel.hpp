#pragma once
#include <array>
#include <optional>
#include <string_view>

namespace duenotice {

/// Where a notice can go. A channel that an agreement's clause names but that duenotice cannot serve yet is
/// listed in the agreement file under `later_channels` and has no value here.
enum class Channel { email, in_site, sms };
inline constexpr std::array every_channel{Channel::email, Channel::in_site, Channel::sms};

/// The word used in files, commands and the journal: `email`, `in_site`, `sms`.
std::string_view to_text(Channel channel);
std::optional<Channel> parse_channel(std::string_view text);

}  // namespace duenotice
