#include "gateway/app/table.hpp"

#include <algorithm>

#include "gateway/base/assert.hpp"
#include "gateway/base/utf8.hpp"

namespace duenotice::app {

void Table::add(std::vector<Cell> row) {
  DN_ASSERT(row.size() == headings_.size());
  for (Cell& cell : row) cell.text = visible(cell.text);
  rows_.push_back(std::move(row));
}

void Table::print(const Terminal& terminal) const {
  std::vector<Cell> heading;
  for (const std::string& word : headings_)
    heading.emplace_back(std::string(terminal.say(word)), Tone::faint);
  std::vector<std::size_t> widths;
  for (std::size_t column = 0; column < heading.size(); ++column) {
    widths.push_back(display_width(heading[column].text));
    for (const auto& row : rows_) widths.back() = std::max(widths.back(), display_width(row[column].text));
  }
  const auto print_row = [&](const std::vector<Cell>& row) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      terminal.out << terminal.paint(row[column].text, row[column].tone);
      if (column + 1 < row.size()) terminal.out << padding(row[column].text, widths[column]) << "  ";
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
