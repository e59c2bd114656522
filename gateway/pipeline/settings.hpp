#pragma once
#include <map>
#include <string>
#include <vector>

#include "gateway/base/limits.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/channel.hpp"

namespace duenotice {

/// What a channel does after an attempt whose outcome nobody knows.
enum class OnUnknown {
  resend,  ///< the same revision again, marked as a possible duplicate, a bounded number of times
  hold,    ///< wait for a person
};

/// When a delivery is tried again.
struct RetryPolicy {
  /// Waits after the first, second, … transient failure; the last one repeats. Never empty.
  std::vector<Milliseconds> schedule{std::chrono::minutes(1), std::chrono::minutes(5),
                                     std::chrono::minutes(30), std::chrono::hours(2)};
  /// Transient failures after which the delivery is `failed`.
  int attempts = limits::transient_attempts_default;
  OnUnknown on_unknown = OnUnknown::resend;
  int unknown_resends = limits::unknown_resends_default;

  Milliseconds delay_after(int failures) const {
    const auto step = static_cast<std::size_t>(failures < 1 ? 0 : failures - 1);
    return schedule[step < schedule.size() ? step : schedule.size() - 1];
  }
};

/// How the pipeline behaves; everything that an operator configures about it.
struct PipelineSettings {
  std::size_t max_body_bytes = limits::body_bytes_default;
  bool in_site_enabled = true;
  std::map<Channel, RetryPolicy> retry;  ///< by channel
  RetryPolicy standard_retry;            ///< of channels that `retry` does not name
  Milliseconds drain = limits::drain_default;
  std::string event_source = "duenotice";  ///< the CloudEvents source of status events
  std::map<Channel, int> rate;  ///< deliveries started a second, by channel; 0 or not named: unbounded

  int rate_of(Channel channel) const {
    const auto found = rate.find(channel);
    return found == rate.end() ? 0 : found->second;
  }
  const RetryPolicy& retry_for(Channel channel) const {
    const auto found = retry.find(channel);
    return found == retry.end() ? standard_retry : found->second;
  }
};

}  // namespace duenotice
