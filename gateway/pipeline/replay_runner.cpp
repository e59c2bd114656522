#include "gateway/pipeline/replay_runner.hpp"

#include "gateway/base/limits.hpp"

namespace duenotice {

ReplayRunner::ReplayRunner(const NoticeLife& life, Journal& journal, const Clock& clock, Log& log,
                           std::function<bool()> may_go_on, Announce announce)
    : life_(life),
      journal_(journal),
      clock_(clock),
      log_(log),
      may_go_on_(std::move(may_go_on)),
      announce_(std::move(announce)),
      thread_([this] { run(); }) {}

ReplayRunner::~ReplayRunner() { stop(); }

void ReplayRunner::wake() {
  const std::lock_guard lock(mutex_);
  work_ = true;
  woken_.notify_all();
}

void ReplayRunner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    woken_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ReplayRunner::run() {
  for (;;) {
    std::vector<Job> jobs;
    const Committed read =
        journal_.run(WorkClass::outcome, [&](Transaction& tx) { jobs = tx.running_jobs(); });
    if (read != Committed::yes) return;
    bool at_once = false;
    for (const Job& job : jobs) at_once = work_off(job) || at_once;
    std::unique_lock lock(mutex_);
    if (stopping_) return;
    if (at_once) continue;
    if (jobs.empty()) {
      woken_.wait(lock, [&] { return stopping_ || work_; });
    } else {
      woken_.wait_for(lock, limits::replay_pause, [&] { return stopping_ || work_; });
    }
    if (stopping_) return;
    work_ = false;
  }
}

/// Whether there is more of it to do at once.
bool ReplayRunner::work_off(const Job& job) {
  if (job.state == JobState::stopped) return take_back(job);
  if (!may_go_on_()) return false;
  const int most = bound_of(job).allowance(limits::replay_batch, clock_.now());
  if (most == 0) return false;
  AfterCommit after;
  int done = 0;
  const Committed committed = journal_.run(WorkClass::outcome, [&](Transaction& tx) {
    after = AfterCommit{};
    done = life_.replay_some(tx, job.number, most, after);
  });
  if (committed != Committed::yes) {
    log_.error("replay_stands_still", {{"job", job.id}});
    return false;
  }
  bound_of(job).used(done);
  announce_(after);
  if (done < most) bounds_.erase(job.number);
  return done == most;
}

/// Whether there is more of a stopped replay to be taken back.
bool ReplayRunner::take_back(const Job& job) {
  std::optional<JobItem>& reached = taken_back_[job.number];
  std::optional<JobItem> behind;
  int done = 0;
  const Committed committed = journal_.run(WorkClass::outcome, [&](Transaction& tx) {
    behind = reached;
    done = life_.take_back_some(tx, job.number, behind, limits::replay_batch);
  });
  if (committed != Committed::yes) {
    log_.error("replay_stands_still", {{"job", job.id}});
    return false;
  }
  reached = behind;
  bounds_.erase(job.number);
  if (done == limits::replay_batch) return true;
  taken_back_.erase(job.number);
  return false;
}

RateBound& ReplayRunner::bound_of(const Job& job) {
  return bounds_.try_emplace(job.number, job.rate).first->second;
}

}  // namespace duenotice
