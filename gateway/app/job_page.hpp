#pragma once
#include <string>

#include "gateway/app/terminal.hpp"
#include "gateway/base/json.hpp"
#include "gateway/journal/job_list.hpp"

/// A replay in words, for people and for programs.

namespace duenotice::app {

/// How it stands: `running` (something of it is to be started or under way), `waiting` (for retries alone),
/// `done`, `stopped`.
std::string_view standing_of(const JobProgress& progress);

/// How many of its deliveries have come to an end that nothing changes back: not those that wait for a retry.
std::int64_t settled(const JobProgress& progress);

/// What it selects, in the words of the command: `--state failed --channel email --code 550`. Of notices that
/// were named only how many; a corrected address is masked.
std::string selection_in_words(const Terminal& terminal, const Job& job);

/// An object of `jobs --json`. Keys are stable: they are only ever added.
Json job_json(const JobProgress& progress);

}  // namespace duenotice::app
