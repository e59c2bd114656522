#include <string_view>

#include "channels/email/email_options.hpp"
#include "channels/email/sandbox_transport.hpp"
#include "channels/email/smtp_provider.hpp"
#include "channels/email/smtp_url.hpp"
#include "channels/email/verp.hpp"

namespace duenotice::channels {
namespace {

constexpr std::string_view sandbox_scheme = "sandbox:";

Error wrong(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

Status check_numbers(const EmailOptions& options) {
  if (options.connections < 1 || options.connections > limits::email_connections_most) {
    return wrong("connections: write a number from 1 to " + std::to_string(limits::email_connections_most));
  }
  for (const Milliseconds timeout :
       {options.connect_timeout, options.reply_timeout, options.final_reply_timeout}) {
    if (timeout <= Milliseconds{0} || timeout > limits::email_timeout_most) {
      return wrong(
          "connect_timeout, reply_timeout and final_reply_timeout: write a duration of more than 0 and at "
          "most " +
          to_text(Milliseconds(limits::email_timeout_most)));
    }
  }
  return Done{};
}

Status check_smtp(const EmailOptions& options) {
  if (const Status good = check_smtp_url(options.url); !good) return good;
  if (options.username.empty() != options.password.empty()) {
    return wrong("username and password belong together: set both or neither");
  }
  if (!options.bounce_address.empty()) return check_bounce_address(options.bounce_address);
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Provider>> open_email(const EmailOptions& options) {
  auto from = parse_mailbox(options.from);
  if (!from) return wrong("from: " + from.error().message);
  if (const Status good = check_numbers(options); !good) return good.error();
  if (options.url.starts_with(sandbox_scheme)) {
    const std::string_view folder = std::string_view(options.url).substr(sandbox_scheme.size());
    if (folder.empty())
      return wrong("url: write the folder after `sandbox:`, for instance sandbox:/var/tmp/mail");
    return SandboxTransport::open(std::filesystem::path(folder), std::move(*from), options.connections);
  }
  if (const Status good = check_smtp(options); !good) return good.error();
  return std::unique_ptr<Provider>(std::make_unique<SmtpProvider>(options, std::move(*from)));
}

}  // namespace duenotice::channels
