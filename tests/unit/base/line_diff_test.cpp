#include "gateway/base/line_diff.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <sstream>
#include <vector>

using namespace duenotice;

namespace {

std::string diff(const std::string& before, const std::string& after) {
  return unified_diff(before, after, "a", "b");
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

/// What `patch` makes of `before`: it reads the places and the kept lines, and insists that they fit.
std::string patched(const std::string& before, const std::string& patch) {
  const auto old_lines = lines(before);
  const auto steps = lines(patch);
  std::string out;
  std::size_t at = 0;
  for (std::size_t i = 2; i < steps.size(); ++i) {
    const std::string& step = steps[i];
    if (step.starts_with("@@ -")) {
      const std::string range = step.substr(4, step.find(' ', 4) - 4);
      const std::size_t first = std::stoul(range);
      const std::size_t start = range.ends_with(",0") ? first : first - 1;
      REQUIRE(start >= at);
      while (at < start) out += old_lines.at(at++) + "\n";
    } else if (step.starts_with('+')) {
      out += step.substr(1) + "\n";
    } else {
      REQUIRE(old_lines.at(at++) == step.substr(1));
      if (step.starts_with(' ')) out += step.substr(1) + "\n";
    }
  }
  while (at < old_lines.size()) out += old_lines[at++] + "\n";
  return out;
}

std::size_t longest_common(const std::vector<std::string>& a, const std::vector<std::string>& b,
                           std::size_t i, std::size_t j) {
  if (i == a.size() || j == b.size()) return 0;
  if (a[i] == b[j]) return 1 + longest_common(a, b, i + 1, j + 1);
  return std::max(longest_common(a, b, i + 1, j), longest_common(a, b, i, j + 1));
}

std::string random_text(std::mt19937& random, std::size_t most, unsigned words) {
  std::string text;
  for (std::size_t left = random() % (most + 1); left > 0; --left) {
    text += std::string(1, static_cast<char>('a' + random() % words)) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("texts that are the same have no difference") {
  CHECK(diff("", "").empty());
  CHECK(diff("a\nb\n", "a\nb\n").empty());
}

TEST_CASE("a difference is written as diff -u writes it") {
  CHECK(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n") ==
        "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  CHECK(diff("", "new\n") == "--- a\n+++ b\n@@ -0,0 +1 @@\n+new\n");
  CHECK(diff("old\n", "") == "--- a\n+++ b\n@@ -1 +0,0 @@\n-old\n");
  CHECK(diff("a\n", "a\nb\n") == "--- a\n+++ b\n@@ -1 +1,2 @@\n a\n+b\n");
  CHECK(diff("a\nb", "a\nb\n") ==
        "--- a\n+++ b\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

TEST_CASE("changes whose contexts touch are one hunk, others are two") {
  const auto numbered = [](int lines, std::vector<int> changed) {
    std::string text;
    for (int i = 1; i <= lines; ++i) {
      const bool other = std::find(changed.begin(), changed.end(), i) != changed.end();
      text += (other ? "x" : "") + std::to_string(i) + "\n";
    }
    return text;
  };
  const auto hunks = [&](std::vector<int> changed) {
    const std::string out = diff(numbered(30, {}), numbered(30, std::move(changed)));
    std::size_t count = 0;
    for (std::size_t at = out.find("@@ -"); at != std::string::npos; at = out.find("@@ -", at + 1)) ++count;
    return count;
  };
  CHECK(hunks({10, 17}) == 1);  // six lines between them
  CHECK(hunks({10, 18}) == 2);
  CHECK(hunks({1, 10, 30}) == 3);
}

TEST_CASE("a difference makes the one text of the other, with as few lines as possible") {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const std::string before = random_text(random, 9, 3);
    const std::string after = random_text(random, 9, 3);
    const std::string out = diff(before, after);
    INFO("from\n" << before << "to\n" << after << "by\n" << out);
    REQUIRE(patched(before, out) == after);
    if (out.empty()) continue;
    const auto steps = lines(out);
    const auto changed = static_cast<std::size_t>(std::count_if(
        steps.begin() + 2, steps.end(), [](const auto& s) { return s[0] == '+' || s[0] == '-'; }));
    const auto a = lines(before);
    const auto b = lines(after);
    REQUIRE(changed == a.size() + b.size() - 2 * longest_common(a, b, 0, 0));
  }
  for (int round = 0; round < 50; ++round) {
    const std::string before = random_text(random, 200, 20);
    const std::string after = random_text(random, 200, 20);
    REQUIRE(patched(before, diff(before, after)) == after);
  }
}

TEST_CASE("texts too long to compare are one replacement, and still right") {
  std::string before, after;
  for (int i = 0; i < 3000; ++i) {
    before += "old " + std::to_string(i) + "\nsame\n";
    after += "new " + std::to_string(i) + "\nsame\n";
  }
  const std::string out = diff(before, after);
  CHECK(patched(before, out) == after);
  CHECK(lines(out).size() == 3 + 2 * 5999 + 1);  // the last line is common to both and kept
}
