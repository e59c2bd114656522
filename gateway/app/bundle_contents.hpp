#pragma once
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/configuration.hpp"
#include "gateway/app/phrases.hpp"
#include "gateway/base/json.hpp"
#include "gateway/evidence/note_key.hpp"
#include "gateway/evidence/notice_leaves.hpp"
#include "gateway/evidence/seal_store.hpp"
#include "gateway/evidence/trust_policy.hpp"
#include "gateway/evidence/zip_archive.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice::app {

/// What a bundle of one notice is made of. The references outlive it.
struct BundleSource {
  const Configuration& configuration;
  JournalReader& reader;
  const NoticeFile& file;
  const evidence::NoticeLeaves& leaves;  ///< of `file`
  const evidence::VerifierKey& log_key;
  const evidence::TrustPolicy& witnesses;  ///< whose cosignatures are asked for
  std::optional<evidence::Seal> after;     ///< the first confirmed seal with all of its events
  std::optional<evidence::Seal> before;    ///< the last one without the event that counts
};

struct BundleContents {
  Json facts;  ///< of the manifest
  evidence::NamedFiles files;
  std::vector<Sentence> missing;  ///< what the bundle has not, and what to do about it
};

/// Gathers everything, and proves every event against the log on the way. `invalid` where an event is not the
/// one in the log, `unavailable` while the newest checkpoint does not cover them all.
Result<BundleContents> gather_bundle(const BundleSource& source);

/// The events of the notice as its leaves say.
evidence::NoticeLeaves leaves_of(const NoticeFile& file);

}  // namespace duenotice::app
