#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace duenotice {

/// Why a request was not accepted. Codes are stable: publishers program against them.
enum class RejectionCode {
  not_utf8,
  not_json,
  too_large,
  too_deep,
  too_many_values,
  string_too_long,
  duplicate_key,
  unknown_field,
  missing_field,
  wrong_type,
  invalid_value,
  unknown_event_type,
  id_mismatch,
  source_mismatch,
  unknown_agreement,
  unknown_version,
  unknown_kind,
  unsupported_locale,
  unknown_channel,
  channel_not_allowed,
  channel_not_configured,
  no_usable_address,
  effective_date_missing,
  malformed_email,
  malformed_phone,
  missing_variable,
  unknown_variable,
  lead_time_too_short,
  not_recorded,  ///< a fault of the gateway, none of the request
  conflict,
};

std::string_view to_text(RejectionCode code);
/// The words of all codes, in their order above.
std::vector<std::string> rejection_codes();

struct Rejection {
  RejectionCode code = RejectionCode::not_json;
  /// RFC 6901 pointer into the body as it was published; empty for the whole body.
  std::string pointer;
  /// One sentence that says what to change. Quotes no address and no content.
  std::string message;
};

/// `pointer`, cut back to the nearest container whose whole path can be quoted in a message header and a
/// listing: its names are printable, could tell no address and have at most limits::identifier_bytes, and the
/// path has at most limits::pointer_bytes.
std::string quotable_pointer(std::string_view pointer);

}  // namespace duenotice
