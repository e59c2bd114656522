#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "gateway/base/json.hpp"

namespace duenotice::app {

struct PointedLine {
  std::string text;
  bool at_fault = false;
};

/// A document, indented, with the lines of the value that an RFC 6901 pointer names marked. Where that value
/// is missing, its nearest parent that is there is marked instead; for an empty pointer nothing is.
std::vector<PointedLine> with_fault(const Json& document, std::string_view pointer);

}  // namespace duenotice::app
