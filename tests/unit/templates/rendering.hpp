#pragma once
#include <catch2/catch.hpp>

#include <algorithm>

#include "templates/renderer.hpp"

/// What the tests of the texts share: loaded agreements, and requests with sensible values for every
/// variable.

namespace duenotice::templates {

inline std::shared_ptr<const Library> load_without_mistakes(const std::string& folder) {
  Loaded loaded = load_library(std::string(SOURCE_DIR) + folder);
  for (const Mistake& mistake : loaded.mistakes) {
    UNSCOPED_INFO(mistake.file << ":" << mistake.line << ": " << mistake.message);
  }
  REQUIRE(loaded.library != nullptr);
  return loaded.library;
}

inline std::shared_ptr<const Library> shipped() { return load_without_mistakes("/templates/agreements"); }
inline std::shared_ptr<const Library> for_tests() {
  return load_without_mistakes("/tests/support/agreements");
}

/// A value of each type, easy to find in a text: `value of NAME`, 15 April 2026, CNY 12,345.60, 9,876,543,
/// the first word of a choice.
inline Json sample_value(const Kind& kind, const std::string& name) {
  switch (kind.variables.at(name)) {
    case VariableType::string:
      return "value of " + name;
    case VariableType::date:
      return "2026-04-15";
    case VariableType::url:
      return "https://flashcat.example/" + name + "?a=1&b=2";
    case VariableType::integer:
      return std::int64_t{9'876'543};
    case VariableType::choice:
      return kind.choices.at(name).begin()->first;
    case VariableType::money:
      break;
  }
  Json money = Json::object();
  money["amount"] = "12345.60";
  money["currency"] = "CNY";
  return money;
}

inline Json sample_variables(const Kind& kind) {
  Json variables = Json::object();
  for (const auto& [name, type] : kind.variables) variables[name] = sample_value(kind, name);
  return variables;
}

/// A render input that owns its variables.
struct Sample {
  Sample(const Agreement& agreement, const Kind& kind, std::string language, Channel channel)
      : variables(sample_variables(kind)), input{agreement, kind,        std::move(language),
                                                 channel,   "Zhang Wei", "acc-10086",
                                                 "REF-7",   date,        variables} {}
  Sample(const Sample&) = delete;
  Sample& operator=(const Sample&) = delete;

  static constexpr CalendarDate date{std::chrono::local_days(std::chrono::year(2026) / 3 / 31)};
  Json variables;
  RenderInput input;
};

inline Words words_of(const Library& library, const RenderInput& input) {
  auto words = library.render(input);
  if (!words) FAIL(words.error().pointer << ": " << words.error().message);
  return *words;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The version of a shipped agreement that is in force at the start of 2026.
inline const Agreement& in_force(const Library& library, const std::string& id) {
  const Agreement* agreement =
      library.agreements().in_force(id, parse_instant("2026-01-01T00:00:00Z").value());
  REQUIRE(agreement != nullptr);
  return *agreement;
}

inline bool is_copy(const Kind& kind, Channel channel) {
  return std::find(kind.copies.begin(), kind.copies.end(), channel) != kind.copies.end();
}

inline std::vector<Channel> all_channels(const Kind& kind) {
  std::vector<Channel> channels = kind.channels;
  channels.insert(channels.end(), kind.copies.begin(), kind.copies.end());
  return channels;
}

}  // namespace duenotice::templates
