#include "gateway/notice/request_envelope.hpp"

#include <algorithm>

#include "gateway/notice/account_ended.hpp"
#include "gateway/notice/field_reader.hpp"

namespace duenotice {
namespace {

/// `Application/JSON; charset=utf-8` → `application/json`.
std::string media_type(std::string_view content_type) {
  std::string out;
  for (const char c : content_type.substr(0, content_type.find(';'))) {
    if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

/// CloudEvents 1.0: attribute names are lower-case letters and digits. Which extensions there are is the
/// publisher's business; they are let through unread.
bool is_attribute_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

/// The JSON format lets an attribute that is not set be written as null.
std::optional<std::string> attribute(FieldReader& event, std::string_view name, const TextRule& rule) {
  const Json* value = event.optional(name);
  return value != nullptr && !value->is_null() ? event.optional_text(name, rule) : std::nullopt;
}

}  // namespace

bool is_event(const Json& document, std::string_view content_type) {
  return media_type(content_type) == "application/cloudevents+json" ||
         (document.find("specversion") != nullptr && document.find("data") != nullptr);
}

Result<RequestEnvelope, Rejection> open_envelope(const Json& document, std::string_view content_type,
                                                 std::string_view expected_type) {
  if (!is_event(document, content_type)) return RequestEnvelope{&document, "", "", "", std::nullopt};
  FieldReader event(document, "", "an event");
  const std::string version = event.text("specversion", rules::identifier);
  if (version != "1.0") {
    event.refuse(RejectionCode::invalid_value, "specversion",
                 "only CloudEvents specversion 1.0 is understood");
  }
  const std::string type = event.text("type", rules::identifier);
  if (type != expected_type) {
    event.refuse(RejectionCode::unknown_event_type, "type",
                 "only events of type " + std::string(requested_type) + " and " +
                     std::string(account_ended_type) + " are taken here");
  }
  if (const Json::Object* members = document.as_object()) {
    for (const auto& [name, value] : *members) {
      if (is_attribute_name(name)) continue;
      event.refuse(RejectionCode::unknown_field, name,
                   "an event's attributes have names of lower-case letters and digits, and the request "
                   "stands in data");
    }
  }
  RequestEnvelope envelope;
  envelope.source = attribute(event, "source", rules::identifier).value_or("");
  envelope.id = attribute(event, "id", rules::identifier).value_or("");
  if (const auto time = attribute(event, "time", rules::date_time))
    envelope.published_at = parse_instant(*time);
  envelope.request = event.required("data");
  envelope.place = "/data";
  if (event.fault()) return *event.fault();
  return envelope;
}

}  // namespace duenotice
