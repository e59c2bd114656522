#include "gateway/notice/request_sequence.hpp"

#include <charconv>

#include "gateway/base/json.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/notice/request_decoder.hpp"

namespace duenotice {
namespace {

/// Decimal digits in a text, as CloudEvents has it, or a JSON integer; 0 for anything else.
std::int64_t number_of(const Json& value) {
  if (const std::int64_t* number = value.as_integer()) return *number;
  const std::string* text = value.as_string();
  if (text == nullptr || text->empty() || text->front() < '1' || text->front() > '9') return 0;
  std::int64_t number = 0;
  const char* const last = text->data() + text->size();
  const auto [end, error] = std::from_chars(text->data(), last, number);
  return error == std::errc() && end == last ? number : 0;
}

}  // namespace

std::optional<RequestSequence> published_sequence(std::string_view body, std::size_t body_bytes) {
  // Most publishers count nothing: theirs are not parsed twice.
  if (body.size() > body_bytes || body.find("\"sequencetype\"") == std::string_view::npos)
    return std::nullopt;
  const auto document = parse_json(body);
  if (!document) return std::nullopt;
  const Json* type = document->find("sequencetype");
  const Json* value = document->find("sequence");
  const bool counted = type != nullptr && type->as_string() != nullptr && *type->as_string() == "Integer";
  const std::int64_t number = counted && value != nullptr ? number_of(*value) : 0;
  if (number < 1 || number > limits::sequence_most) return std::nullopt;
  PublishedIdentity identity = published_identity(*document);
  if (identity.source.empty() || identity.id.empty()) return std::nullopt;
  return RequestSequence{std::move(identity.source), number, std::move(identity.id)};
}

}  // namespace duenotice
