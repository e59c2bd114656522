#pragma once
#include "gateway/app/terminal.hpp"
#include "gateway/base/json.hpp"
#include "gateway/journal/job_list.hpp"

/// What a replay would do, by channel: before anybody says yes, and as a dry run.

namespace duenotice::app {

struct ReplayCounts {
  std::vector<SelectionCount> channels;
  std::int64_t left_out = 0;  ///< were sent, and nothing says that they are to be sent again
};

/// The answer to a dry run for programs; `before` is the replay that the same words asked for, and would go
/// on instead.
void print_dry_run(const Terminal& terminal, const ReplayCounts& counts, const JobProgress* before);
/// The table on stdout, and a warning on stderr for each column that a person should think about.
void print_counts(const Terminal& terminal, const ReplayCounts& counts, bool accept_late);
void say_left_out(const Terminal& terminal, std::int64_t count);

}  // namespace duenotice::app
