#include "gateway/app/configuration_file.hpp"

#include <toml++/toml.h>

#include <map>

#include "gateway/base/file_system.hpp"

namespace duenotice::app {

namespace {

constexpr std::size_t file_bytes = 1'000'000;

std::string type_name(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::floating_point:
      return "a fraction";
    case toml::node_type::array:
      return "a list of other things than texts";
    case toml::node_type::table:
      return "a table";
    default:
      return "a date or time";
  }
}

void read_value(const toml::node& node, Setting& setting) {
  if (const auto* boolean = node.as_boolean()) {
    setting.value = boolean->get();
  } else if (const auto* number = node.as_integer()) {
    setting.value = number->get();
  } else if (const auto* text = node.as_string()) {
    setting.value = text->get();
  } else if (const auto* array = node.as_array(); array != nullptr && array->is_homogeneous<std::string>()) {
    std::vector<std::string> texts;
    for (const toml::node& element : *array) texts.push_back(element.as_string()->get());
    setting.value = std::move(texts);
  } else if (array != nullptr && array->empty()) {
    setting.value = std::vector<std::string>();
  } else {
    setting.value = OtherValue{type_name(node)};
  }
}

/// Sections are two deep at most (`channels.email`), those of `[evidence.tsa.NAME]` three; a table below that
/// is a value of the wrong type.
void read_table(const toml::table& table, const std::string& section, int depth,
                const std::filesystem::path& path, std::multimap<std::uint32_t, Setting>& by_line) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (const toml::table* inner = node.as_table();
        inner != nullptr && (depth < 2 || section == "evidence.tsa")) {
      read_table(*inner, section.empty() ? name : section + "." + name, depth + 1, path, by_line);
      continue;
    }
    Setting setting;
    setting.section = section;
    setting.key = name;
    read_value(node, setting);
    const std::uint32_t line = node.source().begin.line;
    setting.place = path.string() + ":" + std::to_string(line);
    setting.folder = path.parent_path();
    by_line.emplace(line, std::move(setting));
  }
}

}  // namespace

ConfigurationFile read_configuration_file(const std::filesystem::path& path) {
  ConfigurationFile file;
  if (path.empty()) {
    file.mistakes.push_back({"--config", "it needs a FILE"});
    return file;
  }
  const Result<std::string> text = read_file(path, file_bytes);
  if (!text) {
    // The place says which file already.
    std::string why = text.error().message;
    if (const std::size_t named = why.find(path.string()); named != std::string::npos)
      why = "the configuration file cannot be read" + why.substr(named + path.string().size());
    file.mistakes.push_back({path.string(), why + "; name one that exists with --config FILE"});
    return file;
  }
  try {
    std::multimap<std::uint32_t, Setting> by_line;
    read_table(toml::parse(*text, path.string()), "", 0, path, by_line);
    for (auto& [line, setting] : by_line) file.settings.push_back(std::move(setting));
  } catch (const toml::parse_error& error) {
    file.mistakes.push_back({path.string() + ":" + std::to_string(error.source().begin.line),
                             "not TOML: " + std::string(error.description())});
  }
  return file;
}

}  // namespace duenotice::app
