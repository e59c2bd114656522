#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/configuration_values.hpp"

/// The keys of [evidence.tsa.NAME]: there may be several such sections, whose names the operator makes up.
/// They stand in the file alone, because a variable of the environment could not tell NAME from key.

namespace duenotice::app {

bool is_tsa_section(const std::string& section);
/// `evidence.tsa.NAME`.
std::string tsa_section(const std::string& name);

/// Takes the value over, or says in a sentence why not.
std::optional<std::string> take_tsa_key(Configuration& to, const Setting& setting);

/// As `describe` for the other keys.
std::vector<ConfigurationLine> describe_tsas(const LoadedConfiguration& loaded);

}  // namespace duenotice::app
