#pragma once
#include <vector>

#include "gateway/agreement/agreement.hpp"
#include "gateway/app/configuration.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/base/log.hpp"
#include "gateway/journal/journal_reader.hpp"

/// A version of an agreement that notices were made of never changes. A reload refuses one that did; whoever
/// starts the gateway anew, or asks how it stands, is told here.

namespace duenotice::app {

/// Versions in `agreements` whose files are not those that their first notice was made of, as the journal
/// says; none where it cannot be read, which others say.
std::vector<UsedVersion> changed_versions(const AgreementSet& agreements, const JournalSettings& journal);

/// What changed, and what to do.
Sentence in_words(const UsedVersion& changed);

/// A warning for each.
void log_changed_versions(Log& log, const std::vector<UsedVersion>& changed);

}  // namespace duenotice::app
