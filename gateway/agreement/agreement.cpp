#include "gateway/agreement/agreement.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace duenotice {

std::string_view to_text(DeemedRule rule) {
  switch (rule) {
    case DeemedRule::agreement_date_of_sending:
      return "agreement-date-of-sending";
    case DeemedRule::entry_into_system:
      return "entry-into-system";
  }
  return {};
}

std::optional<DeemedRule> parse_deemed_rule(std::string_view text) {
  for (const DeemedRule rule : {DeemedRule::agreement_date_of_sending, DeemedRule::entry_into_system}) {
    if (text == to_text(rule)) return rule;
  }
  return std::nullopt;
}

std::string_view to_text(VariableType type) {
  switch (type) {
    case VariableType::string:
      return "string";
    case VariableType::date:
      return "date";
    case VariableType::money:
      return "money";
    case VariableType::url:
      return "url";
    case VariableType::integer:
      return "integer";
    case VariableType::choice:
      return "choice";
  }
  return {};
}

std::optional<VariableType> parse_variable_type(std::string_view text) {
  for (const VariableType type : {VariableType::string, VariableType::date, VariableType::money,
                                  VariableType::url, VariableType::integer, VariableType::choice}) {
    if (text == to_text(type)) return type;
  }
  return std::nullopt;
}

std::string_view to_text(DateRule::Bound bound) {
  switch (bound) {
    case DateRule::Bound::not_before:
      return "not_before";
    case DateRule::Bound::not_after:
      return "not_after";
    case DateRule::Bound::before:
      return "before";
  }
  return {};
}

std::optional<std::string> Agreement::language_for(std::string_view locale) const {
  if (languages.empty()) return std::nullopt;
  if (locale.empty()) return languages.front();
  const auto speaks = [&](std::string_view wanted) {
    return std::find(languages.begin(), languages.end(), wanted) != languages.end();
  };
  if (speaks(locale)) return std::string(locale);
  const std::string_view first_part = locale.substr(0, locale.find('-'));
  if (speaks(first_part)) return std::string(first_part);
  return std::nullopt;
}

AgreementSet::AgreementSet(std::vector<Agreement> agreements, RestDays rest_days)
    : agreements_(std::move(agreements)), rest_days_(std::move(rest_days)) {
  std::stable_sort(agreements_.begin(), agreements_.end(), [](const Agreement& a, const Agreement& b) {
    return std::tie(a.id, a.in_force_from) < std::tie(b.id, b.in_force_from);
  });
}

bool AgreementSet::knows(std::string_view id) const {
  return std::any_of(agreements_.begin(), agreements_.end(),
                     [&](const Agreement& one) { return one.id == id; });
}

const Agreement* AgreementSet::version(std::string_view id, std::string_view version) const {
  for (const Agreement& one : agreements_) {
    if (one.id == id && one.version == version) return &one;
  }
  return nullptr;
}

const Agreement* AgreementSet::in_force(std::string_view id, Instant instant) const {
  const Agreement* latest = nullptr;
  for (const Agreement& one : agreements_) {
    if (one.id == id && one.in_force_from <= one.time_zone.date_of(instant)) latest = &one;
  }
  return latest;
}

}  // namespace duenotice
