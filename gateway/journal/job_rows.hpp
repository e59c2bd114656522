#pragma once
#include <string_view>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/job.hpp"

/// How a replay stands in its row. Each list of columns goes with the function that reads exactly these from
/// column 0 on.

namespace duenotice::rows {

/// Everything but what is sealed: `selection` and `address`.
extern const std::string_view open_job_columns;
Job read_open_job(const sqlite::Statement& row);

extern const std::string_view job_columns;
/// How many those are: what else a statement selects stands behind them.
inline constexpr int job_columns_count = 9;
Job read_job(const sqlite::Statement& row);

}  // namespace duenotice::rows
