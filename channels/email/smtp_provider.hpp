#pragma once
#include "channels/channel.hpp"
#include "channels/email/email_options.hpp"
#include "channels/email/mail_address.hpp"

namespace duenotice::channels {

/// Email through an SMTP server outside our control (`open_email` makes it).
class SmtpProvider final : public Provider {
 public:
  SmtpProvider(EmailOptions options, Mailbox from) : options_(std::move(options)), from_(std::move(from)) {}

  Channel channel() const override { return Channel::email; }
  bool sandbox() const override { return false; }
  int connections() const override { return options_.connections; }
  Milliseconds guard() const override;
  Result<Composed, Unfit> compose(const Composition& composition) const override;
  std::unique_ptr<Lane> open_lane() const override;
  Status check() const override;

 private:
  const EmailOptions options_;
  const Mailbox from_;
};

}  // namespace duenotice::channels
