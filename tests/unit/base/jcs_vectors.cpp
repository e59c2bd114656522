#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "gateway/base/file_system.hpp"
#include "gateway/base/json.hpp"

/// Runs the published canonicalisation vectors (`input/NAME.json` → `output/NAME.json`) from the folder
/// given. Exit 77: the folder is not there. Vectors with fractions do not apply: a fraction is never written.

namespace {

using duenotice::Json;

bool holds_fraction(const Json& value) {
  if (value.as_fraction() != nullptr) return true;
  if (const auto* elements = value.as_array())
    return std::any_of(elements->begin(), elements->end(), holds_fraction);
  const auto* members = value.as_object();
  return members != nullptr && std::any_of(members->begin(), members->end(),
                                           [](const auto& member) { return holds_fraction(member.second); });
}

}  // namespace

int main(int count, char** arguments) {
  const std::filesystem::path folder = count == 2 ? arguments[1] : "";
  if (!std::filesystem::is_directory(folder / "input")) {
    std::printf("SKIPPED: no vectors at %s\n", folder.c_str());
    return 77;
  }
  int checked = 0;
  int wrong = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "input")) {
    const auto input = duenotice::read_file(entry.path(), 1'000'000);
    const auto expected = duenotice::read_file(folder / "output" / entry.path().filename(), 1'000'000);
    if (!input || !expected) {
      std::printf("UNREADABLE %s\n", entry.path().c_str());
      return 1;
    }
    const auto value = duenotice::parse_json(*input);
    if (value && holds_fraction(*value)) {
      std::printf("does not apply (fractions): %s\n", entry.path().filename().c_str());
      continue;
    }
    ++checked;
    const bool same = value && duenotice::canonical_json(*value) == *expected;
    std::printf("%s %s\n", same ? "ok   " : "WRONG", entry.path().filename().c_str());
    wrong += same ? 0 : 1;
  }
  std::printf("%d checked, %d wrong\n", checked, wrong);
  return checked >= 4 && wrong == 0 ? 0 : 1;
}
