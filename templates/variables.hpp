#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/agreement/agreement.hpp"
#include "gateway/base/json.hpp"
#include "gateway/notice/rejection.hpp"

/// The variables of a text: those that a request brings, typed by its kind, and the few that duenotice fills
/// itself.

namespace duenotice::templates {

/// What a text may say without declaring it; `sms_signature` only at the head of an SMS.
inline constexpr std::array<std::string_view, 12> built_in_variables{
    "recipient_name",  "account_id",        "effective_date",
    "agreement_title", "agreement_version", "clause",
    "notice_clause",   "provider",          "user",
    "contact",         "reference",         "sms_signature"};
bool is_built_in(std::string_view name);

/// The two of them that a request may leave out; a text puts them into a section of their own name.
bool is_optional_built_in(std::string_view name);

/// Whether `name` can be a variable: a lower-case letter, then lower-case letters, digits and `_`.
bool is_variable_name(std::string_view name);

/// What is wrong with a value of this type, as the rest of a sentence that starts with the variable's name;
/// empty when nothing is.
///   string   text with something visible in it and no control characters but line ends and tabs
///   date     "2026-03-31", a day that exists
///   money    {"amount": "1234.50", "currency": "CNY"}, no more decimals than the currency has (ISO 4217)
///   url      an absolute http or https address in the characters of RFC 3986, without user information
///   integer  a whole number of 64 bits
///   choice   one of the words of `choice`, which is only looked at for this type
std::optional<std::string> value_fault(VariableType type, const Json& value, const Choice& choice = {});

/// The value of a variable of the kind as a reader of `language` writes it. The value must be without fault.
std::string value_in_words(const Kind& kind, std::string_view name, const Json& value,
                           std::string_view language, const TimeZone& zone);

/// Whether the variables are those of the kind. Looks for missing ones first, then for unknown ones, then at
/// the types; the pointer is `/variables` or `/variables/NAME`.
std::optional<Rejection> variables_fault(const Kind& kind, const Json& variables);

}  // namespace duenotice::templates
