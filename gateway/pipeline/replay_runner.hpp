#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "gateway/base/clock.hpp"
#include "gateway/base/log.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/notice_life.hpp"
#include "gateway/pipeline/rate_bound.hpp"

namespace duenotice {

/// Works off the replays that are in the journal, also those of an earlier process: makes their deliveries
/// due at each one's own rate, and no faster than the channels take them. Takes stopped ones back.
class ReplayRunner {
 public:
  using Announce = std::function<void(const AfterCommit&)>;

  /// `may_go_on` says whether the channels have room for more due rows. Everything must outlive it. Starts
  /// its thread.
  ReplayRunner(const NoticeLife& life, Journal& journal, const Clock& clock, Log& log,
               std::function<bool()> may_go_on, Announce announce);
  ~ReplayRunner();
  /// There is a new replay, or one was stopped. Any thread.
  void wake();
  void stop();

 private:
  void run();
  bool work_off(const Job& job);
  bool take_back(const Job& job);
  RateBound& bound_of(const Job& job);

  const NoticeLife& life_;
  Journal& journal_;
  const Clock& clock_;
  Log& log_;
  const std::function<bool()> may_go_on_;
  const Announce announce_;
  std::map<JobNumber, RateBound> bounds_;
  std::map<JobNumber, std::optional<JobItem>> taken_back_;  ///< how far stopped ones are
  std::mutex mutex_;
  std::condition_variable woken_;
  bool stopping_ = false;
  bool work_ = true;
  std::thread thread_;  // last: it uses the rest
};

}  // namespace duenotice
