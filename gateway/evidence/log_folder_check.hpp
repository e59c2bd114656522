#pragma once
#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/log_findings.hpp"

namespace duenotice::evidence {

/// Names files among the tiles that a log of `latest` leaves has no place for, and partial tiles left from
/// earlier sizes that do not begin as the tile at `size` does. `size` <= `latest`.
Status find_extra_files(const LogFiles& files, std::uint64_t size, std::uint64_t latest,
                        LogFindings& findings);

}  // namespace duenotice::evidence
