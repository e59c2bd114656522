#include "gateway/app/preview_data.hpp"

namespace duenotice::app {

namespace {

/// The pointer to the first number that is no integer; canonical JSON cannot write it.
std::optional<std::string> find_fraction(const Json& value, const std::string& place) {
  if (value.as_fraction() != nullptr) return place;
  if (const Json::Array* elements = value.as_array()) {
    for (std::size_t i = 0; i < elements->size(); ++i) {
      if (auto found = find_fraction((*elements)[i], place + "/" + std::to_string(i))) return found;
    }
  } else if (const Json::Object* members = value.as_object()) {
    for (const auto& [key, member] : *members) {
      if (auto found = find_fraction(member, place + "/" + json_pointer_token(key))) return found;
    }
  }
  return std::nullopt;
}

/// A request has one of these; an object without any is the variables alone.
bool is_request(const Json& body) {
  return body.find("variables") != nullptr || body.find("recipient") != nullptr ||
         body.find("agreement") != nullptr;
}

void fill(Json& object, std::string_view key, const std::string& value) {
  if (object.find(key) == nullptr) object[key] = value;
}

}  // namespace

Result<PreviewData> PreviewData::read(const std::string& text, const PreviewArguments& arguments) {
  auto parsed = parse_json(text);
  if (!parsed) {
    return Error{ErrorKind::invalid,
                 "--data: " + parsed.error().message +
                     (parsed.error().pointer.empty() ? "" : " at " + parsed.error().pointer)};
  }
  const bool event = parsed->find("specversion") != nullptr && parsed->find("data") != nullptr;
  const Json& body = event ? *parsed->find("data") : *parsed;
  if (body.as_object() == nullptr) {
    return Error{ErrorKind::invalid, "--data must be a JSON object: a request, or its variables alone"};
  }
  if (const auto fraction = find_fraction(*parsed, "")) {
    return Error{ErrorKind::invalid, "--data: wrong_type at " + *fraction +
                                         ": a number must be an integer; write it as a string"};
  }
  PreviewData data(is_request(body) ? std::move(*parsed) : Json(Json::Object{{"variables", body}}),
                   event && is_request(body));
  data.names_recipient_ = data.request().find("recipient") != nullptr;
  if (const Status agreed = data.agree_with(arguments); !agreed) return agreed.error();
  return data;
}

Status PreviewData::agree_with(const PreviewArguments& arguments) {
  const auto settle = [&](const std::string& key, const std::string& option, const std::string& asked) {
    const Json* said = request().find(key);
    const std::string* text = said == nullptr ? nullptr : said->as_string();
    if (text == nullptr || *text == asked) {
      fill(request(), key, asked);
      return Status(Done{});
    }
    return Status(Error{ErrorKind::invalid, "--data says \"" + key + "\": \"" + *text + "\", but " + option +
                                                " is " + asked + "; make them equal or leave one out"});
  };
  if (const Status agreed = settle("agreement", "--agreement", arguments.agreement); !agreed) return agreed;
  if (const Status agreed = settle("kind", "KIND", arguments.kind); !agreed) return agreed;
  if (arguments.version) {
    const Status agreed = settle("agreement_version", "--agreement-version", *arguments.version);
    if (!agreed) return agreed;
  }
  if (!arguments.locale.empty()) {
    if (request().find("recipient") == nullptr) request()["recipient"] = Json::object();
    Json& recipient = request()["recipient"];
    if (recipient.as_object() != nullptr) recipient["locale"] = arguments.locale;
  }
  return Done{};
}

std::optional<std::string> PreviewData::agreement_version() const {
  const Json* version = request().find("agreement_version");
  const std::string* text = version == nullptr ? nullptr : version->as_string();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

bool PreviewData::has_effective_date() const { return request().find("effective_date") != nullptr; }

std::optional<Instant> PreviewData::send_not_before() const {
  const Json* given = request().find("send_not_before");
  const std::string* text = given != nullptr ? given->as_string() : nullptr;
  return text != nullptr ? parse_instant(*text) : std::nullopt;
}

void PreviewData::set_effective_date(const std::string& date) { request()["effective_date"] = date; }

void PreviewData::complete() {
  if (!event_) {
    fill(document_, "source", "preview");
    fill(document_, "id", "preview");
  }
  fill(request(), "account_id", "PREVIEW");
  if (request().find("recipient") == nullptr) request()["recipient"] = Json::object();
  Json& recipient = request()["recipient"];
  if (recipient.as_object() == nullptr) return;
  fill(recipient, "name", "Preview");
  for (const char* address : {"email", "user_id", "phone"}) {
    if (recipient.find(address) != nullptr) return;
  }
  lacks_addresses_ = names_recipient_;
  recipient["email"] = "preview@example.com";
  recipient["user_id"] = "preview-user";
  recipient["phone"] = "+12025550123";
}

std::string PreviewData::body() const { return canonical_json(document_); }

}  // namespace duenotice::app
