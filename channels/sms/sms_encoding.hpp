#pragma once
#include <string_view>

/// How a text becomes SMS: in which alphabet, and into how many segments it is cut.
///
/// GSM-7 (3GPP TS 23.038 6.2.1: the default alphabet and its extension table) when every character is in it;
/// otherwise UCS-2, in which characters beyond the basic plane are surrogate pairs of UTF-16. A message that
/// does not fit into one segment is cut into parts that are smaller by the header that joins them (23.040
/// 9.2.3.24.1). Neither an escape of the extension table with its character nor a surrogate pair is cut in
/// two; whoever does cut them needs fewer segments, never more.

namespace duenotice::channels {

enum class SmsEncoding { gsm7, ucs2 };
/// `GSM-7`, `UCS-2`
std::string_view to_text(SmsEncoding encoding);

struct SmsSize {
  SmsEncoding encoding = SmsEncoding::gsm7;
  int units = 0;     ///< septets, or 16-bit code units
  int segments = 1;  ///< what is paid for
  bool operator==(const SmsSize&) const = default;
};

/// `text` is well-formed UTF-8.
SmsSize measure_sms(std::string_view text);

}  // namespace duenotice::channels
