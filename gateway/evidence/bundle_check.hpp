#pragma once
#include <string_view>

#include "gateway/evidence/check_report.hpp"
#include "gateway/evidence/trust_file.hpp"
#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::evidence {

/// Checks an evidence bundle with nothing but the keys and roots of the one who checks: no journal, no
/// network, no clock. What the bundle itself says of keys is never believed. Where the archive or its
/// manifest is not whole, or no log of the trust file signed its checkpoint, nothing further is looked at.
/// `release` has the texts that this release puts into a bundle, by path. Pure function; any bytes may be
/// given to it.
CheckReport check_bundle(std::string_view archive, const TrustFile& trust, const NamedFiles& release = {});

}  // namespace duenotice::evidence
