#pragma once
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace duenotice::channels {

/// Who a message is from: an address with an optional name.
struct Mailbox {
  std::string name;
  std::string address;  ///< ready for envelope and header: its domain is ASCII
};

/// The address as it goes into envelope and header: an international domain becomes its A-label (RFC 5890), a
/// local part in UTF-8 stays and needs a server with SMTPUTF8 (RFC 6531). `invalid` when it is no address, or
/// holds anything that could end the SMTP command or header that it stands in; the message does not quote it.
Result<std::string> to_envelope_address(std::string_view address);

/// Reads `address` or `Name <address>`. The local part must be ASCII: every server must be able to answer it.
Result<Mailbox> parse_mailbox(std::string_view text);

bool is_ascii(std::string_view text);
/// What stands behind the `@`.
std::string_view domain_of(std::string_view address);
/// What stands before the `@`.
std::string_view local_part_of(std::string_view address);

}  // namespace duenotice::channels
