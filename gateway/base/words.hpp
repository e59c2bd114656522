#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// The words for a sentence: `a, b, c`. Thread-safe.
std::string joined(const std::vector<std::string>& words);
/// The words of what `joined` wrote; none of them has a comma.
std::vector<std::string> separated(std::string_view all);

}  // namespace duenotice
