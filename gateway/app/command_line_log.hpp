#pragma once
#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

/// The words of the commands below `log`, while they are parsed.
struct LogWords {
  LogInitArguments init;
  LogCheckpointArguments checkpoint;
  LogProofArguments proof;
  LogConsistencyArguments consistency;
  LogVerifyArguments verify;
};

/// Adds `log` with `init`, `checkpoint`, `proof`, `consistency` and `verify`.
void add_log(CLI::App& app, LogWords& words, const Chosen& chosen);

}  // namespace duenotice::app
