#include "gateway/app/configuration_tsa_keys.hpp"

#include <algorithm>

#include "gateway/app/configuration_urls.hpp"
#include "gateway/evidence/time_stamp_request.hpp"

namespace duenotice::app {

namespace {

constexpr std::string_view prefix = "evidence.tsa.";

/// Fit for file names and labels of metrics.
bool is_tsa_name(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !name.empty() && name.size() <= limits::tsa_name_bytes &&
         std::all_of(name.begin(), name.end(), plain);
}

bool is_http(const std::string& url) {
  const auto parts = split_url(url);
  return parts && (parts->scheme == "http" || parts->scheme == "https");
}

std::string must(const Setting& setting, const std::string& allowed) {
  return "[" + setting.section + "] " + setting.key + " must be " + allowed +
         (setting.key == "url" ? "" : ", not " + quoted(setting));
}

}  // namespace

bool is_tsa_section(const std::string& section) { return section.starts_with(prefix); }

std::string tsa_section(const std::string& name) { return std::string(prefix) + name; }

std::optional<std::string> take_tsa_key(Configuration& to, const Setting& setting) {
  const std::string name = setting.section.substr(prefix.size());
  if (!is_tsa_name(name)) {
    return "[" + setting.section + "]: the name of an authority has letters, digits, - and _, at most " +
           std::to_string(limits::tsa_name_bytes);
  }
  TsaSettings& tsa = to.evidence.tsas[name];
  if (to.evidence.tsas.size() > limits::tsas_most) {
    return "[" + setting.section + "]: there may be at most " + std::to_string(limits::tsas_most) +
           " authorities";
  }
  if (setting.key == "url") {
    const auto url = read_text(setting);
    if (!url || !is_http(*url)) return must(setting, "\"https://HOST[:PORT][/PATH]\" or \"http://…\"");
    tsa.url = *url;
  } else if (setting.key == "roots") {
    const auto path = read_path(setting);
    if (!path) return must(setting, "the path of a PEM file");
    tsa.roots = *path;
  } else if (setting.key == "policy") {
    const auto policy = read_text(setting);
    if (!policy || !(policy->empty() || evidence::is_object_identifier(*policy)))
      return must(setting, "an object identifier such as \"1.3.6.1.4.1.4146.2.3\", or \"\"");
    tsa.policy = *policy;
  } else {
    return "unknown key \"" + setting.key + "\" in [" + setting.section + "]; it has: url, roots, policy";
  }
  return std::nullopt;
}

std::vector<ConfigurationLine> describe_tsas(const LoadedConfiguration& loaded) {
  std::vector<ConfigurationLine> lines;
  for (const auto& [name, tsa] : loaded.configuration.evidence.tsas) {
    const std::string section = tsa_section(name);
    const auto line = [&](const std::string& key, const std::string& value) {
      const auto place = loaded.places.find(section + "." + key);
      lines.push_back(
          {section, key, value, place == loaded.places.end() ? std::string("default") : place->second});
    };
    line("url", tsa.url);
    line("roots", tsa.roots.string());
    line("policy", tsa.policy);
  }
  return lines;
}

}  // namespace duenotice::app
