#include "gateway/notice/field_reader.hpp"

#include <algorithm>

namespace duenotice {
namespace {

std::string field(std::string_view key) { return "the field " + std::string(key); }

}  // namespace

FieldReader::FieldReader(const Json& object, std::string place, std::string_view what)
    : object_(&object), place_(std::move(place)) {
  if (object.as_object() == nullptr) {
    refuse({RejectionCode::wrong_type, place_, std::string(what) + " must be a JSON object"});
  }
}

void FieldReader::only(std::initializer_list<std::string_view> known) {
  if (fault_) return;
  for (const auto& [key, value] : *object_->as_object()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      return refuse(RejectionCode::unknown_field, key, "this field is not part of a request here; remove it");
    }
  }
}

const Json* FieldReader::optional(std::string_view key) { return fault_ ? nullptr : object_->find(key); }

const Json* FieldReader::required(std::string_view key) {
  const Json* value = optional(key);
  if (value == nullptr) refuse(RejectionCode::missing_field, key, field(key) + " is missing; add it");
  return value;
}

std::optional<std::string> FieldReader::optional_text(std::string_view key, const TextRule& rule) {
  const Json* value = optional(key);
  if (value == nullptr) return std::nullopt;
  const std::string* text = value->as_string();
  if (text == nullptr) {
    refuse(RejectionCode::wrong_type, key, field(key) + " must be a string");
    return std::nullopt;
  }
  if (!rule.accepts(*text)) {
    refuse(rule.code, key, field(key) + " must " + std::string(rule.demand));
    return std::nullopt;
  }
  return *text;
}

std::string FieldReader::text(std::string_view key, const TextRule& rule) {
  return required(key) != nullptr ? optional_text(key, rule).value_or("") : "";
}

void FieldReader::refuse(RejectionCode code, std::string_view key, std::string message) {
  refuse({code, place(key), std::move(message)});
}

void FieldReader::refuse(Rejection rejection) {
  if (!fault_) fault_ = std::move(rejection);
}

std::string FieldReader::place(std::string_view key) const { return place_ + "/" + json_pointer_token(key); }

}  // namespace duenotice
