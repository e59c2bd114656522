#pragma once
#include <string>

#include "gateway/app/row_format.hpp"
#include "gateway/base/digest.hpp"
#include "gateway/base/json.hpp"

namespace duenotice::app {

/// What was written, for the one who checks it later.
struct ExportedFile {
  std::string name;  ///< without its folder; `-` for standard output
  RowFormat format = RowFormat::csv;
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
  Digest digest;
  Instant started_at, made_at;
};

/// The manifest beside an export: what was asked, what the file holds and accounts for, and the SHA-256 by
/// which it is recognised. Keys are stable: they are only ever added. Addresses that were asked for are
/// masked unless the export shows them.
Json export_manifest(const ExportQuestion& question, const ExportStanding& standing,
                     const ExportedFile& file);

}  // namespace duenotice::app
