#include "gateway/notice/rejection.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice {

std::string_view to_text(RejectionCode code) {
  switch (code) {
    case RejectionCode::not_utf8:
      return "not_utf8";
    case RejectionCode::not_json:
      return "not_json";
    case RejectionCode::too_large:
      return "too_large";
    case RejectionCode::too_deep:
      return "too_deep";
    case RejectionCode::too_many_values:
      return "too_many_values";
    case RejectionCode::string_too_long:
      return "string_too_long";
    case RejectionCode::duplicate_key:
      return "duplicate_key";
    case RejectionCode::unknown_field:
      return "unknown_field";
    case RejectionCode::missing_field:
      return "missing_field";
    case RejectionCode::wrong_type:
      return "wrong_type";
    case RejectionCode::invalid_value:
      return "invalid_value";
    case RejectionCode::unknown_event_type:
      return "unknown_event_type";
    case RejectionCode::id_mismatch:
      return "id_mismatch";
    case RejectionCode::source_mismatch:
      return "source_mismatch";
    case RejectionCode::unknown_agreement:
      return "unknown_agreement";
    case RejectionCode::unknown_version:
      return "unknown_version";
    case RejectionCode::unknown_kind:
      return "unknown_kind";
    case RejectionCode::unsupported_locale:
      return "unsupported_locale";
    case RejectionCode::unknown_channel:
      return "unknown_channel";
    case RejectionCode::channel_not_allowed:
      return "channel_not_allowed";
    case RejectionCode::channel_not_configured:
      return "channel_not_configured";
    case RejectionCode::no_usable_address:
      return "no_usable_address";
    case RejectionCode::effective_date_missing:
      return "effective_date_missing";
    case RejectionCode::malformed_email:
      return "malformed_email";
    case RejectionCode::malformed_phone:
      return "malformed_phone";
    case RejectionCode::missing_variable:
      return "missing_variable";
    case RejectionCode::unknown_variable:
      return "unknown_variable";
    case RejectionCode::lead_time_too_short:
      return "lead_time_too_short";
    case RejectionCode::not_recorded:
      return "not_recorded";
    case RejectionCode::conflict:
      return "conflict";
  }
  return {};
}

std::vector<std::string> rejection_codes() {
  std::vector<std::string> codes;
  // The compiler sees to it that each has a word; what is none has the empty one.
  for (int code = 0; !to_text(static_cast<RejectionCode>(code)).empty(); ++code)
    codes.emplace_back(to_text(static_cast<RejectionCode>(code)));
  return codes;
}

std::string quotable_pointer(std::string_view pointer) {
  std::size_t good = 0;
  while (good < pointer.size()) {
    const std::size_t next = std::min(pointer.find('/', good + 1), pointer.size());
    const std::string_view step = pointer.substr(good, next - good);
    const bool printable = std::none_of(
        step.begin(), step.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    const bool quotable = printable && !may_tell_an_address(step);
    if (!quotable || step.size() > 1 + limits::identifier_bytes || next > limits::pointer_bytes) break;
    good = next;
  }
  return std::string(pointer.substr(0, good));
}

}  // namespace duenotice
