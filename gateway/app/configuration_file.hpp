#pragma once
#include <filesystem>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/configuration_values.hpp"

namespace duenotice::app {

struct ConfigurationFile {
  std::vector<Setting> settings;
  std::vector<ConfigurationMistake> mistakes;  ///< it cannot be read, or is not TOML
};

/// Reads a TOML file (at most 1 MB) into flat settings in the order of their lines, whatever their names and
/// types.
ConfigurationFile read_configuration_file(const std::filesystem::path& path);

}  // namespace duenotice::app
