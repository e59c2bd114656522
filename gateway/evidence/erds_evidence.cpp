#include "gateway/evidence/erds_evidence.hpp"

#include <array>
#include <optional>

#include "gateway/base/digest.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/evidence/commitment.hpp"

namespace duenotice::evidence {
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

/// A sandbox relays nothing to anybody, so the standard has no name for what it does.
std::optional<std::string> name_of(const Json& event) {
  if (flag_at(event, "sandbox")) return std::nullopt;
  for (const Named& each : names) {
    if (each.type == text_at(event, "type") &&
        (each.channel.empty() || each.channel == text_at(event, "channel")))
      return std::string(each.name);
  }
  return std::nullopt;
}

class Evidence {
 public:
  Evidence(const NoticeLeaves& leaves, const NamedFiles& files, const std::string& origin)
      : leaves_(leaves), files_(files), origin_(origin) {
    if (const Json* accepted = leaves.find("accepted")) accepted_ = *accepted;
  }

  Json of(std::uint64_t index, const Json& event, const std::string& name) const {
    const std::string notice = text_at(event, "notice");
    Json evidence =
        Json::Object{{"version", "V1.2.1"},
                     {"EvidenceIdentifier", notice + "-" + std::to_string(index)},
                     {"ERDSEventId", std::string(event_id) + name},
                     {"EventTime", text_at(event, "at")},
                     {"EvidenceIssuerDetails", Json::Object{{"Identifier", origin_}}},
                     {"SenderDetails", Json::Object{{"Identifier", text_at(accepted_, "agreement")}}},
                     {"RecipientDetails", Json::Array{Json(Json::Object{{"Identifier", account()}})}},
                     {"MessageIdentifier", notice},
                     {"SubmissionTime", text_at(accepted_, "at")},
                     {"UserContentInfo", Json::Object{{"PartsInfo", parts(event)}}},
                     {"TransactionLogInformation",
                      Json::Object{{"origin", origin_}, {"index", static_cast<std::int64_t>(index)}}}};
    const std::string code = text_at(event, "code");
    if (name.ends_with("Failure"))
      evidence["EventReasons"] =
          Json::Array{Json(Json::Object{{"Code", code.empty() ? "unspecified" : code}})};
    if (leaves_.rests_on_sandbox()) evidence["Extensions"] = Json::Object{{"sandbox", true}};
    return evidence;
  }

 private:
  /// Empty when that is not opened.
  std::string account() const {
    const std::string index = leaves_.events().empty() ? "" : std::to_string(leaves_.events().begin()->first);
    const auto message = files_.find("openings/" + index + "-account.m");
    const std::string head = commitment_message("account", "");
    if (message == files_.end() || !message->second.starts_with(head)) return {};
    return message->second.substr(head.size());
  }

  /// The messages that the event is about.
  Json parts(const Json& event) const {
    const std::string channel = text_at(event, "channel");
    const std::int64_t revision = channel.empty() ? 1 : leaves_.revision_of(event).value_or(0);
    const std::string start = "notice/" + channel, end = "-" + std::to_string(revision);
    Json list = Json::array();
    for (auto file = files_.lower_bound("notice/"); file != files_.end(); ++file) {
      const std::string& path = file->first;
      if (!path.starts_with("notice/")) break;
      const std::string stem = path.substr(0, path.rfind('.'));
      if (!stem.ends_with(end) || (!channel.empty() && stem != start + end)) continue;
      list.push_back(Json::Object{{"Identifier", stem.substr(std::string_view("notice/").size())},
                                  {"DigestMethod", "http://www.w3.org/2001/04/xmlenc#sha256"},
                                  {"DigestValue", sha256(file->second).hex()}});
    }
    return list;
  }

  const NoticeLeaves& leaves_;
  const NamedFiles& files_;
  const std::string& origin_;
  Json accepted_ = Json::object();
};

}  // namespace

Json erds_evidence(const NoticeLeaves& leaves, const NamedFiles& files, const std::string& origin) {
  const Evidence evidence(leaves, files, origin);
  Json list = Json::array();
  for (const auto& [index, event] : leaves.events()) {
    if (const auto name = name_of(event)) list.push_back(evidence.of(index, event, *name));
  }
  return Json::Object{{"conformance", "none claimed: the names are those of ETSI EN 319 522-3 V1.2.1"},
                      {"evidence", std::move(list)}};
}

}  // namespace duenotice::evidence
