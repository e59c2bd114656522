#pragma once
#include <memory>
#include <string>

#include "channels/channel.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::channels {

/// How SMS go out.
struct SmsOptions {
  /// `kannel://host[:port][/path]` or `kannels://…` (with TLS): a Kannel of our own, by default at port 13013
  /// and `/cgi-bin/sendsms`; `provider:FILE`, an outside provider that the file describes
  /// (provider_description.hpp); or `sandbox:FOLDER`.
  std::string url;
  std::string username;
  std::string password;
  /// What recipients see: a number or a short name.
  std::string sender;
  int connections = limits::sms_connections_default;
  /// Until the connection stands, with its TLS session.
  Milliseconds connect_timeout = limits::sms_connect_timeout_default;
  /// For the whole answer.
  Milliseconds reply_timeout = limits::sms_reply_timeout_default;
  /// Longer messages are refused when they are composed. Kannel's own `max-messages` must not be smaller: it
  /// cuts off in silence.
  int max_segments = limits::sms_segments_default;
  /// PEM file of authorities to trust beside those of the system.
  std::string ca_file;
  /// Kannel: the URL below which its reports reach us, without a final slash.
  std::string report_url;
  /// Kannel: keeps others from making up reports.
  std::string report_key;
  /// Kannel: how long after its acceptance its report that the carrier has the message may take.
  Milliseconds report_timeout = limits::sms_report_timeout_default;
};

/// The channel that these options describe. Connects to nothing. `invalid` names the option and what to write
/// instead, or the mistakes of the provider's file, each on a line of its own.
Result<std::unique_ptr<Provider>> open_sms(const SmsOptions& options);

}  // namespace duenotice::channels
