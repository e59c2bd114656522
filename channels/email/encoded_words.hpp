#pragma once
#include <string>
#include <string_view>

/// Text in message headers (RFC 5322 2.2, RFC 2047). Whatever goes in, what comes out holds no control
/// character, is ASCII, and is folded to lines of at most 76 characters.

namespace duenotice::channels {

/// RFC 4648 base 64 on one line, padded.
std::string base64(std::string_view bytes);

/// `text` with every run of control characters and surrounding spaces made one space, and none at its ends:
/// what may stand in a header at all. A line break in a subject is a slip of its author, not a reason to
/// refuse a notice.
std::string header_text(std::string_view text);

/// An unstructured header's value, for instance a subject: as it is when it is short printable ASCII,
/// otherwise encoded words (base 64, at most 75 characters each, none splits a character). `column` is where
/// it begins on its line. `text` is well-formed UTF-8.
std::string unstructured(std::string_view text, std::size_t column);

/// The display name of an address (RFC 5322 phrase): atoms, a quoted string, or encoded words.
std::string phrase(std::string_view name, std::size_t column);

}  // namespace duenotice::channels
