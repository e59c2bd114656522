#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"

/// Members of a document that somebody else wrote: each may be missing, or of another type than is asked for.

namespace duenotice {

/// Null where there is no such text.
const std::string* find_text(const Json& document, std::string_view key);
/// Empty where there is no such text.
std::string text_at(const Json& document, std::string_view key);
/// `otherwise` where there is no such number.
std::int64_t number_at(const Json& document, std::string_view key, std::int64_t otherwise = 0);
/// Whether it is true.
bool flag_at(const Json& document, std::string_view key);

}  // namespace duenotice
