#include "gateway/app/age.hpp"

#include <algorithm>

namespace duenotice::app {

Sentence age_in_words(Milliseconds age) {
  const auto seconds = std::max<std::int64_t>(age.count() / 1'000, 0);
  const auto minutes = seconds / 60;
  const auto hours = minutes / 60;
  const auto text = [](std::int64_t number) { return std::to_string(number); };
  if (minutes == 0) return {"{0} s", {text(seconds)}};
  if (hours == 0) return {"{0} min", {text(minutes)}};
  if (hours < 24) return {"{0} h {1} min", {text(hours), text(minutes % 60)}};
  return {"{0} d {1} h", {text(hours / 24), text(hours % 24)}};
}

}  // namespace duenotice::app
