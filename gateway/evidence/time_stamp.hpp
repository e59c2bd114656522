#pragma once
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/evidence/time_stamp_request.hpp"
#include "gateway/evidence/time_stamp_roots.hpp"

/// Time stamps (RFC 3161, RFC 5816): the signed word of a time-stamping authority (TSA) that some bytes
/// existed before an instant. Thread-safe functions. Every error says in words what is wrong, without naming
/// the TSA: its caller knows which it asked.

namespace duenotice::evidence {

struct TimeStamp {
  std::string token;   ///< TimeStampToken in DER, with the TSA's certificate: what is kept and shown
  Instant gen_time;    ///< the TSA's clock; what it has beyond milliseconds is cut
  std::string tsa;     ///< subject of the certificate that signed it (RFC 2253): `CN=tsa,O=Example`
  std::string policy;  ///< object identifier of the rules that the TSA says it kept
  bool operator==(const TimeStamp&) const = default;
};

/// Judges the answer of a TSA to this request, received at `now`: granted; of these bytes, this request and
/// the policy that was asked for; signed by a certificate for time stamping alone whose chain leads to a root
/// and holds now; and its time is ours. `unavailable` when the TSA says that it has no time at the moment,
/// `invalid` for anything else.
Result<TimeStamp> judge_time_stamp_reply(std::string_view reply, const TimeStampRequest& request,
                                         const TimeStampRoots& roots, Instant now);

/// Checks a token that was kept: that it stamps this data, and that its chain held at its own time. What
/// expired since is no fault.
Result<TimeStamp> verify_time_stamp(std::string_view token, std::string_view data,
                                    const TimeStampRoots& roots);

}  // namespace duenotice::evidence
