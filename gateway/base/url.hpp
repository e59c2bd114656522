#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Percent-encoding (RFC 3986 2.1) and queries. All functions are pure.

namespace duenotice {

/// Everything but letters, digits and `-._~` becomes `%XX`.
std::string percent_encode(std::string_view text);

using Query = std::vector<std::pair<std::string, std::string>>;

/// The decoded names and values of `a=1&b=x%20y`, in order; `+` is a space, as in HTML forms. Empty when a
/// percent sign is not followed by two hexadecimal digits. What comes out may be any bytes.
std::optional<Query> parse_query(std::string_view text);

/// `a=1&b=x%20y`: what the above reads back.
std::string query_text(const Query& query);

/// The first value of that name; null when there is none.
const std::string* find_in_query(const Query& query, std::string_view name);

}  // namespace duenotice
