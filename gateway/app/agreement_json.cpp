#include "gateway/app/agreement_json.hpp"

namespace duenotice::app {
namespace {

Json channel_list(const std::vector<Channel>& channels) {
  Json list = Json::array();
  for (const Channel channel : channels) list.push_back(to_text(channel));
  return list;
}

Json word_list(const std::vector<std::string>& words) {
  Json list = Json::array();
  for (const std::string& word : words) list.push_back(word);
  return list;
}

Json required_json(const Required& required) {
  switch (required.rule) {
    case Required::Rule::any:
      return "any";
    case Required::Rule::all:
      return "all";
    case Required::Rule::number:
      return required.number;
  }
  return {};
}

/// `{"appeal_until": {"not_before": ["sending"]}}`
Json dates_json(const Kind& kind) {
  Json json = Json::object();
  for (const DateRule& rule : kind.dates) {
    Json& others = json[rule.date][to_text(rule.bound)];
    if (others.as_array() == nullptr) others = Json::array();
    others.push_back(rule.other);
  }
  return json;
}

Json choices_json(const Kind& kind) {
  Json json = Json::object();
  for (const auto& [variable, choice] : kind.choices) {
    for (const auto& [word, by_language] : choice) {
      for (const auto& [language, text] : by_language) json[variable][word][language] = text;
    }
  }
  return json;
}

Json kind_json(const Kind& kind) {
  Json json = Json::object();
  json["kind"] = kind.name;
  json["clause"] = kind.clause;
  json["also_clauses"] = word_list(kind.also_clauses);
  json["channels"] = channel_list(kind.channels);
  json["copies"] = channel_list(kind.copies);
  json["later_channels"] = word_list(kind.later_channels);
  json["required"] = required_json(kind.required);
  json["strategy"] = kind.strategy == Strategy::in_order ? "in_order" : "all_at_once";
  json["lead_days"] = kind.lead_days ? Json(*kind.lead_days) : Json();
  // Without a lead time nothing can be late.
  json["late"] = !kind.lead_days ? Json() : Json(kind.late == LatePolicy::move ? "move" : "hold");
  json["retain_years"] = kind.retain_years;
  json["appeal"] = kind.appeal;
  json["needs_effective_date"] = kind.needs_effective_date;
  json["dates"] = dates_json(kind);
  json["variables"] = Json::object();
  for (const auto& [name, type] : kind.variables) json["variables"][name] = to_text(type);
  json["choices"] = choices_json(kind);
  return json;
}

Json by_language(const std::map<std::string, std::string, std::less<>>& texts) {
  Json json = Json::object();
  for (const auto& [language, text] : texts) json[language] = text;
  return json;
}

}  // namespace

Json agreement_json(const Agreement& agreement) {
  Json json = Json::object();
  json["agreement"] = agreement.id;
  json["version"] = agreement.version;
  json["title"] = by_language(agreement.title);
  json["provider"] = by_language(agreement.provider);
  json["user"] = by_language(agreement.user);
  json["contact"] = by_language(agreement.contact);
  json["sms_signature"] = by_language(agreement.sms_signature);
  json["effective_on_sending"] = by_language(agreement.effective_on_sending);
  json["languages"] = word_list(agreement.languages);
  json["time_zone"] = agreement.time_zone.name();
  json["in_force_from"] = to_text(agreement.in_force_from);
  json["notice_clause"] = agreement.notice_clause;
  json["deemed"] = Json::object();
  for (const auto& [channel, basis] : agreement.deemed) {
    json["deemed"][to_text(channel)]["rule"] = to_text(basis.rule);
    json["deemed"][to_text(channel)]["clause"] = basis.clause;
  }
  json["digest"] = agreement.digest.hex();
  json["kinds"] = Json::array();
  for (const auto& [name, kind] : agreement.kinds) json["kinds"].push_back(kind_json(kind));
  return json;
}

}  // namespace duenotice::app
