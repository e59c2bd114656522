#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "gateway/app/terminal.hpp"

namespace duenotice::app {

struct Cell {
  std::string text;
  Tone tone = Tone::plain;

  Cell(std::string text_, Tone tone_ = Tone::plain) : text(std::move(text_)), tone(tone_) {}
  Cell(const char* text_) : text(text_) {}
};

/// Aligned columns, two spaces between them, as wide as their widest cell on a terminal (East Asian
/// characters take two cells). Cells are made visible; the last column is not padded.
class Table {
 public:
  /// Headings are phrases; they are translated.
  explicit Table(std::vector<std::string> headings) : headings_(std::move(headings)) {}
  /// Where the terminal is too narrow these columns give way, the least important first: a column is
  /// shortened to a few cells, and where that is not enough it is left out and the next one gives way.
  /// Without it a table is as wide as it is.
  void give_way(std::vector<std::string> least_important_first);
  void add(std::vector<Cell> row);
  void print(const Terminal& terminal) const;

 private:
  using Widths = std::vector<std::size_t>;
  Widths natural_widths(const Terminal& terminal) const;
  /// Widths that fit the terminal; a column that is left out has none.
  Widths fitting_widths(const Terminal& terminal) const;

  std::vector<std::string> headings_;
  std::vector<std::size_t> give_way_;  ///< columns, the least important first
  std::vector<std::vector<Cell>> rows_;
};

/// Spaces that fill `text` up to `width` cells.
std::string padding(std::string_view text, std::size_t width);

}  // namespace duenotice::app
