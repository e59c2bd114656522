#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/base/digest.hpp"
#include "gateway/base/random.hpp"

/// Requests to a time-stamping authority (TSA; RFC 3161 section 2.4.1). Pure functions.

namespace duenotice::evidence {

struct TimeStampRequest {
  Digest imprint;           ///< SHA-256 of what is to be stamped
  std::uint64_t nonce = 0;  ///< so that an old answer cannot pass for a new one
  std::string policy;       ///< object identifier, `1.3.6.1.4.1.99999.1.1`; empty: the TSA's own
  bool operator==(const TimeStampRequest&) const = default;
};

/// Asserts that the policy is empty or `is_object_identifier`.
TimeStampRequest make_time_stamp_request(std::string_view data, std::string policy, Random& random);

/// TimeStampReq in DER, version 1; asks for the TSA's certificate to be in the token.
std::string to_der(const TimeStampRequest& request);

/// Whether the text is an object identifier in numbers with dots.
bool is_object_identifier(const std::string& text);

}  // namespace duenotice::evidence
