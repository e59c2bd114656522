#pragma once
#include <string>

#include "gateway/base/json.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// A notice's events in the shape of ETSI EN 319 522-3 (V1.2.1, the JSON binding): one evidence for each
/// event that the standard has a name for, with the place in our log as `TransactionLogInformation`. It
/// claims no conformance: we are no qualified service, and sign the list as a whole (the bundle's manifest).
/// What a sandbox did is left out. Holds no address.
Json erds_evidence(const NoticeFile& file, const std::string& origin);

}  // namespace duenotice::app
