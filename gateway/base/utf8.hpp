#pragma once
#include <string>
#include <string_view>

namespace duenotice {

/// Whether `text` is well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Unicode code points of well-formed UTF-8.
std::u32string code_points(std::string_view text);

/// Whether anything in well-formed UTF-8 can be seen: spaces, and characters without a shape of their own,
/// are a blank to a reader.
bool has_visible(std::string_view text);

/// Cells that a terminal uses for `text`: two for East Asian wide characters, none for combining marks.
std::size_t display_width(std::string_view text);

}  // namespace duenotice
