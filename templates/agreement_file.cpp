#include "templates/agreement_file.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/limits.hpp"
#include "gateway/base/lines.hpp"
#include "gateway/base/table_reader.hpp"
#include "templates/kind_tables.hpp"
#include "templates/variables.hpp"

namespace duenotice::templates {
namespace {

/// `zh-CN`, `en`: letters and digits in groups joined by '-' (RFC 5646, as far as file names need it).
bool is_language(std::string_view text) {
  const auto ok = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  };
  return text.size() >= 2 && text.size() <= 35 && std::ranges::all_of(text, ok) && text.front() != '-' &&
         text.back() != '-' && text.find("--") == std::string_view::npos;
}

/// The channels that clauses name and duenotice does not serve yet.
constexpr std::array<std::string_view, 4> later_channel_names{"announcement", "push", "letter", "phone"};

class AgreementReader {
 public:
  AgreementReader(const TomlNode& root, Findings& findings)
      : root_(root, "", findings), findings_(findings) {}

  AgreementFile read() {
    Agreement& agreement = file_.agreement;
    agreement.id = short_text(root_, "id");
    agreement.version = short_text(root_, "version");
    file_.id_line = root_.line("id");
    file_.version_line = root_.line("version");
    agreement.notice_clause = short_text(root_, "notice_clause");
    read_in_force_from();
    read_time_zone();
    read_languages();
    agreement.title = by_language("title", true);
    agreement.provider = by_language("provider", true);
    agreement.user = by_language("user", true);
    agreement.contact = by_language("contact", true);
    agreement.sms_signature = by_language("sms_signature", false);
    agreement.effective_on_sending = by_language("effective_on_sending", false);
    refuse_brackets_in_signature();
    read_deemed();
    read_kinds();
    root_.refuse_unknown_keys();
    return std::move(file_);
  }

 private:
  static std::string too_long() {
    return "is longer than " + std::to_string(limits::agreement_name_bytes) +
           " bytes; every event of the record names it";
  }

  /// What events name.
  static std::string short_text(TableReader& reader, std::string_view key) {
    std::string text = reader.text(key);
    if (text.size() > limits::agreement_name_bytes) reader.fault(key, *reader.find(key), too_long());
    return text;
  }

  void read_in_force_from() {
    file_.in_force_from_line = root_.line("in_force_from");
    const TomlNode* node = root_.need("in_force_from");
    if (node == nullptr) return;
    const CalendarDate* day = node->as<CalendarDate>();
    if (day == nullptr)
      return root_.wrong_type("in_force_from", *node, "a date without quotes, such as 2022-10-10");
    if (*day < CalendarDate()) return root_.fault("in_force_from", *node, "must not be before 1970");
    file_.agreement.in_force_from = *day;
  }

  void read_time_zone() {
    const std::string name = root_.text("time_zone");
    if (name.empty()) return;
    auto zone = TimeZone::load(name);
    if (zone) {
      file_.agreement.time_zone = *zone;
    } else {
      findings_.add(root_.line("time_zone"), zone.error().message);
    }
  }

  void read_languages() {
    for (const auto& [language, node] : root_.texts("languages", true)) {
      if (is_language(language)) {
        file_.agreement.languages.push_back(language);
      } else {
        root_.fault("languages", *node, "names '" + language + "', which is no language such as zh-CN or en");
      }
    }
  }

  std::map<std::string, std::string, std::less<>> by_language(std::string_view key, bool needed) {
    std::map<std::string, std::string, std::less<>> out;
    const TomlNode* table = root_.table(key, needed);
    if (table == nullptr) return out;
    TableReader reader(*table, "[" + std::string(key) + "]", findings_);
    for (const std::string& language : file_.agreement.languages) out[language] = reader.text(language);
    reader.refuse_unknown_keys();
    return out;
  }

  /// The texts put the brackets around it.
  void refuse_brackets_in_signature() {
    for (const auto& [language, signature] : file_.agreement.sms_signature) {
      if (signature.find("【") == std::string::npos && signature.find("】") == std::string::npos) continue;
      const TomlNode& table = *root_.find("sms_signature");
      findings_.add(std::get<TomlNode::Table>(table.value).at(language).line,
                    "'" + language + "' in [sms_signature] must not hold the brackets 【】 themselves");
    }
  }

