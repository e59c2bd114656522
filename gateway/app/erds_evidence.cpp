#include "gateway/app/erds_evidence.hpp"

#include <array>
#include <optional>

namespace duenotice::app {

namespace {

constexpr std::string_view event_id = "http://uri.etsi.org/19522/Event/";

struct Named {
  std::string_view type;     ///< of our event
  std::string_view channel;  ///< empty: any
  std::string_view name;     ///< of the standard's
};
constexpr std::array names{
    Named{"accepted", "", "SubmissionAcceptance"},
    Named{"sent", "in_site", "ContentConsignment"},
    Named{"sent", "", "RelayToNonERDS"},
    Named{"transient_failure", "", "RelayToNonERDSFailure"},
    Named{"permanent_failure", "", "RelayToNonERDSFailure"},
};

std::string text_at(const Json& document, std::string_view key) {
  const Json* value = document.find(key);
  const std::string* text = value ? value->as_string() : nullptr;
  return text ? *text : std::string();
}

/// A sandbox relays nothing to anybody, so the standard has no name for what it does.
std::optional<std::string> name_of(const Json& event) {
  const Json* sandbox = event.find("sandbox");
  if (sandbox != nullptr && sandbox->as_bool() != nullptr && *sandbox->as_bool()) return std::nullopt;
  for (const Named& each : names) {
    if (each.type == text_at(event, "type") &&
        (each.channel.empty() || each.channel == text_at(event, "channel")))
      return std::string(each.name);
  }
  return std::nullopt;
}

/// The messages of the channel that the event is about, or all.
Json parts(const NoticeFile& file, const std::string& channel) {
  Json list = Json::array();
  for (const Rendering& each : file.renderings) {
    if (!channel.empty() && to_text(each.channel) != channel) continue;
    list.push_back(
        Json::Object{{"Identifier", std::string(to_text(each.channel)) + "-" + std::to_string(each.revision)},
                     {"DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"},
                     {"DigestValue", each.digest.hex()}});
  }
  return list;
}

}  // namespace

Json erds_evidence(const NoticeFile& file, const std::string& origin) {
  Json list = Json::array();
  for (const StoredEvent& stored : file.events) {
    const auto event = parse_json(stored.bytes);
    const auto name = event ? name_of(*event) : std::nullopt;
    if (!name) continue;
    const std::string index = std::to_string(stored.sequence - 1);
    Json evidence = Json::Object{
        {"version", "V1.2.1"},
        {"EvidenceIdentifier", file.notice.id + "-" + index},
        {"ERDSEventId", std::string(event_id) + *name},
        {"EventTime", to_text(stored.at)},
        {"EvidenceIssuerDetails", Json::Object{{"Identifier", origin}}},
        {"SenderDetails", Json::Object{{"Identifier", file.notice.agreement}}},
        {"RecipientDetails", Json::Array{Json(Json::Object{{"Identifier", file.notice.account_id}})}},
        {"MessageIdentifier", file.notice.id},
        {"SubmissionTime", to_text(file.notice.accepted_at)},
        {"UserContentInfo", Json::Object{{"PartsInfo", parts(file, text_at(*event, "channel"))}}},
        {"TransactionLogInformation", Json::Object{{"origin", origin}, {"index", stored.sequence - 1}}}};
    const std::string code = text_at(*event, "code");
    if (name->ends_with("Failure"))
      evidence["EventReasons"] =
          Json::Array{Json(Json::Object{{"Code", code.empty() ? "unspecified" : code}})};
    if (file.notice.sandbox) evidence["Extensions"] = Json::Object{{"sandbox", true}};
    list.push_back(std::move(evidence));
  }
  return Json::Object{{"conformance", "none claimed: the names are those of ETSI EN 319 522-3 V1.2.1"},
                      {"evidence", std::move(list)}};
}

}  // namespace duenotice::app
