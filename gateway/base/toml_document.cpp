#include "gateway/base/toml_document.hpp"

#include <toml++/toml.h>

namespace duenotice {
namespace {

TomlNode converted(const toml::node& node);

TomlNode::Table members(const toml::table& table) {
  TomlNode::Table out;
  for (const auto& [key, node] : table) {
    TomlNode member = converted(node);
    member.key_line = static_cast<int>(key.source().begin.line);
    out.emplace(key.str(), std::move(member));
  }
  return out;
}

CalendarDate day_of(const toml::date& date) {
  return CalendarDate(std::chrono::year_month_day(
      std::chrono::year(date.year), std::chrono::month(date.month), std::chrono::day(date.day)));
}

TomlNode converted(const toml::node& node) {
  TomlNode out;
  out.line = static_cast<int>(node.source().begin.line);
  out.key_line = out.line;
  switch (node.type()) {
    case toml::node_type::table:
      out.value = members(*node.as_table());
      break;
    case toml::node_type::array: {
      TomlNode::List list;
      for (const toml::node& element : *node.as_array()) list.push_back(converted(element));
      out.value = std::move(list);
      break;
    }
    case toml::node_type::string:
      out.value = node.as_string()->get();
      break;
    case toml::node_type::integer:
      out.value = node.as_integer()->get();
      break;
    case toml::node_type::boolean:
      out.value = node.as_boolean()->get();
      break;
    case toml::node_type::date:
      out.value = day_of(node.as_date()->get());
      break;
    case toml::node_type::floating_point:
      out.value = TomlNode::Other{"a fraction"};
      break;
    case toml::node_type::time:
      out.value = TomlNode::Other{"a time"};
      break;
    case toml::node_type::date_time:
      out.value = TomlNode::Other{"a date with a time"};
      break;
    case toml::node_type::none:
      out.value = TomlNode::Other{"nothing"};
      break;
  }
  return out;
}

struct TypeInWords {
  std::string_view operator()(const TomlNode::Table&) const { return "a table"; }
  std::string_view operator()(const TomlNode::List&) const { return "a list"; }
  std::string_view operator()(const std::string&) const { return "text"; }
  std::string_view operator()(std::int64_t) const { return "a whole number"; }
  std::string_view operator()(bool) const { return "true or false"; }
  std::string_view operator()(CalendarDate) const { return "a date"; }
  std::string_view operator()(TomlNode::Other other) const { return other.type; }
};

}  // namespace

std::string_view TomlNode::type() const { return std::visit(TypeInWords{}, value); }

Result<TomlNode, TomlFault> parse_toml(std::string_view content) {
  try {
    return converted(toml::parse(content));
  } catch (const toml::parse_error& error) {
    return TomlFault{static_cast<int>(error.source().begin.line), std::string(error.description())};
  }
}

}  // namespace duenotice
