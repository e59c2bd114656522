#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/json.hpp"
#include "gateway/evidence/check_report.hpp"
#include "gateway/evidence/trust_file.hpp"

/// The manifest of an export as a signed note: the line `duenotice-export/v1`, then the manifest as JSON, by
/// the key of the role `export`. The manifest's `origin` and `checkpoint`, a signed note too, lead to the
/// log.

namespace duenotice::evidence {

/// `invalid` when the manifest cannot stand in a note (it holds U+007F, or is too long).
Result<std::string> sign_export(const Json& manifest, const SigningKey& log_key);

/// What was measured of the file that the manifest is about.
struct ExportedBytes {
  std::int64_t bytes = 0;
  Digest digest;
};

/// Holds a signed manifest against the file and the keys of the one who checks.
CheckReport check_export(std::string_view note, const ExportedBytes& file, const TrustFile& trust);

}  // namespace duenotice::evidence
