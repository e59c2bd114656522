#include "gateway/notice/channel.hpp"

namespace duenotice {

std::string_view to_text(Channel channel) {
  switch (channel) {
    case Channel::email:
      return "email";
    case Channel::in_site:
      return "in_site";
    case Channel::sms:
      return "sms";
  }
  return {};
}

std::optional<Channel> parse_channel(std::string_view text) {
  for (const Channel channel : every_channel) {
    if (text == to_text(channel)) return channel;
  }
  return std::nullopt;
}

}  // namespace duenotice
