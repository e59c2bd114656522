#pragma once
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/base/result.hpp"
#include "gateway/notice/rejection.hpp"
#include "gateway/notice/request.hpp"
#include "gateway/notice/request_schema.hpp"

/// From the bytes of a message to a request. Pure and thread-safe; recursion and memory are bounded by
/// limits.hpp.

namespace duenotice {

/// Decodes a published message: the JSON of a request, or a CloudEvents 1.0 structured event
/// (`application/cloudevents+json`, or any JSON object with `specversion` and `data`) whose `data` is one.
/// `body_bytes` is the configured bound on the body. `schema` is the gate; the first fault in a fixed order
/// becomes the rejection, so that the same body always gives the same code and pointer. A pointer ends at the
/// nearest container where a member name is too long or unprintable to be quoted.
Result<Request, Rejection> decode_request(std::string_view body, std::string_view content_type,
                                          std::size_t body_bytes, const RequestSchema& schema);

/// Decodes again what the journal keeps of an accepted notice: the canonical JSON of the request, with the
/// identity that it was accepted under (which an event may have supplied). `published_at` and
/// `pointer_prefix` are empty.
Result<Request, Rejection> decode_stored_request(std::string_view canonical, std::string_view source,
                                                 std::string_view id);

/// Whose request it was, as far as a rejected body says so.
struct PublishedIdentity {
  std::string source;
  std::string id;
  std::string account;
};

/// For the record of a rejection; each side is empty where the body does not give it in a usable form.
PublishedIdentity published_identity(std::string_view body, std::size_t body_bytes);
/// The same of a body that is parsed already.
PublishedIdentity published_identity(const Json& document);

}  // namespace duenotice
