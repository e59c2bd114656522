#pragma once
#include <string>
#include <string_view>

#include "gateway/base/random.hpp"
#include "gateway/base/time.hpp"

namespace duenotice {

/// A new identifier: 26 characters of Crockford's base 32, 48 bits of time and 80 random bits (a ULID).
/// Sorting the texts sorts by creation time, which keeps an index's newest entries on the same pages.
std::string new_ulid(Instant now, Random& random);

/// Whether `text` has the shape of one.
bool is_ulid(std::string_view text);

}  // namespace duenotice
