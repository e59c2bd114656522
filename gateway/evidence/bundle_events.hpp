#pragma once
#include <optional>
#include <string>

#include "gateway/evidence/check_report.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/notice_leaves.hpp"
#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::evidence {

/// Checks the leaves `events/INDEX.leaf` against their proofs `events/INDEX.tlog-proof`, which lead to
/// `log/checkpoint`; that each names the one before it; that the first and no other accepts the notice, and
/// at most one sets its legal date; that the openings `openings/INDEX-FIELD.r` and `.m` open their
/// commitments; and that each message `notice/CHANNEL-REVISION.EXTENSION` is what the field
/// `CHANNEL.content`, for the REVISIONth time that an event has it, was opened to. Empty when a leaf is
/// wrong: nothing can then be said of what depends on them, and the openings and messages are reported as not
/// checked.
std::optional<NoticeLeaves> check_events(const NamedFiles& files, const std::string& notice,
                                         const Checkpoint& checkpoint, CheckReport& report);

}  // namespace duenotice::evidence
