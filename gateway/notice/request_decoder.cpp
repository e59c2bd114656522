#include "gateway/notice/request_decoder.hpp"

#include "gateway/notice/field_rules.hpp"
#include "gateway/notice/request_envelope.hpp"
#include "gateway/notice/request_fields.hpp"

namespace duenotice {
namespace {

Rejection rejection_of(const JsonError& error) {
  switch (error.reason) {
    case JsonError::Reason::not_utf8:
      return {RejectionCode::not_utf8, error.pointer, error.message};
    case JsonError::Reason::not_json:
      return {RejectionCode::not_json, error.pointer, error.message};
    case JsonError::Reason::too_deep:
      return {RejectionCode::too_deep, error.pointer, error.message};
    case JsonError::Reason::too_many_values:
      return {RejectionCode::too_many_values, error.pointer, error.message};
    case JsonError::Reason::string_too_long:
      return {RejectionCode::string_too_long, error.pointer, error.message};
    case JsonError::Reason::number_too_large:
      return {RejectionCode::wrong_type, error.pointer, error.message};
    case JsonError::Reason::duplicate_key:
      return {RejectionCode::duplicate_key, error.pointer,
              "this member stands twice in one object; keep one"};
  }
  return {RejectionCode::not_json, error.pointer, error.message};
}

/// One side of the identity, from the request or else from the event around it.
std::optional<Rejection> settle(std::string& own, const std::string& events, std::string_view field,
                                RejectionCode mismatch, const std::string& place) {
  const std::string name(field);
  if (own.empty()) own = events;
  if (own.empty()) {
    return Rejection{RejectionCode::missing_field, "/" + name, "the field " + name + " is missing; add it"};
  }
  if (!events.empty() && own != events) {
    return Rejection{mismatch, place + "/" + name,
                     "the request's " + name + " differs from the event's; make them equal or leave one out"};
  }
  return std::nullopt;
}

std::optional<Rejection> settle_identity(Request& request, const RequestEnvelope& envelope) {
  if (auto fault =
          settle(request.source, envelope.source, "source", RejectionCode::source_mismatch, envelope.place)) {
    return fault;
  }
  return settle(request.id, envelope.id, "id", RejectionCode::id_mismatch, envelope.place);
}

Result<Request, Rejection> decode(std::string_view body, std::string_view content_type,
                                  const RequestSchema& schema) {
  const auto document = parse_json(body);
  if (!document) return rejection_of(document.error());
  const auto envelope = open_envelope(*document, content_type);
  if (!envelope) return envelope.error();
  const auto refusal = schema.refuse(*envelope->request);
  auto request = read_request_fields(*envelope->request, envelope->place);
  if (!request) return request;
  if (refusal)
    return Rejection{RejectionCode::invalid_value, envelope->place + refusal->pointer, refusal->message};
  if (auto fault = settle_identity(*request, *envelope)) return *fault;
  request->published_at = envelope->published_at;
  return request;
}

}  // namespace

Result<Request, Rejection> decode_request(std::string_view body, std::string_view content_type,
                                          std::size_t body_bytes, const RequestSchema& schema) {
  if (body.size() > body_bytes) {
    return Rejection{RejectionCode::too_large, "",
                     "the body is larger than " + std::to_string(body_bytes) + " bytes; send less"};
  }
  auto request = decode(body, content_type, schema);
  if (request) return request;
  Rejection rejection = request.error();
  rejection.pointer = quotable_pointer(rejection.pointer);
  return rejection;
}

Result<Request, Rejection> decode_stored_request(std::string_view canonical, std::string_view source,
                                                 std::string_view id) {
  const auto document = parse_json(canonical);
  if (!document) return rejection_of(document.error());
  auto request = read_request_fields(*document, "");
  if (!request) return request;
  const RequestEnvelope identity{nullptr, "", std::string(source), std::string(id), std::nullopt};
  if (auto fault = settle_identity(*request, identity)) return *fault;
  return request;
}

PublishedIdentity published_identity(std::string_view body, std::size_t body_bytes) {
  if (body.size() > body_bytes) return {};
  const auto document = parse_json(body);
  return document ? published_identity(*document) : PublishedIdentity{};
}

PublishedIdentity published_identity(const Json& document) {
  const auto usable = [&](std::string_view field) -> std::string {
    const Json* data = document.find("data");
    for (const Json* object : {data, &document}) {
      const Json* value = object != nullptr ? object->find(field) : nullptr;
      const std::string* text = value != nullptr ? value->as_string() : nullptr;
      if (text != nullptr && rules::identifier.accepts(*text)) return *text;
    }
    return {};
  };
  return {usable("source"), usable("id"), usable("account_id")};
}

}  // namespace duenotice
