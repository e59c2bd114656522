#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "gateway/notice/address.hpp"
#include "gateway/notice/request_decoder.hpp"

/// Any bytes from a queue. The first byte chooses the content type; the rest is the body.

namespace {

using namespace duenotice;

bool is_one_line(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

void check_accepted(const Request& request) {
  DN_ASSERT(is_one_line(request.source) && request.source.size() <= limits::identifier_bytes);
  DN_ASSERT(is_one_line(request.id) && request.id.size() <= limits::identifier_bytes);
  DN_ASSERT(is_one_line(request.agreement) && is_one_line(request.kind) && is_one_line(request.account_id));
  DN_ASSERT(is_one_line(request.recipient.name));
  if (const auto& email = request.recipient.email) {
    DN_ASSERT(is_email(*email) && is_one_line(*email));
    DN_ASSERT(email->find_first_of("<>\" ") == std::string::npos);
    DN_ASSERT(std::count(email->begin(), email->end(), '@') == 1);
    DN_ASSERT(mask_email(*email) != *email);
  }
  if (const auto& phone = request.recipient.phone) DN_ASSERT(is_phone(*phone));
  DN_ASSERT(request.digest == sha256(request.canonical));
  const auto again = decode_stored_request(request.canonical, request.source, request.id);
  DN_ASSERT(again.ok());
  DN_ASSERT(again->digest == request.digest && again->canonical == request.canonical);
  DN_ASSERT(again->variables == request.variables && again->channels == request.channels);
  DN_ASSERT(again->effective_date == request.effective_date &&
            again->send_not_before == request.send_not_before);
}

void check_rejected(const Rejection& rejection) {
  DN_ASSERT(!to_text(rejection.code).empty());
  DN_ASSERT(!rejection.message.empty() && rejection.message.size() < 300);
  DN_ASSERT(is_utf8(rejection.message) && is_utf8(rejection.pointer));
  DN_ASSERT(rejection.pointer.empty() ||
            (rejection.pointer.front() == '/' && is_one_line(rejection.pointer)));
  DN_ASSERT(rejection.pointer.size() <= limits::pointer_bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const RequestSchema schema;
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view type = data[0] % 2 == 0 ? "application/json" : "application/cloudevents+json";
  const auto request = decode_request(body, type, limits::body_bytes_default, schema);
  if (request) {
    check_accepted(*request);
  } else {
    check_rejected(request.error());
  }
  const PublishedIdentity identity = published_identity(body, limits::body_bytes_default);
  DN_ASSERT(identity.id.empty() || is_one_line(identity.id));
  DN_ASSERT(!request || (identity.id == request->id && identity.source == request->source));
  return 0;
}
