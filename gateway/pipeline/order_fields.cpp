#include "gateway/pipeline/order_fields.hpp"

#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice {

void OrderFields::wrong(std::string_view member, std::string_view what) {
  if (!mistake_) mistake_ = Error{ErrorKind::invalid, "'" + std::string(member) + "' " + std::string(what)};
}

std::string OrderFields::text(std::string_view member) {
  std::string value = optional_text(member);
  if (value.find_first_not_of(" \t\r\n") == std::string::npos)
    wrong(member, "must be given and not be blank");
  return value;
}

std::string OrderFields::optional_text(std::string_view member) {
  const Json* value = order_.find(member);
  if (value == nullptr || value->is_null()) return {};
  if (value->as_string() == nullptr) {
    wrong(member, "must be a text");
    return {};
  }
  if (value->as_string()->size() > limits::order_text_bytes)
    wrong(member, "is too long; at most " + std::to_string(limits::order_text_bytes) + " bytes");
  return *value->as_string();
}

std::optional<Channel> OrderFields::channel(std::string_view member) {
  const std::string word = optional_text(member);
  if (word.empty()) return std::nullopt;
  const auto channel = parse_channel(word);
  if (!channel) wrong(member, "is no channel; use email, in_site or sms");
  return channel;
}

std::optional<Instant> OrderFields::instant(std::string_view member) {
  const std::string word = optional_text(member);
  if (word.empty()) return std::nullopt;
  const auto instant = parse_instant(word);
  if (!instant) wrong(member, "is no instant such as 2026-07-01T09:00:00Z");
  return instant;
}

std::optional<CalendarDate> OrderFields::date(std::string_view member) {
  const std::string word = optional_text(member);
  if (word.empty()) return std::nullopt;
  const auto date = parse_date(word);
  if (!date) wrong(member, "is no date such as 2026-07-01");
  return date;
}

std::optional<std::string> OrderFields::bytes(std::string_view member) {
  const Json* value = order_.find(member);
  if (value == nullptr || value->is_null()) return std::nullopt;
  std::string text;
  for (const Json& piece : value->as_array() != nullptr ? *value->as_array() : Json::Array{*value}) {
    if (piece.as_string() == nullptr) wrong(member, "must be base64");
    if (piece.as_string() != nullptr) text += *piece.as_string();
  }
  auto decoded = from_base64(text);
  if (!decoded) wrong(member, "is not base64");
  return decoded;
}

int OrderFields::number(std::string_view member, int most) {
  const Json* value = order_.find(member);
  if (value == nullptr || value->is_null()) return 0;
  const std::int64_t* number = value->as_integer();
  if (number == nullptr || *number < 0 || *number > most) {
    wrong(member, "must be a number from 0 to " + std::to_string(most));
    return 0;
  }
  return static_cast<int>(*number);
}

bool OrderFields::flag(std::string_view member) {
  const Json* value = order_.find(member);
  if (value == nullptr || value->is_null()) return false;
  if (value->as_bool() == nullptr) wrong(member, "must be true or false");
  return value->as_bool() != nullptr && *value->as_bool();
}

}  // namespace duenotice
