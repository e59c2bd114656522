#include "gateway/evidence/check_report.hpp"

#include <algorithm>

namespace duenotice::evidence {

std::string_view to_text(CheckState state) {
  switch (state) {
    case CheckState::pass:
      return "pass";
    case CheckState::fail:
      return "fail";
    case CheckState::not_checked:
      return "not_checked";
  }
  return "";
}

bool CheckReport::good() const {
  return std::none_of(checks.begin(), checks.end(),
                      [](const Check& check) { return check.state == CheckState::fail; });
}

void CheckReport::pass(std::string name, std::string sentence, std::vector<std::string> values) {
  checks.push_back({std::move(name), CheckState::pass, std::move(sentence), std::move(values)});
}

void CheckReport::fail(std::string name, std::string sentence, std::vector<std::string> values) {
  checks.push_back({std::move(name), CheckState::fail, std::move(sentence), std::move(values)});
}

void CheckReport::skip(std::string name, std::string sentence, std::vector<std::string> values) {
  checks.push_back({std::move(name), CheckState::not_checked, std::move(sentence), std::move(values)});
}

}  // namespace duenotice::evidence
