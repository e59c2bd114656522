#pragma once
#include <memory>
#include <string>

#include "channels/channel.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::channels {

/// How SMS go out.
struct SmsOptions {
  /// `sandbox:FOLDER`
  std::string url;
  int connections = limits::sms_connections_default;
  /// Longer messages are refused when they are composed.
  int max_segments = limits::sms_segments_default;
};

/// The channel that these options describe. Connects to nothing. `invalid` names the option and what to write
/// instead.
Result<std::unique_ptr<Provider>> open_sms(const SmsOptions& options);

}  // namespace duenotice::channels
