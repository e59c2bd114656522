#pragma once
#include <memory>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/export.hpp"

namespace duenotice {

/// Begins an export that reads from `database`, which outlives it.
Result<std::unique_ptr<RowExport>> start_sqlite_export(sqlite::Database& database,
                                                       const ExportQuestion& question);

}  // namespace duenotice
