#pragma once
#include "channels/channel.hpp"
#include "channels/email/mail_address.hpp"

namespace duenotice::channels {

/// The RFC 5322 message of a delivery: `multipart/alternative` of plain text and HTML (the text alone where
/// there is no HTML), both UTF-8 in base 64, so that no relay has a reason to re-code them and no line can be
/// taken for SMTP's own.
///
/// Pure: equal compositions give equal bytes. Message-ID is `notice_id.revision@domain of from`: a resend of
/// the same revision is the same message. Every line ends with CRLF and has at most 78 characters, but for
/// one that a longer address fills (at most 998). No List-Unsubscribe: nobody can unsubscribe from a legal
/// notice. The recipient is unfit when the address is none, a part when it is not UTF-8 or holds a NUL.
Result<Composed, Unfit> compose_message(const Composition& composition, const Mailbox& from);

/// RFC 5322 date-time in UTC: `Sat, 21 Nov 2026 23:07:27 +0000`.
std::string header_date(Instant instant);

}  // namespace duenotice::channels
