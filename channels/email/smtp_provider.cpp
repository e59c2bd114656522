#include "channels/email/smtp_provider.hpp"

#include "channels/email/mime_message.hpp"
#include "channels/email/smtp_lane.hpp"
#include "channels/email/stage_clock.hpp"

namespace duenotice::channels {

Milliseconds SmtpProvider::guard() const { return smtp_guard(options_); }

Result<Composed, Unfit> SmtpProvider::compose(const Composition& composition) const {
  return compose_message(composition, from_);
}

std::unique_ptr<Lane> SmtpProvider::open_lane() const { return open_smtp_lane(options_, from_.address); }

Status SmtpProvider::check() const { return check_smtp_server(options_); }

}  // namespace duenotice::channels
