#pragma once
#include <string>
#include <vector>

namespace duenotice {

/// The words for a sentence: `a, b, c`. Thread-safe.
std::string joined(const std::vector<std::string>& words);

}  // namespace duenotice
