#pragma once
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "gateway/base/digest.hpp"
#include "gateway/evidence/log_findings.hpp"

namespace duenotice::evidence {

/// Compares the leaves of a journal with those of the log it should have, and names what was done to it:
/// changed, taken away, put in between, moved. Looks ahead by `window` leaves on both sides, which is all
/// the memory that it takes; beyond that a moved leaf shows as one missing here and one extra there. One
/// thread.
class LeafAlignment {
 public:
  static constexpr std::size_t window = 256;
  /// The hash of the next leaf of the log; inner empty: nobody knows it. Outer empty: the log is over.
  using LogLeaves = std::function<std::optional<std::optional<Digest>>()>;
  /// The hash of the next event of the journal; empty: there are no more.
  using JournalLeaves = std::function<std::optional<Digest>()>;

  LeafAlignment(LogLeaves log, JournalLeaves journal, LogFindings& findings)
      : next_in_log_(std::move(log)), next_in_journal_(std::move(journal)), findings_(findings) {}

  /// Goes through the whole log. Events behind its end are no finding.
  void run();

 private:
  void fill();
  /// How far on the first leaf of one side stands on the other; 0: not in the window.
  std::size_t distance_in_log() const;
  std::size_t distance_in_journal() const;
  void settle_difference();
  void truncated();
  void missing();
  void extra();
  void changed();
  void swapped(std::size_t distance);

  LogLeaves next_in_log_;
  JournalLeaves next_in_journal_;
  LogFindings& findings_;
  std::deque<std::optional<Digest>> log_;
  std::deque<Digest> journal_;
  std::uint64_t index_ = 0;  ///< in the log, of the first of `log_`
  bool log_is_over_ = false;
  bool journal_is_over_ = false;
  /// Leaves that were found missing or extra, by their hash: each may turn up elsewhere. At most as many as
  /// findings are named.
  std::map<std::string, std::size_t> missing_, extra_;
};

}  // namespace duenotice::evidence
