#include "gateway/evidence/log_findings.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::evidence {

std::string to_text(LogFault fault) {
  switch (fault) {
    case LogFault::checkpoint_missing:
      return "checkpoint_missing";
    case LogFault::checkpoint_invalid:
      return "checkpoint_invalid";
    case LogFault::head_invalid:
      return "head_invalid";
    case LogFault::head_forked:
      return "head_forked";
    case LogFault::checkpoint_outdated:
      return "checkpoint_outdated";
    case LogFault::head_outdated:
      return "head_outdated";
    case LogFault::journal_truncated:
      return "journal_truncated";
    case LogFault::event_changed:
      return "event_changed";
    case LogFault::event_missing:
      return "event_missing";
    case LogFault::event_extra:
      return "event_extra";
    case LogFault::event_reordered:
      return "event_reordered";
    case LogFault::tile_changed:
      return "tile_changed";
    case LogFault::tile_missing:
      return "tile_missing";
    case LogFault::bundle_changed:
      return "bundle_changed";
    case LogFault::bundle_missing:
      return "bundle_missing";
    case LogFault::file_extra:
      return "file_extra";
  }
  DN_ASSERT(false);
  return {};
}

bool LogFindings::add(LogFinding finding) {
  if (named_.size() == limits::log_findings_named) {
    ++further_;
    return false;
  }
  named_.push_back(std::move(finding));
  return true;
}

}  // namespace duenotice::evidence
