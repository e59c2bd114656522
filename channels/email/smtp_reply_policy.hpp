#pragma once
#include <string>
#include <string_view>

#include "gateway/notice/outcome.hpp"

/// What an SMTP transaction's end means: the whole outcome table in one pure function.

namespace duenotice::channels {

/// Where the dialogue stood. The order is that of a transaction.
enum class SmtpStage {
  connect,      ///< no TCP connection yet (with smtps: no TLS session)
  greeting,     ///< waiting for the server's 220
  session,      ///< EHLO, STARTTLS, AUTH
  mail,         ///< MAIL FROM is sent or about to be
  recipient,    ///< RCPT TO
  data,         ///< DATA
  content,      ///< the server said 354; the final dot cannot have gone out yet
  final_reply,  ///< the final dot may have gone out
};

/// What ended it.
enum class SmtpEnd {
  replied,  ///< the server's complete reply at that stage
  resolve_failed,
  connect_failed,
  tls_not_offered,
  tls_untrusted,
  tls_failed,
  auth_refused,
  auth_not_offered,
  smtputf8_not_offered,
  timed_out,
  connection_lost,
  aborted,
};

struct SmtpFacts {
  SmtpStage stage = SmtpStage::connect;
  SmtpEnd end = SmtpEnd::connection_lost;
  int reply_code = 0;  ///< of the last complete reply at that stage; 0 when there was none
  std::string reply;   ///< that reply, all its lines, without the last line end
};

std::string_view to_text(SmtpStage stage);

/// | stage | end | outcome | code |
/// |---|---|---|---|
/// | final_reply | replied 2xx (250, 251, …) | sent | the reply's |
/// | final_reply | replied 4xx / 5xx | transient / permanent failure | the reply's |
/// | final_reply | any other reply, or none | unknown (RFC 1047) | the reply's, `timeout_final_reply`, … |
/// | mail, recipient, data | replied 5xx | permanent failure (530, 534, 535, 538: transient) | the reply's |
/// | mail, recipient, data | any other refusal | transient failure | the reply's |
/// | greeting, session | replied | transient failure: not about this recipient | the reply's |
/// | before final_reply | SMTPUTF8 needed, not offered | permanent failure | `smtputf8_not_offered` |
/// | before final_reply | aborted | not started | `aborted` |
/// | before final_reply | anything else | transient failure | `connect_failed`, `timeout_mail`, … |
///
/// 530, 534, 535 and 538 (RFC 4954, RFC 3207) mean that we came without the login or encryption that the
/// server wants: the operator's configuration is wrong, not the recipient.
///
/// It is the provider's fault, not the message's, when there was no reply, when the greeting or the session
/// was refused, and for 421 and the four codes above.
OutcomeReport report_of(const SmtpFacts& facts);

/// Whether the same message may be tried again at once on a fresh connection: a kept connection had been
/// closed by the server before it took anything of this message.
bool was_stale(const SmtpFacts& facts, bool connection_was_kept);

}  // namespace duenotice::channels
