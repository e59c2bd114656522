#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace duenotice {

/// RFC 4648 section 4, with padding and without line breaks.
std::string to_base64(std::string_view bytes);
/// Empty for anything else than what `to_base64` writes.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace duenotice
