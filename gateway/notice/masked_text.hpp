#pragma once
#include <string>
#include <string_view>

/// Texts that strangers may read and that somebody else wrote a part of: a word from a command line, a
/// member's name, a provider's code. An address may stand where none belongs.

namespace duenotice {

/// `text` with each address in it masked: `local@domain` where the domain has a dot, and a plus sign with the
/// seven or more digits that follow it, also apart by single spaces or hyphens. A user name in a URL stays,
/// and so does what is nobody's: addresses at example.com (RFC 2606) and the number that our own sentences
/// give as a sample.
std::string masked_text(std::string_view text);

/// Whether `word` could tell an address, however it is written: it holds an `@`, or as many digits as a phone
/// number.
bool may_tell_an_address(std::string_view word);

}  // namespace duenotice
