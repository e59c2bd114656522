#include "gateway/app/table.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::app {

namespace {

constexpr std::string_view gap = "  ";
/// A column that gives way keeps so many cells: enough to tell names apart.
constexpr std::size_t least_width = 8;

}  // namespace

void Table::add(std::vector<Cell> row) {
  DN_ASSERT(row.size() == headings_.size());
  for (Cell& cell : row) cell.text = visible(cell.text);
  rows_.push_back(std::move(row));
}

void Table::give_way(std::vector<std::string> least_important_first) {
  for (const std::string& heading : least_important_first) {
    const auto found = std::find(headings_.begin(), headings_.end(), heading);
    DN_ASSERT(found != headings_.end());
    give_way_.push_back(static_cast<std::size_t>(found - headings_.begin()));
  }
}

Table::Widths Table::natural_widths(const Terminal& terminal) const {
  Widths widths;
  for (std::size_t column = 0; column < headings_.size(); ++column) {
    widths.push_back(display_width(terminal.say(headings_[column])));
    for (const auto& row : rows_) widths.back() = std::max(widths.back(), display_width(row[column].text));
  }
  return widths;
}

Table::Widths Table::fitting_widths(const Terminal& terminal) const {
  Widths widths = natural_widths(terminal);
  const auto excess = [&] {
    std::size_t total = 0;
    for (const std::size_t width : widths) total += width == 0 ? 0 : width + (total == 0 ? 0 : gap.size());
    return total > terminal.out_width ? total - terminal.out_width : 0;
  };
  if (terminal.out_width == 0) return widths;
  for (const std::size_t column : give_way_) {
    std::size_t& width = widths[column];
    const std::size_t spare = width > least_width ? width - least_width : 0;
    if (excess() <= spare) {
      width -= excess();
      break;
    }
    width = 0;
  }
  return widths;
}

void Table::print(const Terminal& terminal) const {
  std::vector<Cell> heading;
  for (const std::string& word : headings_)
    heading.emplace_back(std::string(terminal.say(word)), Tone::faint);
  const Widths widths = fitting_widths(terminal);
  const auto last = static_cast<std::size_t>(
      std::find_if(widths.rbegin(), widths.rend(), [](std::size_t width) { return width > 0; }).base() -
      widths.begin() - 1);
  const auto print_row = [&](const std::vector<Cell>& row) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      if (widths[column] == 0) continue;
      const std::string text = shortened(row[column].text, widths[column]);
      terminal.out << terminal.paint(text, row[column].tone);
      if (column != last) terminal.out << padding(text, widths[column]) << gap;
    }
    terminal.out << "\n";
  };
  print_row(heading);
  for (const auto& row : rows_) print_row(row);
}

std::string padding(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ');
}

}  // namespace duenotice::app
