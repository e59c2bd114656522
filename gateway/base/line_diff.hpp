#pragma once
#include <string>
#include <string_view>

namespace duenotice {

/// What changed between two texts, line by line, in the unified format of POSIX `diff -U 3`; empty when they
/// are the same. The names stand behind `---` and `+++`. Texts with very many lines in common and very many
/// that are not (limits.hpp) are shown as one replacement.
std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                         std::string_view after_name);

}  // namespace duenotice
