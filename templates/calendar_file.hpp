#pragma once
#include <string_view>

#include "gateway/agreement/rest_days.hpp"
#include "gateway/base/findings.hpp"

namespace duenotice::templates {

/// Reads a calendar of rest days, one table a year. It is whole when there are no findings.
///
///     [year.2026]
///     rest = [2026-01-01, 2026-01-02]  # rest days beyond weekends; may name weekends too
///     work = [2026-01-04]              # weekend days that are worked instead
///
/// Dates stand without quotes and belong to their year, each once; what is worked is a Saturday or a Sunday.
/// `rest` is needed: a year without a single one is a slip. The findings' file gives the calendar its name.
RestDays read_calendar_file(std::string_view content, Findings& findings);

}  // namespace duenotice::templates
