#pragma once
#include "gateway/evidence/notice_leaves.hpp"
#include "gateway/evidence/zip_archive.hpp"

namespace duenotice::evidence {

/// A notice's events in the shape of ETSI EN 319 522-3 (V1.2.1, the JSON binding): one evidence for each
/// event that the standard has a name for, with the place in our log as `TransactionLogInformation`. It
/// claims no conformance: we are no qualified service, and sign the list as a whole (the bundle's manifest).
/// What a sandbox did is left out. It follows from the leaves and from the other files of the bundle: the
/// recipient is the opened `account`, the parts are the messages `notice/CHANNEL-REVISION.EXTENSION`, the
/// first revision of each for the acceptance and the one of the attempt for its outcome.
Json erds_evidence(const NoticeLeaves& leaves, const NamedFiles& files, const std::string& origin);

}  // namespace duenotice::evidence
