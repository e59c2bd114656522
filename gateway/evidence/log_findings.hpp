#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duenotice::evidence {

/// What can be wrong with a log. Stable names: `to_text`.
enum class LogFault {
  checkpoint_missing,   ///< no checkpoint, so that nothing vouches for anything
  checkpoint_invalid,   ///< not a checkpoint of this log, or not signed with its key
  head_invalid,         ///< the remembered head is no checkpoint of this log
  head_forked,          ///< two signed checkpoints that cannot both be heads of one log
  checkpoint_outdated,  ///< the published checkpoint is older than the head
  head_outdated,        ///< the head that was remembered is older than the published checkpoint
  journal_truncated,    ///< the journal ends before the log does
  event_changed,
  event_missing,    ///< a leaf of the log is not in the journal
  event_extra,      ///< an event stands between two others that the log has side by side
  event_reordered,  ///< an event stands elsewhere than in the log
  tile_changed,
  tile_missing,
  bundle_changed,
  bundle_missing,
  file_extra,  ///< a file among the tiles that the log has no place for
};

std::string to_text(LogFault fault);

struct LogFinding {
  LogFault fault = LogFault::event_changed;
  std::optional<std::uint64_t> leaf;  ///< its index from 0, where the finding is about one
  std::string path;                   ///< in the log's folder, where the finding is about a file
  std::string sentence;
};

/// The findings of a verification: the first ones, and how many more there were.
class LogFindings {
 public:
  /// True when it is kept: it then stands at the end of `named`.
  bool add(LogFinding finding);

  /// Counts findings that have no names here.
  void add_further(std::uint64_t count) { further_ += count; }

  bool none() const { return named_.empty(); }
  const std::vector<LogFinding>& named() const { return named_; }
  LogFinding& at(std::size_t place) { return named_.at(place); }
  std::uint64_t further() const { return further_; }

 private:
  std::vector<LogFinding> named_;
  std::uint64_t further_ = 0;
};

}  // namespace duenotice::evidence