  void read_deemed() {
    const TomlNode* table = root_.table("deemed", true);
    if (table == nullptr) return;
    TableReader channels(*table, "[deemed]", findings_);
    for (const auto& [name, node] : std::get<TomlNode::Table>(table->value)) {
      const auto channel = parse_channel(name);
      if (!channel) continue;
      const TomlNode* entry = channels.table(name, true);
      if (entry == nullptr) continue;
      TableReader reader(*entry, "[deemed." + name + "]", findings_);
      const std::string rule = reader.text("rule");
      const auto parsed = parse_deemed_rule(rule);
      if (!parsed && !rule.empty()) {
        reader.fault("rule", *reader.find("rule"),
                     "is '" + rule + "'; use agreement-date-of-sending or entry-into-system");
      }
      const std::string clause = short_text(reader, "clause");
      reader.refuse_unknown_keys();
      file_.agreement.deemed[*channel] = {parsed.value_or(DeemedRule::agreement_date_of_sending), clause};
    }
    channels.refuse_unknown_keys();
  }

  void read_kinds() {
    const TomlNode* table = root_.table("kind", true);
    if (table == nullptr) return;
    if (std::get<TomlNode::Table>(table->value).empty()) root_.fault("kind", *table, "must not be empty");
    TableReader kinds(*table, "[kind]", findings_);
    for (const auto& [name, node] : std::get<TomlNode::Table>(table->value)) {
      const TomlNode* entry = kinds.table(name, true);
      if (entry == nullptr) continue;
      const std::size_t before = findings_.count();
      if (!is_variable_name(name)) {
        kinds.fault(name, node, "must be a lower-case letter, then lower-case letters, digits and '_'");
      }
      if (name.size() > limits::agreement_name_bytes) kinds.fault(name, node, too_long());
      Kind kind = read_kind(name, *entry);
      if (findings_.count() == before) file_.agreement.kinds.emplace(name, std::move(kind));
    }
  }

  Kind read_kind(const std::string& name, const TomlNode& table) {
    TableReader reader(table, "[kind." + name + "]", findings_);
    Kind kind;
    kind.name = name;
    kind.clause = short_text(reader, "clause");
    read_also_clauses(reader, kind);
    file_.kinds[name].channels = reader.line("channels");
    read_channels(reader, kind);
    read_required(reader, kind);
    read_strategy(reader, kind);
    kind.lead_days = reader.optional_integer("lead_days", 0, limits::lead_days_most);
    kind.retain_years = reader.optional_integer("retain_years", 0, limits::retain_years_most)
                            .value_or(limits::retain_years_default);
    read_late(reader, kind);
    kind.appeal = reader.flag("appeal");
    kind.needs_effective_date = reader.flag("needs_effective_date") || kind.lead_days.has_value();
    if (const TomlNode* variables = reader.table("variables", false)) read_variables(*variables, kind);
    read_choices(reader, kind, file_.agreement.languages, findings_);
    read_dates(reader, kind, findings_);
    reader.refuse_unknown_keys();
    return kind;
  }

  void read_also_clauses(TableReader& reader, Kind& kind) {
    for (const auto& [text, node] : reader.texts("also_clauses", false)) {
      if (text.empty() || text.find(',') != std::string::npos) {
        reader.fault("also_clauses", *node, "must name each clause in a text of its own, without a comma");
      } else if (text.size() > limits::agreement_name_bytes) {
        reader.fault("also_clauses", *node, too_long());
      } else if (text == kind.clause) {
        reader.fault("also_clauses", *node, "names '" + text + "', which demands the notice already");
      } else {
        kind.also_clauses.push_back(text);
      }
    }
  }

  void read_channels(TableReader& reader, Kind& kind) {
    for (const auto& [text, node] : reader.texts("channels", true)) {
      const auto channel = parse_channel(text);
      if (!channel) {
        reader.fault("channels", *node,
                     "names '" + text + "', which is no channel; use email, in_site or sms" + later(text));
      } else if (!file_.agreement.deemed.contains(*channel)) {
        reader.fault("channels", *node,
                     "counts '" + text + "', but there is no [deemed." + text + "] that says when");
      } else if (has_signature_for(*channel, reader, "channels", *node)) {
        kind.channels.push_back(*channel);
      }
    }
    for (const auto& [text, node] : reader.texts("copies", false)) {
      const auto channel = parse_channel(text);
      if (!channel) {
        reader.fault("copies", *node, "names '" + text + "', which is no channel; use email, in_site or sms");
      } else if (std::ranges::find(kind.channels, *channel) != kind.channels.end()) {
        reader.fault("copies", *node, "names '" + text + "', which counts already");
      } else if (has_signature_for(*channel, reader, "copies", *node)) {
        kind.copies.push_back(*channel);
      }
    }
    for (const auto& [text, node] : reader.texts("later_channels", false)) {
      if (std::ranges::find(later_channel_names, text) == later_channel_names.end()) {
        reader.fault("later_channels", *node,
                     "names '" + text + "'; use announcement, push, letter or phone");
      }
      kind.later_channels.push_back(text);
    }
  }

