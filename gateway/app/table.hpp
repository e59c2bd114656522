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
  void add(std::vector<Cell> row);
  void print(const Terminal& terminal) const;

 private:
  std::vector<std::string> headings_;
  std::vector<std::vector<Cell>> rows_;
};

/// Spaces that fill `text` up to `width` cells.
std::string padding(std::string_view text, std::size_t width);

}  // namespace duenotice::app
