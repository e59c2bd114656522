#pragma once
#include <memory>
#include <string>

#include "channels/channel.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"

namespace duenotice::channels {

enum class Tls {
  required,       ///< STARTTLS with a certificate that is valid for the host, or nothing is sent
  opportunistic,  ///< STARTTLS when offered, whatever the certificate: no protection against an active
                  ///< attacker
  off,
};

/// How mail goes out.
struct EmailOptions {
  /// `smtp://host[:port][/name]`, `smtps://…` (TLS from the first byte), or `sandbox:FOLDER`. `name` is what
  /// we call ourselves in EHLO; by default the machine's host name.
  std::string url;
  /// `notices@example.com` or `Example Ltd <notices@example.com>`.
  std::string from;
  Tls tls = Tls::required;
  /// With a user name nothing is sent until the server has accepted it.
  std::string username;
  std::string password;
  int connections = limits::email_connections_default;
  /// Until the TCP connection stands (with smtps: the TLS session).
  Milliseconds connect_timeout = limits::connect_timeout_default;
  /// For each reply before the last one, and for handing over the content.
  Milliseconds reply_timeout = limits::reply_timeout_default;
  /// For the reply to the final dot; rounded up to whole seconds.
  Milliseconds final_reply_timeout = limits::final_reply_timeout_default;
  /// The envelope sender, made unique for each attempt (verp.hpp). Empty: the address of `from`.
  std::string bounce_address;
  /// Keeps others from making such addresses up. Empty: they are not signed.
  std::string verp_key;
  /// PEM file of authorities to trust beside those of the system.
  std::string ca_file;
};

/// The channel that these options describe. Connects to nothing. `invalid` names the option and what to write
/// instead.
Result<std::unique_ptr<Provider>> open_email(const EmailOptions& options);

}  // namespace duenotice::channels
