#pragma once
#include <string_view>

/// Where things stand in a text file; lines count from 1.

namespace duenotice {

/// The last line of `content`; a final line end does not start another.
int last_line(std::string_view content);

/// The first line that is not UTF-8; 0 when all are.
int first_line_not_utf8(std::string_view content);

}  // namespace duenotice
