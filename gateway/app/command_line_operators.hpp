#pragma once
#include <functional>

#include "gateway/app/arguments.hpp"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace duenotice::app {

/// The words of the commands that are about what went wrong, while they are parsed.
struct OperatorWords {
  FailedArguments failed;
  CancelArguments cancel;
  RetryArguments retry;
  ResolveArguments resolve;
  ReplayArguments replay;
  JobsArguments jobs;
  JobsShowArguments jobs_show;
  JobsStopArguments jobs_stop;
  RejectedShowArguments rejected_show;
  RejectedReleaseArguments rejected_release;
  RejectedDiscardArguments rejected_discard;
  KeysShowArguments keys_show;
  KeysRotateArguments keys_rotate;
  LegalHoldAddArguments hold_add;
  LegalHoldRemoveArguments hold_remove;
  LegalHoldListArguments hold_list;
  AccountEndArguments account_end;
  EraseArguments erase;
};

/// Called with the arguments of the command that was given, when they are complete.
using Chosen = std::function<void(CommandArguments)>;

/// Adds who orders it and why; returns the option of the reason.
CLI::Option* add_order(CLI::App& command, OrderArguments& order);

/// Adds `failed`, `replay`, `jobs`, `resolve`, `retry`, `cancel`, `keys`, `legal-hold`, `account` and
/// `erase`.
void add_operators(CLI::App& app, OperatorWords& words, const Chosen& chosen);
/// Adds `keys` with `show` and `rotate`; part of `add_operators`.
void add_keys(CLI::App& app, OperatorWords& words, const Chosen& chosen);
/// Adds `legal-hold`, `account` and `erase`; part of `add_operators`.
void add_erasure(CLI::App& app, OperatorWords& words, const Chosen& chosen);
/// Adds `show`, `release` and `discard` below `rejected`.
void add_rejected_decisions(CLI::App& rejected, OperatorWords& words, const Chosen& chosen);

}  // namespace duenotice::app
