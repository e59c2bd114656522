#pragma once
#include <memory>
#include <string>

#include "channels/email/email_options.hpp"
#include "tests/support/scripted_smtp_server.hpp"

namespace duenotice::test {

/// Options for the server on this port: no TLS, waits long enough never to matter.
channels::EmailOptions options_for(const ScriptedSmtpServer& server);
/// With waits short enough to be waited for. After the final dot it is one second, the shortest there is.
channels::EmailOptions impatient_options_for(const ScriptedSmtpServer& server);

/// The provider; fails the test when the options are refused.
std::unique_ptr<channels::Provider> open(const channels::EmailOptions& options);

/// A message to hand over; `text` tells it apart.
channels::HandOver message(int attempt = 1, const std::string& text = "words");

inline std::string text_of(const OutcomeReport& report) {
  return std::string(to_text(report.outcome)) + " " + report.code;
}

inline int messages(const ScriptedSmtpServer& server) { return static_cast<int>(server.messages().size()); }

}  // namespace duenotice::test
