#include "gateway/base/table_reader.hpp"

#include <algorithm>

#include "gateway/base/lines.hpp"

namespace duenotice {

std::optional<TomlNode> read_toml(std::string_view content, Findings& findings) {
  if (const int line = first_line_not_utf8(content); line > 0) {
    findings.add(line, "is not UTF-8");
    return std::nullopt;
  }
  auto root = parse_toml(content);
  if (root) return std::move(*root);
  findings.add(root.error().line, "is not TOML: " + root.error().message);
  return std::nullopt;
}

TableReader::TableReader(const TomlNode& table, std::string where, Findings& findings)
    : node_(table),
      table_(std::get<TomlNode::Table>(table.value)),
      where_(std::move(where)),
      findings_(findings) {}

int TableReader::line(std::string_view key) const {
  const auto found = table_.find(key);
  return found != table_.end() ? found->second.line : node_.line;
}

const TomlNode* TableReader::find(std::string_view key) {
  known_.emplace(key);
  const auto found = table_.find(key);
  return found != table_.end() ? &found->second : nullptr;
}

const TomlNode* TableReader::need(std::string_view key) {
  const TomlNode* node = find(key);
  if (node == nullptr) findings_.add(node_.line, "the key '" + std::string(key) + "' is missing" + inside());
  return node;
}

std::string TableReader::text(std::string_view key) {
  const TomlNode* node = need(key);
  return node != nullptr ? text_of(key, *node) : std::string();
}

std::optional<std::string> TableReader::optional_text(std::string_view key) {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  return text_of(key, *node);
}

std::optional<int> TableReader::optional_integer(std::string_view key, int least, int most) {
  const TomlNode* node = find(key);
  if (node == nullptr) return std::nullopt;
  const std::int64_t* value = node->as<std::int64_t>();
  if (value == nullptr) {
    wrong_type(key, *node, "a whole number");
    return std::nullopt;
  }
  if (*value < least || *value > most) {
    fault(key, *node, "must be from " + std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
  }
  return static_cast<int>(*value);
}

bool TableReader::flag(std::string_view key) {
  const TomlNode* node = find(key);
  if (node == nullptr) return false;
  if (const bool* value = node->as<bool>()) return *value;
  wrong_type(key, *node, "true or false");
  return false;
}

std::vector<std::pair<std::string, const TomlNode*>> TableReader::texts(std::string_view key, bool needed) {
  std::vector<std::pair<std::string, const TomlNode*>> out;
  const TomlNode* node = needed ? need(key) : find(key);
  if (node == nullptr) return out;
  const auto* list = node->as<TomlNode::List>();
  if (list == nullptr) {
    wrong_type(key, *node, "a list of texts");
    return out;
  }
  if (needed && list->empty()) fault(key, *node, "must not be empty");
  for (const TomlNode& element : *list) {
    const std::string* text = element.as<std::string>();
    if (text == nullptr) {
      wrong_type(key, element, "a list of texts");
    } else if (std::ranges::any_of(out, [&](const auto& each) { return each.first == *text; })) {
      fault(key, element, "names '" + *text + "' twice");
    } else {
      out.emplace_back(*text, &element);
    }
  }
  return out;
}

const TomlNode* TableReader::table(std::string_view key, bool needed) {
  const TomlNode* node = needed ? need(key) : find(key);
  if (node == nullptr || node->as<TomlNode::Table>() != nullptr) return node;
  wrong_type(key, *node, "a table");
  return nullptr;
}

void TableReader::fault(std::string_view key, const TomlNode& node, const std::string& what) {
  findings_.add(node.line, "'" + std::string(key) + "'" + inside() + " " + what);
}

void TableReader::wrong_type(std::string_view key, const TomlNode& node, std::string_view wanted) {
  fault(key, node, "must be " + std::string(wanted) + ", not " + std::string(node.type()));
}

void TableReader::refuse_unknown_keys() {
  for (const auto& [key, node] : table_) {
    if (!known_.contains(key)) findings_.add(node.key_line, "unknown key '" + key + "'" + inside());
  }
}

std::string TableReader::inside() const { return where_.empty() ? "" : " in " + where_; }

std::string TableReader::text_of(std::string_view key, const TomlNode& node) {
  const std::string* text = node.as<std::string>();
  if (text == nullptr) {
    wrong_type(key, node, "text");
    return {};
  }
  if (text->find_first_not_of(" \t\r\n") == std::string::npos) fault(key, node, "must not be blank");
  return *text;
}

}  // namespace duenotice
