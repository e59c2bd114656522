#include "gateway/notice/request_fields.hpp"

#include <algorithm>

#include "gateway/notice/field_reader.hpp"

namespace duenotice {
namespace {

/// Beyond this a double, and with it canonical JSON (RFC 8785, I-JSON), cannot hold every integer exactly.
constexpr std::int64_t exact_integer_most = (std::int64_t{1} << 53) - 1;

/// Whether variables have the types that a kind asks for is known only with the kind. Here: nothing that
/// could not be written again exactly, and nothing that could disturb a message.
std::optional<Rejection> fault_in_variable(const Json& value, const std::string& place) {
  if (value.as_fraction() != nullptr) {
    return Rejection{
        RejectionCode::wrong_type, place,
        "a number here must be an integer within plus or minus 9007199254740991; write it as a string"};
  }
  if (const std::int64_t* number = value.as_integer()) {
    if (*number > exact_integer_most || *number < -exact_integer_most) {
      return Rejection{RejectionCode::wrong_type, place,
                       "an integer here must be within plus or minus 9007199254740991; write it as a string"};
    }
  } else if (const std::string* text = value.as_string()) {
    if (!rules::text.accepts(*text)) {
      return Rejection{rules::text.code, place, "a variable must " + std::string(rules::text.demand)};
    }
  } else if (const Json::Array* elements = value.as_array()) {
    for (std::size_t i = 0; i < elements->size(); ++i) {
      if (auto fault = fault_in_variable((*elements)[i], place + "/" + std::to_string(i))) return fault;
    }
  } else if (const Json::Object* members = value.as_object()) {
    for (const auto& [key, member] : *members) {
      if (auto fault = fault_in_variable(member, place + "/" + json_pointer_token(key))) return fault;
    }
  }
  return std::nullopt;
}

Recipient read_recipient(FieldReader& request) {
  Recipient recipient;
  const Json* value = request.required("recipient");
  if (value == nullptr) return recipient;
  FieldReader fields(*value, request.place("recipient"), "the recipient");
  fields.only({"name", "locale", "email", "phone", "user_id"});
  recipient.name = fields.text("name", rules::name);
  recipient.locale = fields.optional_text("locale", rules::identifier).value_or("");
  recipient.email = fields.optional_text("email", rules::email);
  recipient.phone = fields.optional_text("phone", rules::phone);
  recipient.user_id = fields.optional_text("user_id", rules::identifier);
  if (fields.fault()) request.refuse(*fields.fault());
  return recipient;
}

Json read_variables(FieldReader& request) {
  const Json* value = request.optional("variables");
  if (value == nullptr) return Json::object();
  if (value->as_object() == nullptr) {
    request.refuse(RejectionCode::wrong_type, "variables", "the field variables must be a JSON object");
  } else if (auto fault = fault_in_variable(*value, request.place("variables"))) {
    request.refuse(std::move(*fault));
  }
  return *value;
}

std::optional<std::vector<Channel>> read_channels(FieldReader& request) {
  const Json* value = request.optional("channels");
  if (value == nullptr) return std::nullopt;
  const Json::Array* elements = value->as_array();
  if (elements == nullptr || elements->empty()) {
    request.refuse(elements == nullptr ? RejectionCode::wrong_type : RejectionCode::invalid_value, "channels",
                   "the field channels must be a list of at least one channel; leave it out to use all");
    return std::nullopt;
  }
  std::vector<Channel> channels;
  for (std::size_t i = 0; i < elements->size(); ++i) {
    const std::string place = request.place("channels") + "/" + std::to_string(i);
    const std::string* word = (*elements)[i].as_string();
    const auto channel = word != nullptr ? parse_channel(*word) : std::nullopt;
    if (word == nullptr) {
      request.refuse({RejectionCode::wrong_type, place, "a channel must be a string"});
    } else if (!channel) {
      request.refuse(
          {RejectionCode::unknown_channel, place, "this channel is not served; use email, in_site or sms"});
    } else if (std::find(channels.begin(), channels.end(), *channel) != channels.end()) {
      request.refuse({RejectionCode::invalid_value, place, "this channel is named twice; name each once"});
    } else {
      channels.push_back(*channel);
      continue;
    }
    return std::nullopt;
  }
  return channels;
}

}  // namespace

Result<Request, Rejection> read_request_fields(const Json& json, const std::string& place) {
  FieldReader fields(json, place, "a notice request");
  fields.only({"source", "id", "agreement", "agreement_version", "kind", "account_id", "recipient",
               "variables", "effective_date", "channels", "send_not_before", "reference"});
  Request request;
  request.source = fields.optional_text("source", rules::identifier).value_or("");
  request.id = fields.optional_text("id", rules::identifier).value_or("");
  request.agreement = fields.text("agreement", rules::identifier);
  request.agreement_version = fields.optional_text("agreement_version", rules::identifier);
  request.kind = fields.text("kind", rules::identifier);
  request.account_id = fields.text("account_id", rules::identifier);
  request.recipient = read_recipient(fields);
  request.variables = read_variables(fields);
  if (const auto text = fields.optional_text("effective_date", rules::date))
    request.effective_date = parse_date(*text);
  request.channels = read_channels(fields);
  if (const auto text = fields.optional_text("send_not_before", rules::date_time)) {
    request.send_not_before = parse_instant(*text);
  }
  request.reference = fields.optional_text("reference", rules::identifier);
  if (fields.fault()) return *fields.fault();
  request.pointer_prefix = place;
  request.canonical = canonical_json(json);
  request.digest = sha256(request.canonical);
  return request;
}

}  // namespace duenotice
