#include "gateway/app/configuration.hpp"

#include <unistd.h>

#include <algorithm>

#include "gateway/app/configuration_checks.hpp"
#include "gateway/app/configuration_file.hpp"
#include "gateway/app/configuration_keys.hpp"
#include "gateway/app/configuration_tsa_keys.hpp"
#include "gateway/base/file_system.hpp"
#include "gateway/base/words.hpp"

extern char** environ;

namespace duenotice::app {

namespace {

constexpr std::string_view file_variable = "DUENOTICE_CONFIG";
/// Behind it stand those of the time-stamping authorities.
constexpr std::string_view last_evidence_key = "ca_file";
/// Only for a sandbox, which reaches nobody: real mail from it could not be answered (RFC 2606).
constexpr const char* sandbox_sender = "notices@duenotice.invalid";

const ConfigurationKey* find_key(const std::string& section, const std::string& name) {
  for (const ConfigurationKey& key : configuration_keys()) {
    if (key.section == section && key.name == name) return &key;
  }
  return nullptr;
}

std::string unknown_key(const Setting& setting) {
  std::vector<std::string> sections;
  std::vector<std::string> names;
  for (const ConfigurationKey& key : configuration_keys()) {
    if (std::find(sections.begin(), sections.end(), key.section) == sections.end())
      sections.push_back(key.section);
    if (key.section == setting.section && !key.environment_only) names.push_back(key.name);
  }
  sections.insert(std::find(sections.begin(), sections.end(), "retry"), "evidence.tsa.NAME");
  if (setting.section.empty()) {
    return "unknown key \"" + setting.key + "\" outside any section; the sections are: " + joined(sections);
  }
  if (names.empty()) return "unknown section [" + setting.section + "]; there are: " + joined(sections);
  return "unknown key \"" + setting.key + "\" in [" + setting.section + "]; it has: " + joined(names);
}

void take(LoadedConfiguration& loaded, const Setting& setting) {
  const ConfigurationKey* key = find_key(setting.section, setting.key);
  const auto mistake = [&](std::string message) {
    loaded.mistakes.push_back({setting.place, std::move(message)});
  };
  if (is_tsa_section(setting.section)) {
    if (const auto problem = take_tsa_key(loaded.configuration, setting)) return mistake(*problem);
    loaded.places[setting.section + "." + setting.key] = setting.place;
    return;
  }
  if (key == nullptr) return mistake(unknown_key(setting));
  const std::string name = "[" + key->section + "] " + key->name;
  if (key->environment_only && !setting.from_environment) {
    return mistake(
        name + " must not stand in this file, because the file is read by many: put the secret into a file " +
        "of its own and name it in `" + key->name + "_file`, or into the environment as " + key->variable());
  }
  const auto problem = key->take(loaded.configuration, setting);
  if (!problem) {
    loaded.places[key->section + "." + key->name] = setting.place;
  } else if (problem->empty()) {
    // A url may hold a password, wherever it went wrong.
    const bool secret = key->environment_only || key->name == "url";
    mistake(name + " must be " + key->allowed + (secret ? "" : ", not " + quoted(setting)));
  } else {
    mistake(name + " " + *problem);
  }
}

void take_environment(LoadedConfiguration& loaded, const Environment& environment) {
  for (const auto& [variable, value] : environment) {
    if (variable == file_variable || !variable.starts_with("DUENOTICE_")) continue;
    const auto& keys = configuration_keys();
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const auto& each) { return each.variable() == variable; });
    if (key == keys.end()) {
      loaded.mistakes.push_back(
          {variable,
           "unknown variable: those that start with DUENOTICE_ are DUENOTICE_CONFIG and "
           "DUENOTICE_SECTION_KEY for a key of the configuration; unset it"});
      continue;
    }
    take(loaded, Setting{key->section, key->name, value, variable, "", true});
  }
}

std::optional<std::filesystem::path> choose_file(const std::optional<std::filesystem::path>& file,
                                                 const Environment& environment) {
  if (file) return file;
  if (const auto named = environment.find(file_variable);
      named != environment.end() && !named->second.empty()) {
    return named->second;
  }
  for (const char* usual : {"duenotice.toml", "/etc/duenotice/duenotice.toml"}) {
    std::error_code ignored;
    if (std::filesystem::exists(usual, ignored)) return usual;
  }
  return std::nullopt;
}

std::filesystem::path installed_agreements() {
  std::error_code failed;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", failed);
  return (program.parent_path().parent_path() / "share/duenotice/agreements").lexically_normal();
}

}  // namespace

Result<std::string> Secret::read() const {
  if (!value.empty()) return value;
  if (file) return read_secret(*file);
  return std::string();
}

Environment process_environment() {
  Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const std::size_t equals = text.find('=');
    if (!text.starts_with("DUENOTICE_") || equals == std::string_view::npos) continue;
    environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

LoadedConfiguration load_configuration(const std::optional<std::filesystem::path>& file,
                                       const Environment& environment) {
  LoadedConfiguration loaded;
  loaded.file = choose_file(file, environment);
  Configuration& configuration = loaded.configuration;
  if (loaded.file) {
    const std::filesystem::path folder = loaded.file->parent_path();
    configuration.journal.path = resolve(configuration.journal.path, folder);
    configuration.queue.embedded = resolve(*configuration.queue.embedded, folder);
    ConfigurationFile content = read_configuration_file(*loaded.file);
    loaded.mistakes = std::move(content.mistakes);
    for (const Setting& setting : content.settings) take(loaded, setting);
  }
  take_environment(loaded, environment);
  // Where the environment names a channel there are no others: a default never mixes messages that reach
  // nobody with real ones.
  if (!loaded.file && !configuration.email.enabled() && !configuration.sms.enabled()) {
    configuration.email.sandbox = "duenotice-data/mail";
    configuration.sms.sandbox = "duenotice-data/sms";
  }
  if (configuration.email.sandbox && configuration.email.from.empty())
    configuration.email.from = sandbox_sender;
  const auto beside_journal = [&](std::filesystem::path& path, const char* suffix) {
    if (path.empty()) path = configuration.journal.path.string() + suffix;
  };
  beside_journal(configuration.control.socket, ".sock");
  beside_journal(configuration.evidence.folder, ".log");
  beside_journal(configuration.evidence.key_file, ".log.key");
  beside_journal(configuration.evidence.heads, ".heads");
  beside_journal(configuration.evidence.seals, ".seals");
  if (configuration.agreements.path.empty()) configuration.agreements.path = installed_agreements();
  if (loaded.mistakes.empty()) check_together(loaded);
  return loaded;
}

std::vector<std::string> places_in_use(const Configuration& configuration) {
  std::vector<std::string> places;
  for (const char* section : {"journal", "queue", "channels.email", "channels.sms"}) {
    const std::string url = find_key(section, "url")->show(configuration);
    places.push_back(url.empty() ? "none" : url);
  }
  return places;
}

std::vector<ConfigurationLine> describe(const LoadedConfiguration& loaded) {
  std::vector<ConfigurationLine> lines;
  for (const ConfigurationKey& key : configuration_keys()) {
    const auto place = loaded.places.find(key.section + "." + key.name);
    lines.push_back({key.section, key.name, key.show(loaded.configuration),
                     place == loaded.places.end() ? "default" : place->second});
    if (key.section == "evidence" && key.name == last_evidence_key) {
      for (ConfigurationLine& line : describe_tsas(loaded)) lines.push_back(std::move(line));
    }
  }
  return lines;
}

}  // namespace duenotice::app
