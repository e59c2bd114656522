#include "gateway/app/agreement_diff.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "gateway/app/agreement_json.hpp"
#include "gateway/base/line_diff.hpp"

namespace duenotice::app {
namespace {

using Keys = std::map<std::string, Json>;

/// Every value below `json` by its dotted path; lists and texts are values.
void flatten(const Json& json, const std::string& path, Keys& keys) {
  const Json::Object* members = json.as_object();
  if (members == nullptr) {
    keys[path] = json;
    return;
  }
  for (const auto& [name, member] : *members) flatten(member, path.empty() ? name : path + "." + name, keys);
}

Keys keys_of(const Json& json, const std::set<std::string>& without) {
  Keys keys;
  flatten(json, "", keys);
  std::erase_if(keys, [&](const auto& each) { return without.contains(each.first); });
  return keys;
}

std::vector<KeyChange> compare_keys(const Keys& before, const Keys& after) {
  std::vector<KeyChange> changes;
  for (const auto& [key, value] : before) {
    const auto now = after.find(key);
    if (now == after.end()) {
      changes.push_back({ChangeKind::removed, key, value, Json()});
    } else if (!(now->second == value)) {
      changes.push_back({ChangeKind::changed, key, value, now->second});
    }
  }
  for (const auto& [key, value] : after) {
    if (!before.contains(key)) changes.push_back({ChangeKind::added, key, Json(), value});
  }
  std::stable_sort(changes.begin(), changes.end(),
                   [](const KeyChange& a, const KeyChange& b) { return a.key < b.key; });
  return changes;
}

std::map<std::string, Keys> kinds_of(const Json& agreement) {
  std::map<std::string, Keys> kinds;
  for (const Json& kind : *agreement.find("kinds")->as_array()) {
    kinds[*kind.find("kind")->as_string()] = keys_of(kind, {"kind"});
  }
  return kinds;
}

std::vector<KindChange> compare_kinds(const Json& before, const Json& after) {
  const auto old_kinds = kinds_of(before);
  const auto new_kinds = kinds_of(after);
  std::map<std::string, KindChange> changes;
  for (const auto& [name, keys] : old_kinds) {
    const auto now = new_kinds.find(name);
    if (now == new_kinds.end()) {
      changes[name] = {ChangeKind::removed, name, {}};
    } else if (auto changed = compare_keys(keys, now->second); !changed.empty()) {
      changes[name] = {ChangeKind::changed, name, std::move(changed)};
    }
  }
  for (const auto& [name, keys] : new_kinds) {
    if (!old_kinds.contains(name)) changes[name] = {ChangeKind::added, name, {}};
  }
  std::vector<KindChange> out;
  for (auto& [name, change] : changes) out.push_back(std::move(change));
  return out;
}

std::string file_of(const templates::AgreementVersion& version, const templates::TextName& text) {
  return version.agreement.id + "/" + version.agreement.version + "/" + text.kind + "." +
         std::string(to_text(text.channel)) + "." + text.language + ".txt";
}

std::vector<TextChange> compare_texts(const templates::AgreementVersion& before,
                                      const templates::AgreementVersion& after) {
  std::set<templates::TextName> names;
  for (const auto& [name, content] : before.texts) names.insert(name);
  for (const auto& [name, content] : after.texts) names.insert(name);
  std::vector<TextChange> changes;
  for (const templates::TextName& name : names) {
    const auto was = before.texts.find(name);
    const auto is = after.texts.find(name);
    const bool had = was != before.texts.end();
    const bool has = is != after.texts.end();
    if (had && has && was->second == is->second) continue;
    changes.push_back(
        {had && has ? ChangeKind::changed : (has ? ChangeKind::added : ChangeKind::removed), name,
         unified_diff(had ? was->second : "", has ? is->second : "",
                      had ? file_of(before, name) : "/dev/null", has ? file_of(after, name) : "/dev/null")});
  }
  return changes;
}

Json named(const Agreement& agreement) {
  return Json::Object{
      {"agreement", agreement.id}, {"version", agreement.version}, {"digest", agreement.digest.hex()}};
}

Json keys_json(const std::vector<KeyChange>& keys) {
  Json list = Json::array();
  for (const KeyChange& key : keys) {
    list.push_back(Json::Object{
        {"change", to_text(key.change)}, {"key", key.key}, {"before", key.before}, {"after", key.after}});
  }
  return list;
}

}  // namespace

std::string_view to_text(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "added";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::changed:
      return "changed";
  }
  return {};
}

AgreementDiff compare(const templates::AgreementVersion& before, const templates::AgreementVersion& after) {
  const Json old_json = agreement_json(before.agreement);
  const Json new_json = agreement_json(after.agreement);
  const std::set<std::string> names{"agreement", "version", "digest", "kinds"};
  return {.agreement = compare_keys(keys_of(old_json, names), keys_of(new_json, names)),
          .kinds = compare_kinds(old_json, new_json),
          .texts = compare_texts(before, after)};
}

Json diff_json(const templates::AgreementVersion& before, const templates::AgreementVersion& after,
               const AgreementDiff& diff) {
  Json kinds = Json::array();
  for (const KindChange& kind : diff.kinds) {
    kinds.push_back(
        Json::Object{{"change", to_text(kind.change)}, {"kind", kind.kind}, {"keys", keys_json(kind.keys)}});
  }
  Json texts = Json::array();
  for (const TextChange& text : diff.texts) {
    texts.push_back(Json::Object{{"change", to_text(text.change)},
                                 {"kind", text.text.kind},
                                 {"channel", to_text(text.text.channel)},
                                 {"language", text.text.language},
                                 {"diff", text.diff}});
  }
  return Json::Object{{"before", named(before.agreement)},
                      {"after", named(after.agreement)},
                      {"same", diff.same()},
                      {"agreement", keys_json(diff.agreement)},
                      {"kinds", std::move(kinds)},
                      {"texts", std::move(texts)}};
}

}  // namespace duenotice::app
