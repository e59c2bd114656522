#include "gateway/base/lines.hpp"

#include <algorithm>

#include "gateway/base/utf8.hpp"

namespace duenotice {

int last_line(std::string_view content) {
  if (content.ends_with('\n')) content.remove_suffix(1);
  return static_cast<int>(std::count(content.begin(), content.end(), '\n')) + 1;
}

int first_line_not_utf8(std::string_view content) {
  for (int line = 1; !content.empty(); ++line) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    if (!is_utf8(content.substr(0, end))) return line;
    content.remove_prefix(std::min(end + 1, content.size()));
  }
  return 0;
}

}  // namespace duenotice
