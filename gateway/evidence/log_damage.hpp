#pragma once
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/leaf_source.hpp"
#include "gateway/evidence/log_files.hpp"
#include "gateway/evidence/log_findings.hpp"
#include "gateway/evidence/tile.hpp"

/// The second look of `LogVerifier`, at a log whose journal does not have the signed root.

namespace duenotice::evidence {

/// The finding that a tile or entry bundle is not as it must be.
LogFinding damaged_file(const TileId& tile, bool missing);

/// Names what differs: events against the tiles that the signed root vouches for, and the tiles and bundles
/// that it does not vouch for.
Status find_damage(LeafSource& leaves, const LogFiles& files, const Checkpoint& head, LogFindings& findings);

}  // namespace duenotice::evidence
