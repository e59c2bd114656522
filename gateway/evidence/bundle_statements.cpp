#include "gateway/evidence/bundle_statements.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/json_members.hpp"
#include "gateway/evidence/bundle_layout.hpp"
#include "gateway/evidence/erds_evidence.hpp"

namespace duenotice::evidence {
namespace {

/// Every member of a manifest, sorted.
constexpr std::array<std::string_view, 11> members = {"agreement", "files",     "format",   "legal_date",
                                                      "missing",   "notice",    "origin",   "sandbox",
                                                      "state",     "time_zone", "tree_size"};

bool is_list_of_texts(const Json* list) {
  const Json::Array* array = list == nullptr ? nullptr : list->as_array();
  return array != nullptr && std::all_of(array->begin(), array->end(),
                                         [](const Json& one) { return one.as_string() != nullptr; });
}

class Statements {
 public:
  Statements(const NamedFiles& files, const Json& manifest, const Checkpoint& checkpoint,
             const NoticeLeaves& leaves, CheckReport& report)
      : files_(files),
        manifest_(manifest),
        checkpoint_(checkpoint),
        leaves_(leaves),
        report_(report),
        deemed_(leaves.find("deemed_delivered")) {}

  void run() {
    check_legal_date();
    check_facts();
    name_words();
    check_agreement();
    check_export();
    check_status();
  }

 private:
  const std::string* file(std::string_view name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : &found->second;
  }

  /// What the log says of the date must be what the manifest says; a sandbox is always named.
  void check_legal_date() {
    constexpr const char* name = "legal_date";
    const Json* stated = manifest_.find("legal_date");
    if (deemed_ == nullptr) {
      if (stated != nullptr && stated->is_null())
        return report_.pass(name, "the log has no legal date of this notice, and the bundle states none");
      return report_.fail(name, "the bundle states a legal date that the log does not have");
    }
    const std::string* on = find_text(*deemed_, "on");
    const std::string* rule = find_text(*deemed_, "rule");
    const std::string* clause = find_text(*deemed_, "clause");
    if (!on || !rule || !clause || stated == nullptr || *stated != Json(*on))
      return report_.fail(name, "the bundle states another legal date than the log");
    if (leaves_.rests_on_sandbox() && !flag_at(manifest_, "sandbox"))
      return report_.fail(name, "the bundle conceals that nothing was sent to anybody: the log says SANDBOX");
    if (leaves_.rests_on_sandbox())
      return report_.pass(name, "SANDBOX: the log has the date {0}, but nothing was sent to anybody", {*on});
    report_.pass(name, "the log has the legal date {0}, by {1}, clause {2}", {*on, *rule, *clause});
  }

  /// The first member of the manifest that does not follow from the log; empty when there is none.
  std::string false_fact() const {
    for (const auto& [name, value] : *manifest_.as_object()) {
      if (!std::binary_search(members.begin(), members.end(), name)) return name;
    }
    if (number_at(manifest_, "tree_size", -1) != static_cast<std::int64_t>(checkpoint_.size))
      return "tree_size";
    const Json& accepted = *leaves_.find("accepted");
    const Json agreement = Json::Object{{"id", text_at(accepted, "agreement")},
                                        {"version", text_at(accepted, "agreement_version")},
                                        {"sha256", text_at(accepted, "agreement_digest")}};
    const Json* stated = manifest_.find("agreement");
    if (stated == nullptr || *stated != agreement) return "agreement";
    const bool dated = deemed_ != nullptr;
    if (!find_text(manifest_, "state") || (text_at(manifest_, "state") == "deemed_delivered") != dated)
      return "state";
    if (!find_text(manifest_, "time_zone") ||
        (dated && text_at(manifest_, "time_zone") != text_at(*deemed_, "time_zone")))
      return "time_zone";
    if (!is_sandbox_right()) return "sandbox";
    return is_list_of_texts(manifest_.find("missing")) ? "" : "missing";
  }

