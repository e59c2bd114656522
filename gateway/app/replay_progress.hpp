#pragma once
#include "gateway/app/commands.hpp"
#include "gateway/journal/journal_reader.hpp"

/// How a replay goes, for people and for programs.

namespace duenotice::app {

/// Why a command looks on at a replay no longer.
enum class LookedUntil {
  the_end,           ///< nothing of it is about to happen: it ended, or waits for a retry
  the_person_left,   ///< Ctrl-C, which ends only the looking
  the_gateway_left,  ///< no gateway runs any more
  nothing_moved,     ///< for limits::replay_patience: its provider may be away
};

struct Looked {
  JobProgress progress;
  LookedUntil until = LookedUntil::the_end;
};

/// Looks on at a replay, with a bar on a terminal.
Result<Looked> watch_replay(const Context& context, JournalReader& reader, const std::string& job);

/// How far it has come. Keys are stable: they are only ever added.
Json progress_json(const JobProgress& progress);
/// The same as the object of `replay --json`.
Json replay_json(const JobProgress& progress, bool gateway_runs, bool asked_before);
void print_replay(const Terminal& terminal, const JobProgress& progress);

}  // namespace duenotice::app
