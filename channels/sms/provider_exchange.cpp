// What goes to an outside provider, and what its answer means.
#include <algorithm>
#include <charconv>

#include "channels/sms/provider_description.hpp"
#include "gateway/base/url.hpp"
#include "gateway/notice/masked_text.hpp"

namespace duenotice::channels {
namespace {

/// What may serve as a code for grouping failures is short, and nothing that could tell an address.
constexpr std::size_t code_characters = 64;
constexpr std::size_t provider_id_characters = 200;

const std::string& value_of(const ProviderValues& values, std::string_view name) {
  if (name == "to") return values.to;
  if (name == "to_digits") return values.to_digits;
  if (name == "text") return values.text;
  if (name == "id") return values.id;
  if (name == "sender") return values.sender;
  if (name == "username") return values.username;
  DN_ASSERT(name == "secret");
  return values.secret;
}

/// The places were checked when the file was read.
template <class Encode>
std::string filled(std::string_view text, const ProviderValues& values, Encode encode) {
  std::string out;
  for (;;) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find('}', open);
    DN_ASSERT(close != std::string_view::npos);
    out += encode(value_of(values, text.substr(open + 1, close - open - 1)));
    text.remove_prefix(close + 1);
  }
}

const std::string& as_it_is(const std::string& value) { return value; }

Query filled(const std::vector<std::pair<std::string, PlaceText>>& fields, const ProviderValues& values) {
  Query out;
  for (const auto& [name, text] : fields) out.emplace_back(name, filled(text, values, as_it_is));
  return out;
}

Json filled(const Json& json, const ProviderValues& values) {
  if (const std::string* text = json.as_string()) return Json(filled(*text, values, as_it_is));
  if (const Json::Array* elements = json.as_array()) {
    Json out = Json::array();
    for (const Json& element : *elements) out.push_back(filled(element, values));
    return out;
  }
  if (const Json::Object* members = json.as_object()) {
    Json out = Json::object();
    for (const auto& [key, member] : *members) out[key] = filled(member, values);
    return out;
  }
  return json;
}

std::string unescaped(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape =
        token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
    out += escape ? (token[++i] == '0' ? '~' : '/') : token[i];
  }
  return out;
}

/// RFC 6901; null when nothing stands there.
const Json* at_pointer(const Json& json, std::string_view pointer) {
  const Json* here = &json;
  while (!pointer.empty() && here != nullptr) {
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (const Json::Array* elements = here->as_array()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), index);
      const bool there =
          error == std::errc() && end == token.data() + token.size() && index < elements->size();
      here = there ? &(*elements)[index] : nullptr;
    } else {
      here = here->find(unescaped(token));
    }
  }
  return here;
}

class Answer {
 public:
  explicit Answer(const HttpFacts& facts) : facts_(facts) {
    if (auto parsed = parse_json(facts.body)) json_ = std::move(*parsed);
  }

  /// The text, number or truth that stands there; empty when there is none.
  std::string at(const AnswerPlace& place) const {
    if (!place.header.empty()) {
      const std::string* header = find_header(facts_, place.header);
      return header != nullptr ? *header : std::string();
    }
    const Json* found = json_ ? at_pointer(*json_, place.pointer) : nullptr;
    if (found == nullptr) return {};
    if (const std::string* text = found->as_string()) return *text;
    if (const std::int64_t* number = found->as_integer()) return std::to_string(*number);
    if (const bool* flag = found->as_bool()) return *flag ? "true" : "false";
    return {};
  }

  bool matches(const ReplyRule& rule) const {
    const bool status = rule.statuses.empty() ||
                        std::any_of(rule.statuses.begin(), rule.statuses.end(), [&](const auto& range) {
                          return facts_.status >= range.first && facts_.status <= range.second;
                        });
    return status && std::all_of(rule.conditions.begin(), rule.conditions.end(), [&](const auto& condition) {
             return is_expected(at(condition.first), condition.second);
           });
  }

 private:
  static bool is_expected(const std::string& found, const Expected& expected) {
    return !found.empty() &&
           std::any_of(expected.values.begin(), expected.values.end(), [&](const std::string& value) {
             return expected.prefix ? found.starts_with(value) : found == value;
           });
  }

  const HttpFacts& facts_;
  std::optional<Json> json_;
};

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool may_be_a_code(std::string_view text) {
  return !text.empty() && text.size() <= code_characters && is_printable(text) && !may_tell_an_address(text);
}

}  // namespace

HttpRequest provider_request(const ProviderDescription& provider, const ProviderValues& values) {
  HttpRequest request{.method = provider.method, .url = filled(provider.url, values, percent_encode)};
  if (!provider.query.empty()) request.url += "?" + query_text(filled(provider.query, values));
  for (const auto& [name, text] : provider.headers)
    request.headers.push_back(name + ": " + filled(text, values, as_it_is));
  if (!provider.form.empty()) {
    request.headers.emplace_back("Content-Type: application/x-www-form-urlencoded");
    request.body = query_text(filled(provider.form, values));
  } else if (provider.json) {
    request.headers.emplace_back("Content-Type: application/json");
    request.body = canonical_json(filled(*provider.json, values));
  }
  return request;
}

OutcomeReport provider_report_of(const ProviderDescription& provider, const HttpFacts& facts) {
  if (facts.end != HttpEnd::answered) return report_without_answer(facts);
  const Answer answer(facts);
  OutcomeReport report{.outcome = Outcome::unknown,
                       .code = std::to_string(facts.status),
                       .reply = facts.raw,
                       .retry_after = facts.retry_after};
  if (provider.code) {
    std::string code = answer.at(*provider.code);
    if (may_be_a_code(code)) report.code = std::move(code);
  }
  const auto rule = std::find_if(provider.replies.begin(), provider.replies.end(),
                                 [&](const ReplyRule& each) { return answer.matches(each); });
  if (rule == provider.replies.end()) return report;
  report.outcome = rule->means;
  if (rule->means == Outcome::sent) {
    std::string id = answer.at(provider.message_id);
    const bool proof = !id.empty() && id.size() <= provider_id_characters && is_printable(id);
    if (proof) {
      report.provider_id = std::move(id);
    } else {
      report.outcome = Outcome::unknown;
      report.code = "accepted_without_id";
    }
  }
  const bool overloaded = facts.status == 429 || facts.status >= 500;
  report.provider_fault =
      report.outcome == Outcome::transient_failure && rule->provider_fault.value_or(overloaded);
  return report;
}

}  // namespace duenotice::channels
