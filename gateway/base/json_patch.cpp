#include "gateway/base/json_patch.hpp"

#include <nlohmann/json.hpp>

#include "gateway/base/json.hpp"

namespace duenotice {

std::string json_patch(std::string_view before, std::string_view after) {
  // The library compares recursively: nothing goes in that our own bounded reader has refused.
  if (!parse_json(before) || !parse_json(after)) return {};
  return nlohmann::json::diff(nlohmann::json::parse(before), nlohmann::json::parse(after)).dump();
}

}  // namespace duenotice
