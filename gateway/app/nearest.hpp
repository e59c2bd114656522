#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace duenotice::app {

/// The candidate that `word` was probably meant to be: at most a third of its letters (and at least one) are
/// wrong, missing, too many or swapped with their neighbour. Empty when none is that close.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace duenotice::app
