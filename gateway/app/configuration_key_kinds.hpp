#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gateway/app/configuration_keys.hpp"

/// The kinds of keys that a configuration has: a whole number, a size, a path and so on, each made from its
/// section, its name, what it may be, and `at`, which picks the member of a configuration that it fills; `at`
/// works on const and on mutable ones.

namespace duenotice::app {

using Problem = std::optional<std::string>;
inline constexpr std::nullopt_t fine = std::nullopt;
/// Stands for "must be `allowed`".
inline Problem wrong() { return std::string(); }

template <class At>
ConfigurationKey integer_key(std::string section, std::string name, std::int64_t least, std::int64_t most,
                             At at) {
  return {std::move(section), std::move(name),
          "a whole number from " + std::to_string(least) + " to " + std::to_string(most),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_integer(setting);
            if (!value || *value < least || *value > most) return wrong();
            at(to) = static_cast<std::decay_t<decltype(at(to))>>(*value);
            return fine;
          },
          [=](const Configuration& from) { return std::to_string(at(from)); }};
}

template <class At>
ConfigurationKey size_key(std::string section, std::string name, std::uint64_t least, std::uint64_t most,
                          At at) {
  return {
      std::move(section), std::move(name),
      "a number of bytes such as \"256MB\" or \"64MiB\", from " + size_text(least) + " to " + size_text(most),
      [=](Configuration& to, const Setting& setting) -> Problem {
        const auto value = read_size(setting);
        if (!value || *value < least || *value > most) return wrong();
        at(to) = *value;
        return fine;
      },
      [=](const Configuration& from) { return size_text(at(from)); }};
}

template <class At>
ConfigurationKey duration_key(std::string section, std::string name, Milliseconds least, Milliseconds most,
                              At at) {
  return {std::move(section), std::move(name),
          "a duration such as \"30s\" or \"2h\", from " + to_text(least) + " to " + to_text(most),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_duration(setting);
            if (!value || *value < least || *value > most) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return to_text(at(from)); }};
}

inline std::string in_words(const std::vector<Milliseconds>& waits) {
  std::string list;
  for (const Milliseconds wait : waits) list += (list.empty() ? "" : ", ") + to_text(wait);
  return list;
}

/// The waits between attempts.
template <class At>
ConfigurationKey schedule_key(std::string section, std::string name, At at) {
  return {std::move(section), std::move(name),
          "a list of 1 to " + std::to_string(limits::retry_steps) +
              " durations such as [\"1m\", \"5m\", \"2h\"], each from 1s to 7d",
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto waits = read_durations(setting);
            if (!waits || waits->empty() || waits->size() > limits::retry_steps) return wrong();
            const auto outside = [](Milliseconds wait) {
              return wait < std::chrono::seconds(1) || wait > std::chrono::hours(24 * 7);
            };
            if (std::any_of(waits->begin(), waits->end(), outside)) return wrong();
            at(to) = *waits;
            return fine;
          },
          [=](const Configuration& from) { return in_words(at(from)); }};
}

template <class At>
ConfigurationKey bool_key(std::string section, std::string name, At at) {
  return {std::move(section), std::move(name), "true or false",
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_bool(setting);
            if (!value) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return std::string(at(from) ? "true" : "false"); }};
}

template <class At>
ConfigurationKey path_key(std::string section, std::string name, std::string allowed, At at) {
  return {std::move(section), std::move(name), std::move(allowed),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_path(setting);
            if (!value) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) {
            const std::optional<std::filesystem::path> path = at(from);
            return path ? path->string() : std::string();
          }};
}

template <class At, class Accept>
ConfigurationKey text_key(std::string section, std::string name, std::string allowed, Accept accept, At at) {
  return {std::move(section), std::move(name), std::move(allowed),
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            if (!value || !accept(*value)) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return at(from); }};
}

template <class Value>
using Choices = std::vector<std::pair<std::string, Value>>;

template <class Value, class At>
ConfigurationKey choice_key(std::string section, std::string name, Choices<Value> choices, At at) {
  std::string allowed;
  for (std::size_t i = 0; i < choices.size(); ++i) {
    allowed += (i == 0 ? "\"" : i + 1 == choices.size() ? " or \"" : ", \"") + choices[i].first + "\"";
  }
  return {std::move(section), std::move(name), allowed,
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            for (const auto& [word, choice] : choices) {
              if (value != word) continue;
              at(to) = choice;
              return fine;
            }
            return wrong();
          },
          [=](const Configuration& from) {
            const auto found = std::find_if(choices.begin(), choices.end(),
                                            [&](const auto& choice) { return choice.second == at(from); });
            return found == choices.end() ? std::string() : found->first;
          }};
}

/// Its value may stand in the environment alone.
template <class At>
ConfigurationKey secret_key(std::string section, std::string name, At at) {
  return {std::move(section),
          std::move(name),
          "a text that is not empty",
          [=](Configuration& to, const Setting& setting) -> Problem {
            const auto value = read_text(setting);
            if (!value || value->empty()) return wrong();
            at(to) = *value;
            return fine;
          },
          [=](const Configuration& from) { return std::string(at(from).empty() ? "" : "(set)"); },
          true};
}

}  // namespace duenotice::app
