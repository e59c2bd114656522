#pragma once
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace duenotice::evidence {

/// The token in the answer of a TSA (TimeStampResp, RFC 3161 section 2.4.2), in DER; nothing about it is
/// checked. The error says why there is none: `unavailable` when the TSA cannot at the moment, `invalid`
/// otherwise. Thread-safe; leaves what OpenSSL complained of in its queue.
Result<std::string> token_of_reply(std::string_view reply);

}  // namespace duenotice::evidence
