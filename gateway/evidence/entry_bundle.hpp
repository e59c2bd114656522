#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"

/// Entry bundles (C2SP tlog-tiles): the bytes of up to 256 leaves, each behind its length as a big-endian
/// 16-bit number.

namespace duenotice::evidence {

/// Asserts that the entry is within `limits::evidence_leaf_bytes`.
void append_entry(std::string& bundle, std::string_view entry);

/// The entries, as views into `bundle`. `invalid` unless there are exactly `count` of them and nothing
/// behind.
Result<std::vector<std::string_view>> parse_entry_bundle(std::string_view bundle, std::size_t count);

}  // namespace duenotice::evidence
