#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/base/time.hpp"

/// The values of a configuration, whether they come from TOML or from the environment, where everything is
/// text.

namespace duenotice::app {

/// A TOML value that no key takes (a date, a fraction, a table), by its name.
struct OtherValue {
  std::string what;
};

/// One key as somebody set it.
struct Setting {
  std::string section;  ///< `channels.email`
  std::string key;
  std::variant<bool, std::int64_t, std::string, std::vector<std::string>, OtherValue> value;
  std::string place;             ///< `duenotice.toml:12` or `DUENOTICE_QUEUE_URL`
  std::filesystem::path folder;  ///< what a relative path is relative to; empty: the working folder
  bool from_environment = false;
};

/// Each is empty when the value is not of that type or not in that form.
std::optional<bool> read_bool(const Setting& setting);
std::optional<std::int64_t> read_integer(const Setting& setting);
std::optional<std::string> read_text(const Setting& setting);
std::optional<Milliseconds> read_duration(const Setting& setting);
/// A list of durations; in the environment separated by commas.
std::optional<std::vector<Milliseconds>> read_durations(const Setting& setting);
/// Bytes: a whole number, or a text such as `256MB` (decimal) or `64MiB` (binary).
std::optional<std::uint64_t> read_size(const Setting& setting);
/// A path that is not empty, made relative to the setting's folder.
std::optional<std::filesystem::path> read_path(const Setting& setting);

/// `path` as it is meant from `folder`.
std::filesystem::path resolve(const std::filesystem::path& path, const std::filesystem::path& folder);

/// The value as it was written, for error messages; texts in quotes.
std::string quoted(const Setting& setting);
/// Bytes in words: `256MB` where that is exact, otherwise the number.
std::string size_text(std::uint64_t bytes);

}  // namespace duenotice::app
