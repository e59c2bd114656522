#include "gateway/app/used_versions.hpp"

#include "gateway/app/journal_access.hpp"

namespace duenotice::app {

std::vector<UsedVersion> changed_versions(const AgreementSet& agreements, const JournalSettings& journal) {
  const auto reader = open_journal(journal);
  if (!reader) return {};
  const auto used = (*reader)->used_versions();
  if (!used) return {};
  std::vector<UsedVersion> changed;
  for (const UsedVersion& each : *used) {
    const Agreement* loaded = agreements.version(each.agreement, each.version);
    if (loaded != nullptr && loaded->digest != each.digest) changed.push_back(each);
  }
  return changed;
}

Sentence in_words(const UsedVersion& changed) {
  return {
      "{0} {1} was used with other words since {2}: put the old files back, or ship the change as a "
      "version of its own",
      {changed.agreement, changed.version, to_text(changed.since)}};
}

void log_changed_versions(Log& log, const std::vector<UsedVersion>& changed) {
  for (const UsedVersion& each : changed) {
    log.warning("agreement_version_changed", {{"agreement", each.agreement},
                                              {"version", each.version},
                                              {"used_since", to_text(each.since)},
                                              {"mistake", say(Language::english, in_words(each))}});
  }
}

}  // namespace duenotice::app
