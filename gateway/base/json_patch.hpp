#pragma once
#include <string>
#include <string_view>

namespace duenotice {

/// What changed between two JSON texts, as a JSON Patch (RFC 6902). Empty when either is no JSON within the
/// limits of `parse_json`.
std::string json_patch(std::string_view before, std::string_view after);

}  // namespace duenotice
