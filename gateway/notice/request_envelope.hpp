#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/base/time.hpp"
#include "gateway/notice/rejection.hpp"

namespace duenotice {

/// What is around a request: nothing, or a CloudEvents 1.0 event in the JSON format's structured mode.
struct RequestEnvelope {
  const Json* request = nullptr;  ///< inside the document that was opened
  std::string place;              ///< pointer to it: empty, or `/data`
  std::string source;             ///< the event's; empty where it has none
  std::string id;
  std::optional<Instant> published_at;
};

/// Whether a message is to be read as an event.
bool is_event(const Json& document, std::string_view content_type);

/// The type of an event that has a request in it.
inline constexpr std::string_view requested_type = "duenotice.notice.requested.v1";

/// Finds the request in a document, or the data of an event of another type. The envelope refers to
/// `document`: keep it alive.
Result<RequestEnvelope, Rejection> open_envelope(const Json& document, std::string_view content_type,
                                                 std::string_view type = requested_type);

}  // namespace duenotice
