#include "gateway/base/line_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "gateway/base/limits.hpp"

namespace duenotice {
namespace {

constexpr std::size_t context = 3;

using Lines = std::vector<std::string_view>;

/// With their ends, so that a missing last one is a difference.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// One line of the way from the old text to the new one, with the number of lines of each that stand before
/// it.
struct Step {
  char mark = ' ';  ///< kept, '-' or '+'
  std::string_view line;
  std::size_t before = 0;
  std::size_t after = 0;
};

/// Lengths of the longest common subsequences of all ends of two texts.
class CommonEnds {
 public:
  CommonEnds(const Lines& a, const Lines& b) : width_(b.size() + 1), cells_((a.size() + 1) * width_, 0) {
    for (std::size_t i = a.size(); i-- > 0;) {
      for (std::size_t j = b.size(); j-- > 0;) {
        cells_[i * width_ + j] = a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  std::uint32_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j]; }

 private:
  std::size_t width_;
  std::vector<std::uint32_t> cells_;
};

class Walk {
 public:
  Walk(std::string_view before, std::string_view after) {
    Lines a = lines_of(before);
    Lines b = lines_of(after);
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) keep(a[head++]);
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
      ++tail;
    const auto cut = [&](const Lines& lines, std::size_t from, std::size_t to) {
      return Lines(lines.begin() + static_cast<std::ptrdiff_t>(from),
                   lines.begin() + static_cast<std::ptrdiff_t>(to));
    };
    middle(cut(a, head, a.size() - tail), cut(b, head, b.size() - tail));
    for (std::size_t i = a.size() - tail; i < a.size(); ++i) keep(a[i]);
  }

  const std::vector<Step>& steps() const { return steps_; }

 private:
  void middle(const Lines& a, const Lines& b) {
    std::size_t i = 0, j = 0;
    if (a.size() * b.size() <= limits::line_diff_cells) {
      const CommonEnds common(a, b);
      while (i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
          keep(a[i]);
          ++i, ++j;
        } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
          remove(a[i++]);
        } else {
          add(b[j++]);
        }
      }
    }
    while (i < a.size()) remove(a[i++]);
    while (j < b.size()) add(b[j++]);
  }

  void keep(std::string_view line) { steps_.push_back({' ', line, before_++, after_++}); }
  void remove(std::string_view line) { steps_.push_back({'-', line, before_++, after_}); }
  void add(std::string_view line) { steps_.push_back({'+', line, before_, after_++}); }

  std::vector<Step> steps_;
  std::size_t before_ = 0;
  std::size_t after_ = 0;
};

/// `12,3`; a range without lines names the line before it.
std::string range(std::size_t lines_before, std::size_t count) {
  const std::string first = std::to_string(count == 0 ? lines_before : lines_before + 1);
  return count == 1 ? first : first + "," + std::to_string(count);
}

std::string hunk(const std::vector<Step>& steps, std::size_t from, std::size_t to) {
  std::string body;
  std::size_t before = 0, after = 0;
  for (std::size_t i = from; i < to; ++i) {
    if (steps[i].mark != '+') ++before;
    if (steps[i].mark != '-') ++after;
    body += steps[i].mark;
    body += steps[i].line;
    if (!steps[i].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }
  return "@@ -" + range(steps[from].before, before) + " +" + range(steps[from].after, after) + " @@\n" + body;
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view before_name,
                         std::string_view after_name) {
  if (before == after) return {};
  std::string out = "--- " + std::string(before_name) + "\n+++ " + std::string(after_name) + "\n";
  const Walk walk(before, after);
  const auto& steps = walk.steps();
  const auto changes = [](const Step& step) { return step.mark != ' '; };
  for (auto next = std::find_if(steps.begin(), steps.end(), changes); next != steps.end();) {
    const auto at = static_cast<std::size_t>(next - steps.begin());
    // A hunk goes on while the next change is so near that their contexts touch.
    std::size_t end = at + 1;
    for (std::size_t i = end; i < steps.size() && i <= end + 2 * context; ++i) {
      if (changes(steps[i])) end = i + 1;
    }
    out += hunk(steps, at - std::min(at, context), std::min(steps.size(), end + context));
    next = std::find_if(steps.begin() + static_cast<std::ptrdiff_t>(end), steps.end(), changes);
  }
  return out;
}

}  // namespace duenotice
