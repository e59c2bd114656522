#pragma once
#include <optional>
#include <string>

#include "gateway/base/json.hpp"
#include "gateway/evidence/check_report.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::evidence {

/// What the events of a bundle say, as far as they were proved.
struct BundleEvents {
  std::optional<Json> deemed;             ///< the event that set the legal date
  std::optional<std::uint64_t> decisive;  ///< its index, else that of the last event
  std::string agreement_digest;           ///< of the agreement that the notice was accepted under
};

/// Checks the leaves `events/INDEX.leaf` against their proofs `events/INDEX.tlog-proof`, which lead to
/// `log/checkpoint`; that each names the one before it; that the openings `openings/INDEX-FIELD.r` and `.m`
/// open their commitments; and that each message `notice/CHANNEL-REVISION.EXTENSION` is what the field
/// `CHANNEL.content` of an event was opened to.
BundleEvents check_events(const NamedFiles& files, const std::string& notice, const Checkpoint& checkpoint,
                          CheckReport& report);

}  // namespace duenotice::evidence
