#pragma once
#include <string>
#include <vector>

#include "templates/renderer.hpp"

namespace duenotice::templates {

/// Collects the mistakes of one file while it is read. Reading goes on after each, so that an author sees all
/// of them at once.
class Findings {
 public:
  explicit Findings(std::filesystem::path file) : file_(std::move(file)) {}

  /// `line` counts from 1; 0: there is no line to look at.
  void add(int line, std::string message) { mistakes_.push_back({file_, line, std::move(message)}); }

  const std::filesystem::path& file() const { return file_; }
  bool none() const { return mistakes_.empty(); }
  std::size_t count() const { return mistakes_.size(); }
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::filesystem::path file_;
  std::vector<Mistake> mistakes_;
};

}  // namespace duenotice::templates
