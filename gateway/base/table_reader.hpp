#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/base/findings.hpp"
#include "gateway/base/toml_document.hpp"

namespace duenotice {

/// The file's own table. Empty after a finding: what is not UTF-8, or no TOML.
std::optional<TomlNode> read_toml(std::string_view content, Findings& findings);

/// Reads the keys of one TOML table into findings and values. It knows which keys were asked for: the others
/// are unknown keys. The table and the findings must outlive it.
class TableReader {
 public:
  /// `where` is the table's header as it stands in the file, empty for the top.
  TableReader(const TomlNode& table, std::string where, Findings& findings);

  /// The line of a key's value; the table's own when it is not there.
  int line(std::string_view key) const;
  /// The value of a key; null when it is not there.
  const TomlNode* find(std::string_view key);
  /// The same, and not being there is a finding.
  const TomlNode* need(std::string_view key);

  /// Text that is not blank. Empty after a finding.
  std::string text(std::string_view key);
  std::optional<std::string> optional_text(std::string_view key);
  std::optional<int> optional_integer(std::string_view key, int least, int most);
  bool flag(std::string_view key);
  /// A list of distinct texts, each with its node. A needed one must not be empty.
  std::vector<std::pair<std::string, const TomlNode*>> texts(std::string_view key, bool needed);
  const TomlNode* table(std::string_view key, bool needed);

  /// A finding: the key's name, this table's, then `what`.
  void fault(std::string_view key, const TomlNode& node, const std::string& what);
  void wrong_type(std::string_view key, const TomlNode& node, std::string_view wanted);
  void refuse_unknown_keys();

 private:
  std::string inside() const;
  std::string text_of(std::string_view key, const TomlNode& node);

  const TomlNode& node_;
  const TomlNode::Table& table_;
  std::string where_;
  Findings& findings_;
  std::set<std::string, std::less<>> known_;
};

}  // namespace duenotice
