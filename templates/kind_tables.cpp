#include "templates/kind_tables.hpp"

#include "gateway/agreement/date_rules.hpp"
#include "templates/variables.hpp"

namespace duenotice::templates {
namespace {

using Bound = DateRule::Bound;

bool is_date_of(const Kind& kind, const std::string& name) {
  if (name == "effective_date") return true;
  const auto variable = kind.variables.find(name);
  return variable != kind.variables.end() && variable->second == VariableType::date;
}

/// One text, or a list of them.
std::vector<std::pair<std::string, const TomlNode*>> one_or_more(TableReader& reader, std::string_view key) {
  const TomlNode* node = reader.find(key);
  if (node == nullptr) return {};
  if (node->as<std::string>() != nullptr) return {{reader.text(key), node}};
  return reader.texts(key, true);
}

}  // namespace

void read_dates(TableReader& reader, Kind& kind, Findings& findings) {
  const TomlNode* table = reader.table("dates", false);
  if (table == nullptr) return;
  const std::string where = "[kind." + kind.name + ".dates]";
  TableReader dates(*table, where, findings);
  for (const auto& [name, node] : std::get<TomlNode::Table>(table->value)) {
    const TomlNode* rules = dates.table(name, true);
    if (rules == nullptr) continue;
    if (!is_date_of(kind, name)) {
      dates.fault(name, node, "is neither effective_date nor a variable of type date");
    }
    TableReader bounds(*rules, "'" + name + "' of " + where, findings);
    for (const Bound bound : {Bound::not_before, Bound::not_after, Bound::before}) {
      for (const auto& [other, at] : one_or_more(bounds, to_text(bound))) {
        const int months = months_before_sending(other).value_or(0);
        if (months > 0 && bound != Bound::not_after) {
          bounds.fault(to_text(bound), *at, "cannot count months back; only not_after can");
        }
        if (other == name || (!months_before_sending(other) && !is_date_of(kind, other))) {
          bounds.fault(to_text(bound), *at,
                       "names '" + other + "'; use sending, effective_date or another variable of type date");
        }
        kind.dates.push_back({name, bound, other});
      }
    }
    bounds.refuse_unknown_keys();
  }
}

void read_choices(TableReader& reader, Kind& kind, const std::vector<std::string>& languages,
                  Findings& findings) {
  const TomlNode* table = reader.table("choices", false);
  const TomlNode empty{.line = reader.line("variables"), .key_line = 0, .value = TomlNode::Table{}};
  const std::string where = "[kind." + kind.name + ".choices";
  TableReader choices(table == nullptr ? empty : *table, where + "]", findings);
  for (const auto& [variable, type] : kind.variables) {
    if (type != VariableType::choice) continue;
    const TomlNode* words = choices.table(variable, true);
    if (words == nullptr) continue;
    TableReader each(*words, where + "." + variable + "]", findings);
    for (const auto& [word, node] : std::get<TomlNode::Table>(words->value)) {
      const TomlNode* entry = each.table(word, true);
      if (entry == nullptr) continue;
      if (!is_variable_name(word)) {
        each.fault(word, node, "must be a lower-case letter, then lower-case letters, digits and '_'");
      }
      TableReader by_language(*entry, "'" + word + "' of " + where + "." + variable + "]", findings);
      for (const std::string& language : languages) {
        kind.choices[variable][word][language] = by_language.text(language);
      }
      by_language.refuse_unknown_keys();
    }
    if (kind.choices[variable].empty()) choices.fault(variable, *words, "must not be empty");
  }
  choices.refuse_unknown_keys();
}

}  // namespace duenotice::templates
