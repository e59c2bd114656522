#pragma once
#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

/// The words of the commands below `log` and `witness`, while they are parsed.
struct LogWords {
  LogInitArguments init;
  LogTrustArguments trust;
  LogCheckpointArguments checkpoint;
  LogProofArguments proof;
  LogConsistencyArguments consistency;
  LogSealsArguments seals;
  LogVerifyArguments verify;
  WitnessInitArguments witness_init;
  WitnessServeArguments witness_serve;
  CompletenessArguments completeness;
};

/// Adds `log` with `init`, `trust`, `checkpoint`, `proof`, `consistency`, `seals` and `verify`, `witness`
/// with `init` and `serve`, and `completeness`.
void add_log(CLI::App& app, LogWords& words, const Chosen& chosen);

}  // namespace duenotice::app
