#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace duenotice {

/// A mistake in files that people write. `line` 0: there is no line to look at, as with a folder or a file
/// that is missing or cannot be read.
struct Mistake {
  std::filesystem::path file;
  int line = 0;
  std::string message;
};

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

}  // namespace duenotice
