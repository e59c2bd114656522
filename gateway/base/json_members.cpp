#include "gateway/base/json_members.hpp"

namespace duenotice {

const std::string* find_text(const Json& document, std::string_view key) {
  const Json* member = document.find(key);
  return member == nullptr ? nullptr : member->as_string();
}

std::string text_at(const Json& document, std::string_view key) {
  const std::string* text = find_text(document, key);
  return text == nullptr ? std::string() : *text;
}

std::int64_t number_at(const Json& document, std::string_view key, std::int64_t otherwise) {
  const Json* member = document.find(key);
  const std::int64_t* number = member == nullptr ? nullptr : member->as_integer();
  return number == nullptr ? otherwise : *number;
}

bool flag_at(const Json& document, std::string_view key) {
  const Json* member = document.find(key);
  const bool* flag = member == nullptr ? nullptr : member->as_bool();
  return flag != nullptr && *flag;
}

}  // namespace duenotice
