#pragma once
#include "gateway/evidence/check_report.hpp"
#include "gateway/evidence/checkpoint.hpp"
#include "gateway/evidence/notice_leaves.hpp"
#include "gateway/evidence/zip_archive.hpp"

/// What a bundle says of its notice beside the leaves: in its manifest, in STATUS.txt, as an export. Each is
/// held against the leaves, or said to be nothing but the words of its maker.

namespace duenotice::evidence {

/// The lines of STATUS.txt that follow from the manifest: its first, its third and, where the manifest says
/// that it was a sandbox, its fourth.
struct StatusLines {
  std::string notice, legal_date, sandbox;  ///< without newlines; no `sandbox`: empty
};
StatusLines status_lines(const Json& manifest);

/// The checks `legal_date`, `manifest_facts`, `manifest_words`, `agreement`, `export` and `status`, of a
/// manifest whose `files` were checked. Without leaves, because they are not proved, all of them are
/// `not_checked`.
void check_statements(const NamedFiles& files, const Json& manifest, const Checkpoint& checkpoint,
                      const NoticeLeaves* leaves, CheckReport& report);

}  // namespace duenotice::evidence
