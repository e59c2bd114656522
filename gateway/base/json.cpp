#include "gateway/base/json.hpp"

namespace duenotice {

const Json* Json::find(std::string_view key) const {
  const Object* members = as_object();
  if (members == nullptr) return nullptr;
  const auto found = members->find(key);
  return found == members->end() ? nullptr : &found->second;
}

Json& Json::operator[](std::string_view key) {
  if (is_null()) value_ = Object{};
  Object* members = as_object();
  DN_ASSERT(members != nullptr);
  const auto found = members->find(key);
  return found != members->end() ? found->second : members->emplace(std::string(key), Json()).first->second;
}

void Json::push_back(Json element) {
  if (is_null()) value_ = Array{};
  Array* elements = as_array();
  DN_ASSERT(elements != nullptr);
  elements->push_back(std::move(element));
}

std::string json_pointer_token(std::string_view token) {
  std::string out;
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace duenotice
