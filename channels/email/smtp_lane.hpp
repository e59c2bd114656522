#pragma once
#include <memory>
#include <string>

#include "channels/channel.hpp"
#include "channels/email/email_options.hpp"

/// The only place that knows libcurl. One lane is one kept SMTP connection used by one thread, because
/// libcurl 7.88 blocks between the final dot and its reply and would stall every other transfer that shared
/// its loop.

namespace duenotice::channels {

/// A lane that sends `options.from` (or `sender`'s VERP addresses) through `options.url`. The options were
/// checked.
std::unique_ptr<Lane> open_smtp_lane(const EmailOptions& options, const std::string& from_address);

/// Connects, says EHLO, STARTTLS and AUTH as configured, NOOP and QUIT. `unavailable` with the reason.
Status check_smtp_server(const EmailOptions& options);

}  // namespace duenotice::channels
