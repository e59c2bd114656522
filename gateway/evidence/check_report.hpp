#pragma once
#include <string>
#include <string_view>
#include <vector>

/// What somebody who checks a document is told: every check on its own, never one flag.

namespace duenotice::evidence {

enum class CheckState {
  pass,
  fail,
  not_checked,  ///< nothing here to check it with; the sentence says what is missing
};
/// `pass`, `fail`, `not_checked`.
std::string_view to_text(CheckState state);

struct Check {
  std::string name;  ///< stable, for programs: `manifest_signature`
  CheckState state = CheckState::not_checked;
  /// One English sentence in which `{0}`, `{1}` … stand for the values.
  std::string sentence;
  std::vector<std::string> values{};
};

struct CheckReport {
  std::vector<Check> checks;

  /// Nothing failed. What was not checked is for the reader to weigh.
  bool good() const;
  void pass(std::string name, std::string sentence, std::vector<std::string> values = {});
  void fail(std::string name, std::string sentence, std::vector<std::string> values = {});
  void skip(std::string name, std::string sentence, std::vector<std::string> values = {});
};

}  // namespace duenotice::evidence
