#pragma once
#include "gateway/app/terminal.hpp"
#include "gateway/base/json.hpp"
#include "gateway/journal/job_list.hpp"

/// What a replay would do, by channel: before anybody says yes, and as a dry run.

namespace duenotice::app {

Json counts_json(const std::vector<SelectionCount>& counts);
/// The table on stdout, and a warning on stderr for each column that a person should think about.
void print_counts(const Terminal& terminal, const std::vector<SelectionCount>& counts, bool accept_late);

}  // namespace duenotice::app
