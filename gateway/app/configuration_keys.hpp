#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/configuration_values.hpp"

namespace duenotice::app {

/// One key of the configuration: where its value goes and what it may be.
struct ConfigurationKey {
  std::string section;
  std::string name;
  /// What may stand there, to follow "must be ".
  std::string allowed;
  /// Takes the value over, or says in a sentence why not; an empty sentence stands for "must be `allowed`".
  std::function<std::optional<std::string>(Configuration&, const Setting&)> take;
  /// The value in words; of a secret only whether there is one.
  std::function<std::string(const Configuration&)> show;
  bool environment_only = false;  ///< a secret: refused in the file

  /// `DUENOTICE_CHANNELS_EMAIL_URL`
  std::string variable() const;
};

/// Every key there is, in the order in which people read them.
const std::vector<ConfigurationKey>& configuration_keys();

/// Adds those of [channels.…].
void add_channel_keys(std::vector<ConfigurationKey>& keys);

}  // namespace duenotice::app
