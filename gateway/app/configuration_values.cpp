#include "gateway/app/configuration_values.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace duenotice::app {

namespace {

struct Unit {
  std::string_view name;
  std::uint64_t bytes;
};
constexpr std::array<Unit, 7> units{{{"GB", 1'000'000'000},
                                     {"MB", 1'000'000},
                                     {"KB", 1'000},
                                     {"GiB", std::uint64_t{1} << 30U},
                                     {"MiB", std::uint64_t{1} << 20U},
                                     {"KiB", std::uint64_t{1} << 10U},
                                     {"B", 1}}};

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> parse_size(std::string_view text) {
  for (const Unit& unit : units) {
    if (!text.ends_with(unit.name)) continue;
    const auto count = whole_number<std::uint64_t>(text.substr(0, text.size() - unit.name.size()));
    if (!count || *count > std::numeric_limits<std::uint64_t>::max() / unit.bytes) return std::nullopt;
    return *count * unit.bytes;
  }
  return whole_number<std::uint64_t>(text);
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.emplace_back(part);
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

std::optional<bool> read_bool(const Setting& setting) {
  if (const bool* value = std::get_if<bool>(&setting.value)) return *value;
  if (!setting.from_environment) return std::nullopt;
  const std::string& text = std::get<std::string>(setting.value);
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(const Setting& setting) {
  if (const auto* value = std::get_if<std::int64_t>(&setting.value)) return *value;
  if (!setting.from_environment) return std::nullopt;
  return whole_number<std::int64_t>(std::get<std::string>(setting.value));
}

std::optional<std::string> read_text(const Setting& setting) {
  const auto* value = std::get_if<std::string>(&setting.value);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<Milliseconds> read_duration(const Setting& setting) {
  const auto* text = std::get_if<std::string>(&setting.value);
  return text == nullptr ? std::nullopt : parse_duration(*text);
}

std::optional<std::vector<Milliseconds>> read_durations(const Setting& setting) {
  std::vector<std::string> texts;
  if (const auto* list = std::get_if<std::vector<std::string>>(&setting.value)) {
    texts = *list;
  } else if (setting.from_environment) {
    texts = split(std::get<std::string>(setting.value));
  } else {
    return std::nullopt;
  }
  std::vector<Milliseconds> durations;
  for (const std::string& text : texts) {
    const auto duration = parse_duration(text);
    if (!duration) return std::nullopt;
    durations.push_back(*duration);
  }
  return durations;
}

std::optional<std::uint64_t> read_size(const Setting& setting) {
  if (const auto* number = std::get_if<std::int64_t>(&setting.value)) {
    return *number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*number));
  }
  const auto* text = std::get_if<std::string>(&setting.value);
  return text == nullptr ? std::nullopt : parse_size(*text);
}

std::optional<std::filesystem::path> read_path(const Setting& setting) {
  const auto* text = std::get_if<std::string>(&setting.value);
  if (text == nullptr || text->empty() || text->find('\0') != std::string::npos) return std::nullopt;
  return resolve(*text, setting.folder);
}

std::filesystem::path resolve(const std::filesystem::path& path, const std::filesystem::path& folder) {
  return path.is_absolute() ? path : (folder / path).lexically_normal();
}

std::string quoted(const Setting& setting) {
  struct Visitor {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const std::string& value) const { return "\"" + value + "\""; }
    std::string operator()(const OtherValue& value) const { return value.what; }
    std::string operator()(const std::vector<std::string>& value) const {
      std::string list = "[";
      for (const std::string& element : value) list += (list.size() == 1 ? "\"" : ", \"") + element + "\"";
      return list + "]";
    }
  };
  return std::visit(Visitor(), setting.value);
}

std::string size_text(std::uint64_t bytes) {
  for (const Unit& unit : units) {
    if (bytes >= unit.bytes && bytes % unit.bytes == 0 && unit.bytes > 1) {
      return std::to_string(bytes / unit.bytes) + std::string(unit.name);
    }
  }
  return std::to_string(bytes);
}

}  // namespace duenotice::app
