#pragma once
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/phrases.hpp"

namespace duenotice::app {

enum class Health {
  ok,
  warning,  ///< it works, but a person should know
  problem,  ///< notices are not taken, not sent, or not dated rightly
};

struct Finding {
  std::string check;  ///< a stable word
  Health health = Health::ok;
  Sentence message;  ///< what was found and, unless it is well, what to do
};

/// Tries out everything that the gateway depends on. Sends and changes nothing. With mistakes in the
/// configuration only these are found. `deep` checks every event of the journal instead of the last ones.
std::vector<Finding> examine(const LoadedConfiguration& loaded, bool deep);

}  // namespace duenotice::app
