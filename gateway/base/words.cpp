#include "gateway/base/words.hpp"

namespace duenotice {

std::string joined(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  return all;
}

std::vector<std::string> separated(std::string_view all) {
  std::vector<std::string> words;
  while (!all.empty()) {
    const std::size_t end = all.find(", ");
    words.emplace_back(all.substr(0, end));
    all.remove_prefix(end == std::string_view::npos ? all.size() : end + 2);
  }
  return words;
}

}  // namespace duenotice