  bool has_signature_for(Channel channel, TableReader& reader, std::string_view key, const TomlNode& node) {
    if (channel != Channel::sms || !file_.agreement.sms_signature.empty()) return true;
    reader.fault(key, node, "names 'sms', but there is no [sms_signature] that says from whom it is");
    return false;
  }

  static std::string later(std::string_view text) {
    const bool known = std::ranges::find(later_channel_names, text) != later_channel_names.end();
    return known ? ", or name it under 'later_channels'" : "";
  }

  void read_required(TableReader& reader, Kind& kind) {
    const TomlNode* node = reader.find("required");
    if (node == nullptr) return;
    const std::string* word = node->as<std::string>();
    if (const std::int64_t* number = node->as<std::int64_t>()) {
      const auto most = static_cast<std::int64_t>(std::max<std::size_t>(kind.channels.size(), 1));
      if (*number < 1 || *number > most) {
        return reader.fault("required", *node,
                            "must be from 1 to " + std::to_string(most) + ", the channels that count");
      }
      kind.required = {Required::Rule::number, static_cast<int>(*number)};
    } else if (word != nullptr && *word == "all") {
      kind.required = {Required::Rule::all, 1};
    } else if (word == nullptr || *word != "any") {
      reader.fault("required", *node, "must be \"any\", \"all\" or a number of channels");
    }
  }

  void read_strategy(TableReader& reader, Kind& kind) {
    const auto text = reader.optional_text("strategy");
    if (!text || *text == "all_at_once") return;
    const TomlNode& node = *reader.find("strategy");
    if (*text != "in_order") return reader.fault("strategy", node, "must be \"all_at_once\" or \"in_order\"");
    kind.strategy = Strategy::in_order;
    const bool one_is_enough = kind.required.rule == Required::Rule::any ||
                               (kind.required.rule == Required::Rule::number && kind.required.number == 1);
    // The next channel starts only when the one before failed, so a second one could never be reached.
    if (!one_is_enough) reader.fault("strategy", node, "can only be \"in_order\" when one channel is enough");
  }

  void read_late(TableReader& reader, Kind& kind) {
    const auto text = reader.optional_text("late");
    if (!text) return;
    const TomlNode& node = *reader.find("late");
    if (*text != "hold" && *text != "move") return reader.fault("late", node, "must be \"hold\" or \"move\"");
    kind.late = *text == "move" ? LatePolicy::move : LatePolicy::hold;
    if (reader.find("lead_days") == nullptr) reader.fault("late", node, "has no meaning without 'lead_days'");
  }

  void read_variables(const TomlNode& table, Kind& kind) {
    TableReader reader(table, "[kind." + kind.name + ".variables]", findings_);
    for (const auto& [name, node] : std::get<TomlNode::Table>(table.value)) {
      file_.kinds[kind.name].variables[name] = node.line;
      const std::string type = reader.text(name);
      const auto parsed = parse_variable_type(type);
      if (!is_variable_name(name)) {
        reader.fault(name, node, "must be a lower-case letter, then lower-case letters, digits and '_'");
      } else if (is_built_in(name)) {
        reader.fault(name, node, "is filled by duenotice itself; choose another name");
      } else if (!parsed && !type.empty()) {
        reader.fault(name, node,
                     "is of type '" + type + "'; use string, date, money, url, integer or choice");
      } else if (parsed) {
        kind.variables[name] = *parsed;
      }
    }
  }

  TableReader root_;
  Findings& findings_;
  AgreementFile file_;
};

}  // namespace

AgreementFile read_agreement_file(std::string_view content, Findings& findings) {
  const auto root = read_toml(content, findings);
  if (!root) return {};
  return AgreementReader(*root, findings).read();
}

}  // namespace duenotice::templates
