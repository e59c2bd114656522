#include "tests/unit/notice/request_bodies.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice::test {
namespace {

Json parsed(std::string_view text) {
  auto value = parse_json(text);
  DN_ASSERT(value.ok());
  return *std::move(value);
}

/// The container that holds the last token of `pointer`, and that token. Tokens here need no unescaping.
std::pair<Json*, std::string> holder(Json& document, std::string_view pointer) {
  Json* here = &document;
  for (;;) {
    DN_ASSERT(!pointer.empty() && pointer.front() == '/');
    pointer.remove_prefix(1);
    const std::size_t end = pointer.find('/');
    const std::string token(pointer.substr(0, end));
    if (end == std::string_view::npos) return {here, token};
    Json::Array* elements = here->as_array();
    here = elements != nullptr ? &(*elements)[std::stoul(token)] : &(*here)[token];
    pointer.remove_prefix(end);
  }
}

void write(const Json& value, std::string& out) {
  if (const auto* fraction = value.as_fraction()) {
    out += fraction->text;
  } else if (const auto* elements = value.as_array()) {
    out += '[';
    for (std::size_t i = 0; i < elements->size(); ++i) write((*elements)[i], i == 0 ? out : out += ", ");
    out += ']';
  } else if (const auto* members = value.as_object()) {
    out += "{ ";
    bool first = true;
    for (const auto& [key, member] : *members) {
      out += (first ? "" : " ,\n") + canonical_json(Json(key)) + " : ";
      write(member, out);
      first = false;
    }
    out += '}';
  } else {
    out += canonical_json(value);
  }
}

}  // namespace

Json least_request() {
  return parsed(R"({"source":"billing","id":"r-1","agreement":"flashduty-user-agreement","kind":"fund_freeze",
                    "account_id":"acc-1","recipient":{"name":"Zhang Wei"}})");
}

Json full_request() {
  return parsed(R"({
    "source": "billing", "id": "r-1", "agreement": "flashduty-user-agreement",
    "agreement_version": "2022-10-10",
    "kind": "fund_freeze", "account_id": "acc-1",
    "recipient": {"name": "张伟", "locale": "zh-CN", "email": "zhang.wei@example.com",
                  "phone": "+8613800138000",
                  "user_id": "user-10086"},
    "variables": {"reason": "line one\nline\ttwo", "count": 3,
                  "amount": {"amount": "1234.50", "currency": "CNY"},
                  "empty": ""},
    "effective_date": "2026-05-01", "channels": ["email", "in_site"],
    "send_not_before": "2026-03-31T09:00:00+08:00", "reference": "case 7"})");
}

Json event_around(Json request) {
  Json event = parsed(R"({"specversion": "1.0", "type": "duenotice.notice.requested.v1"})");
  event["data"] = std::move(request);
  return event;
}

Json with(Json document, std::string_view pointer, Json value) {
  if (pointer.empty()) return value;
  const auto [container, token] = holder(document, pointer);
  if (Json::Array* elements = container->as_array()) {
    elements->at(std::stoul(token)) = std::move(value);
  } else {
    (*container)[token] = std::move(value);
  }
  return document;
}

Json without(Json document, std::string_view pointer) {
  const auto [container, token] = holder(document, pointer);
  DN_ASSERT(container->as_object()->erase(token) == 1);
  return document;
}

std::string body_of(const Json& document) {
  std::string out;
  write(document, out);
  return out;
}

Result<Request, Rejection> decode(std::string_view body, std::string_view content_type) {
  static const RequestSchema schema;
  return decode_request(body, content_type, limits::body_bytes_default, schema);
}

std::string verdict(const Result<Request, Rejection>& decoded) {
  if (decoded) return "accepted";
  return std::string(to_text(decoded.error().code)) + " " + decoded.error().pointer;
}

}  // namespace duenotice::test
