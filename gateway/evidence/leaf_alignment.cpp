#include "gateway/evidence/leaf_alignment.hpp"

#include <algorithm>

#include "gateway/evidence/merkle_hasher.hpp"

namespace duenotice::evidence {
namespace {

std::string leaf_words(std::uint64_t index) { return "leaf " + std::to_string(index); }

}  // namespace

void LeafAlignment::run() {
  for (fill(); !log_.empty(); fill()) {
    if (journal_.empty()) return truncated();
    if (!log_.front() || *log_.front() == journal_.front()) {
      log_.pop_front();
      journal_.pop_front();
      ++index_;
    } else {
      settle_difference();
    }
  }
}

void LeafAlignment::fill() {
  while (!log_is_over_ && log_.size() <= window) {
    const auto next = next_in_log_();
    log_is_over_ = !next.has_value();
    if (next) log_.push_back(*next);
  }
  while (!journal_is_over_ && journal_.size() <= window) {
    const auto next = next_in_journal_();
    journal_is_over_ = !next.has_value();
    if (next) journal_.push_back(*next);
  }
}

std::size_t LeafAlignment::distance_in_log() const {
  const auto found = std::find(log_.begin() + 1, log_.end(), std::optional(journal_.front()));
  return found == log_.end() ? 0 : static_cast<std::size_t>(found - log_.begin());
}

std::size_t LeafAlignment::distance_in_journal() const {
  const auto found = std::find(journal_.begin() + 1, journal_.end(), *log_.front());
  return found == journal_.end() ? 0 : static_cast<std::size_t>(found - journal_.begin());
}

void LeafAlignment::settle_difference() {
  const std::size_t in_log = distance_in_log();
  const std::size_t in_journal = distance_in_journal();
  if (in_log != 0 && in_log == in_journal) return swapped(in_log);
  if (in_log != 0 && (in_journal == 0 || in_log < in_journal)) return missing();
  if (in_journal != 0) return extra();
  changed();
}

void LeafAlignment::truncated() {
  findings_.add({LogFault::journal_truncated, index_, "",
                 "the journal ends before " + leaf_words(index_) + " of the log"});
}

void LeafAlignment::missing() {
  const std::string hash(bytes_of(*log_.front()));
  const auto earlier = extra_.find(hash);
  if (earlier != extra_.end()) {
    LogFinding& finding = findings_.at(earlier->second);
    finding = {LogFault::event_reordered, index_, "",
               leaf_words(index_) + " stands further up in the journal than in the log, before " +
                   leaf_words(*finding.leaf)};
    extra_.erase(earlier);
  } else if (findings_.add({LogFault::event_missing, index_, "",
                            leaf_words(index_) + " of the log is not at its place in the journal"})) {
    missing_[hash] = findings_.named().size() - 1;
  }
  log_.pop_front();
  ++index_;
}

void LeafAlignment::extra() {
  const std::string hash(bytes_of(journal_.front()));
  const auto earlier = missing_.find(hash);
  if (earlier != missing_.end()) {
    LogFinding& finding = findings_.at(earlier->second);
    finding = {LogFault::event_reordered, finding.leaf, "",
               leaf_words(*finding.leaf) + " stands further down in the journal than in the log, before " +
                   leaf_words(index_)};
    missing_.erase(earlier);
  } else if (findings_.add(
                 {LogFault::event_extra, index_, "",
                  "before " + leaf_words(index_) + " the journal has an event more than the log"})) {
    extra_[hash] = findings_.named().size() - 1;
  }
  journal_.pop_front();
}

void LeafAlignment::changed() {
  findings_.add({LogFault::event_changed, index_, "",
                 "the event of " + leaf_words(index_) + " is not the one in the log"});
  log_.pop_front();
  journal_.pop_front();
  ++index_;
}

void LeafAlignment::swapped(std::size_t distance) {
  const std::uint64_t other = index_ + distance;
  findings_.add({LogFault::event_reordered, index_, "",
                 "the events of " + leaf_words(index_) + " and " + leaf_words(other) +
                     " have changed places in the journal"});
  std::swap(journal_.front(), journal_[distance]);
}

}  // namespace duenotice::evidence
