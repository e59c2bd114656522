#include "templates/variables.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/base/utf8.hpp"
#include "templates/wording.hpp"

namespace duenotice::templates {
namespace {

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::string> string_fault(const Json& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return "must be a string";
  const auto is_control = [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\n' && c != '\r' && c != '\t') || u == 0x7f;
  };
  if (std::ranges::any_of(*text, is_control)) return "must not hold control characters";
  if (!has_visible(*text)) return "must not be blank";
  return std::nullopt;
}

std::optional<std::string> date_fault(const Json& value) {
  const std::string* text = value.as_string();
  if (text != nullptr && parse_date(*text)) return std::nullopt;
  return "must be a date such as \"2026-03-31\"";
}

/// At most 15 digits before the point, without leading zeros, and 1 to `decimals` behind it.
bool is_amount(std::string_view text, std::size_t decimals) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  if (whole.empty() || whole.size() > 15 || !std::ranges::all_of(whole, is_digit)) return false;
  if (whole.size() > 1 && whole.front() == '0') return false;
  if (point == text.size()) return true;
  const std::string_view fraction = text.substr(point + 1);
  return !fraction.empty() && fraction.size() <= decimals && std::ranges::all_of(fraction, is_digit);
}

std::optional<std::string> money_fault(const Json& value) {
  const Json::Object* members = value.as_object();
  const Json* amount = value.find("amount");
  const Json* currency = value.find("currency");
  if (members == nullptr || members->size() != 2 || amount == nullptr || currency == nullptr) {
    return "must be an object such as {\"amount\": \"1234.50\", \"currency\": \"CNY\"}";
  }
  const std::string* code = currency->as_string();
  if (code == nullptr || code->size() != 3 || !std::ranges::all_of(*code, is_upper)) {
    return "must have a 'currency' of three capital letters (ISO 4217), such as \"CNY\"";
  }
  const std::string* digits = amount->as_string();
  const std::size_t decimals = currency_decimals(*code);
  if (digits != nullptr && is_amount(*digits, decimals)) return std::nullopt;
  return "must have an 'amount' that is a string of digits" +
         (decimals == 0 ? std::string(" without decimals")
                        : " with at most " + std::to_string(decimals) + " decimals") +
         ", no sign, no separators and no leading zeros";
}

bool is_url_character(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c) ||
         std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
}

std::optional<std::string> url_fault(const Json& value) {
  const std::string* text = value.as_string();
  if (text == nullptr) return "must be a string that is an http or https address";
  std::string_view rest = *text;
  if (rest.size() > limits::url_bytes) {
    return "must be an address of at most " + std::to_string(limits::url_bytes) + " characters";
  }
  if (rest.starts_with("https://")) {
    rest.remove_prefix(8);
  } else if (rest.starts_with("http://")) {
    rest.remove_prefix(7);
  } else {
    return "must be an address that starts with https:// or http://";
  }
  if (!std::ranges::all_of(rest, is_url_character)) {
    return "must hold only the characters of an address (RFC 3986); others have to be percent-encoded";
  }
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  // What stands before an '@' looks like the host to a person, and is not.
  if (authority.empty() || authority.front() == ':' || authority.find('@') != std::string_view::npos) {
    return "must be an address with a host name and without a user name";
  }
  return std::nullopt;
}

std::optional<std::string> choice_fault(const Json& value, const Choice& choice) {
  const std::string* word = value.as_string();
  if (word != nullptr && choice.contains(*word)) return std::nullopt;
  std::string words;
  for (const auto& [each, by_language] : choice) words += (words.empty() ? "\"" : ", \"") + each + "\"";
  return "must be one of " + words;
}

const Choice& choice_of(const Kind& kind, std::string_view name) {
  static const Choice none;
  const auto found = kind.choices.find(name);
  return found == kind.choices.end() ? none : found->second;
}

Rejection rejection(RejectionCode code, std::string_view name, std::string message) {
  return {code, "/variables/" + json_pointer_token(name), std::move(message)};
}

}  // namespace

bool is_built_in(std::string_view name) {
  return std::ranges::find(built_in_variables, name) != built_in_variables.end();
}

bool is_optional_built_in(std::string_view name) { return name == "effective_date" || name == "reference"; }

bool is_variable_name(std::string_view name) {
  return !name.empty() && is_lower(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

std::optional<std::string> value_fault(VariableType type, const Json& value, const Choice& choice) {
  switch (type) {
    case VariableType::string:
      return string_fault(value);
    case VariableType::date:
      return date_fault(value);
    case VariableType::money:
      return money_fault(value);
    case VariableType::url:
      return url_fault(value);
    case VariableType::integer:
      if (value.as_integer() != nullptr) return std::nullopt;
      return "must be a whole number";
    case VariableType::choice:
      return choice_fault(value, choice);
  }
  DN_ASSERT(false);
}

std::string value_in_words(const Kind& kind, std::string_view name, const Json& value,
                           std::string_view language, const TimeZone& zone) {
  const VariableType type = kind.variables.find(name)->second;
  const Choice& choice = choice_of(kind, name);
  DN_ASSERT(!value_fault(type, value, choice));
  switch (type) {
    case VariableType::string:
    case VariableType::url:
      return *value.as_string();
    case VariableType::date:
      return date_in_words(*parse_date(*value.as_string()), language, zone);
    case VariableType::money:
      return money_in_words(*value.find("amount")->as_string(), *value.find("currency")->as_string(),
                            language);
    case VariableType::integer:
      return grouped(*value.as_integer());
    case VariableType::choice:
      return choice.find(*value.as_string())->second.find(language)->second;
  }
  DN_ASSERT(false);
}

std::optional<Rejection> variables_fault(const Kind& kind, const Json& variables) {
  const Json::Object* given = variables.as_object();
  if (given == nullptr) {
    return Rejection{RejectionCode::wrong_type, "/variables", "'variables' must be an object."};
  }
  for (const auto& [name, type] : kind.variables) {
    if (given->contains(name)) continue;
    return rejection(RejectionCode::missing_variable, name,
                     "The kind '" + kind.name + "' needs the variable '" + name + "' (" +
                         std::string(to_text(type)) + ").");
  }
  for (const auto& [name, value] : *given) {
    if (kind.variables.contains(name)) continue;
    return rejection(RejectionCode::unknown_variable, name,
                     "The kind '" + kind.name + "' has no variable of this name; remove it.");
  }
  for (const auto& [name, type] : kind.variables) {
    if (const auto fault = value_fault(type, given->find(name)->second, choice_of(kind, name))) {
      // A text that says nothing, and a word that is no choice, have the right type.
      const bool is_text = type == VariableType::string || type == VariableType::choice;
      const bool typed = is_text && given->find(name)->second.as_string() != nullptr;
      return rejection(typed ? RejectionCode::invalid_value : RejectionCode::wrong_type, name,
                       "The variable '" + name + "' " + *fault + ".");
    }
  }
  return std::nullopt;
}

}  // namespace duenotice::templates
