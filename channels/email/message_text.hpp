#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace duenotice::channels {

/// The words of an email as its reader sees them.
struct MessageText {
  std::string subject;
  std::string text;  ///< of the plain part; lines end with LF
};

/// Reads the frozen bytes of an email: the opposite of `compose_message`. Empty for a message that it did not
/// make.
std::optional<MessageText> message_text(std::string_view content);

}  // namespace duenotice::channels
