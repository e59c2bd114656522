#include "channels/email/smtp_url.hpp"

#include "channels/server_url.hpp"

namespace duenotice::channels {

Status check_smtp_url(const std::string& url) {
  const bool smtp = url.starts_with("smtp://") || url.starts_with("smtps://");
  if (smtp && is_server_url(url)) return Done{};
  return Error{ErrorKind::invalid,
               "url: write `smtp://host:port`, `smtps://host:port` or `sandbox:FOLDER`; user and password "
               "have options of their own"};
}

}  // namespace duenotice::channels
