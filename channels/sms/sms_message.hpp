#pragma once
#include "channels/channel.hpp"

namespace duenotice::channels {

/// The frozen bytes of an SMS: its text in UTF-8, lines ended by LF, without blank lines at either end. That
/// is what is kept, digested and shown as "what was sent"; the alphabet of the air interface follows from it
/// (sms_encoding.hpp), and relays and providers are given this text.
///
/// The words are unfit when there is no text or when it holds control characters, their length when they need
/// more than `max_segments`; the recipient when the address is no phone number.
Result<Composed, Unfit> compose_sms(const Composition& composition, int max_segments);

}  // namespace duenotice::channels