  /// What the date does not rest on may be a sandbox all the same. A date that does was looked at before.
  bool is_sandbox_right() const {
    const Json* stated = manifest_.find("sandbox");
    if (deemed_ != nullptr && leaves_.rests_on_sandbox()) return true;
    if (stated == nullptr || stated->as_bool() == nullptr) return false;
    return *stated->as_bool() ? leaves_.names_sandbox() : !leaves_.rests_on_sandbox();
  }

  void check_facts() {
    constexpr const char* name = "manifest_facts";
    const std::string wrong = false_fact();
    if (!wrong.empty()) return report_.fail(name, "`{0}` of the manifest is not what the log says", {wrong});
    report_.pass(name, "size, agreement, state, time zone and sandbox of the manifest agree with the log");
  }

  void name_words() {
    constexpr const char* name = "manifest_words";
    if (deemed_ != nullptr)
      return report_.skip(name, "what the manifest lists as missing is the word of the bundle's maker");
    report_.skip(name,
                 "the state {0}, the time zone and what the manifest lists as missing are the word of the "
                 "bundle's maker",
                 {text_at(manifest_, "state")});
  }

  void check_agreement() {
    constexpr const char* name = "agreement";
    const std::string digest = agreement_digest(files_);
    if (digest.empty()) return report_.skip(name, "the agreement's texts are not in the bundle");
    if (digest != text_at(*leaves_.find("accepted"), "agreement_digest"))
      return report_.fail(name, "the agreement is not the one under which the notice was accepted");
    report_.pass(name, "the agreement is the one under which the notice was accepted: {0}", {digest});
  }

  void check_export() {
    constexpr const char* name = "export";
    const std::string* stated = file("export/erds-evidence.json");
    if (stated == nullptr) return report_.skip(name, "erds-evidence.json is not in the bundle");
    if (*stated != canonical_json(erds_evidence(leaves_, files_, text_at(manifest_, "origin"))))
      return report_.fail(name, "erds-evidence.json says something else than the events and messages");
    report_.pass(name, "erds-evidence.json is what follows from the events and messages");
  }

  void check_status() {
    constexpr const char* name = "status";
    const std::string* text = file("STATUS.txt");
    if (text == nullptr) return report_.skip(name, "STATUS.txt is not in the bundle");
    const StatusLines lines = status_lines(manifest_);
    const std::size_t second = text->find('\n') + 1, third = text->find('\n', second) + 1;
    const std::string dated =
        lines.legal_date + "\n" + (lines.sandbox.empty() ? "" : lines.sandbox + "\n") + "\n";
    if (second == 0 || third == 0 || text->substr(0, second) != lines.notice + "\n" ||
        !text->substr(third).starts_with(dated))
      return report_.fail(name, "STATUS.txt has another notice, date or mark of a sandbox than the manifest");
    report_.skip(name,
                 "STATUS.txt has the notice and date of the manifest; what else it says is the word of the "
                 "bundle's maker");
  }

  const NamedFiles& files_;
  const Json& manifest_;
  const Checkpoint& checkpoint_;
  const NoticeLeaves& leaves_;
  CheckReport& report_;
  const Json* deemed_;  ///< null: there is no legal date
};

}  // namespace

StatusLines status_lines(const Json& manifest) {
  const std::string* date = find_text(manifest, "legal_date");
  return {"通知 / Notice: " + text_at(manifest, "notice"),
          "法定送达日 / Legal date: " +
              (date == nullptr ? "无 / none" : *date + " (" + text_at(manifest, "time_zone") + ")"),
          flag_at(manifest, "sandbox")
              ? "沙箱 / SANDBOX: 仅写入文件，未向任何人发送 / written to a file, not sent to anybody"
              : ""};
}

void check_statements(const NamedFiles& files, const Json& manifest, const Checkpoint& checkpoint,
                      const NoticeLeaves* leaves, CheckReport& report) {
  if (leaves != nullptr) return Statements(files, manifest, checkpoint, *leaves, report).run();
  for (const char* name : {"legal_date", "manifest_facts", "manifest_words", "agreement", "export", "status"})
    report.skip(name, "the events it depends on are not proved");
}

}  // namespace duenotice::evidence
