#pragma once
#include "gateway/agreement/agreement.hpp"
#include "gateway/base/json.hpp"

namespace duenotice::app {

/// What `agreements show --json` says of one version, with everything of agreement.toml. Its keys are stable.
Json agreement_json(const Agreement& agreement);

}  // namespace duenotice::app
