#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "gateway/journal/journal.hpp"

namespace duenotice {

/// One unit of work on its way into a commit.
struct CommitItem {
  WorkClass work_class = WorkClass::outcome;
  Journal::Work work;
  Journal::Done done;
};

/// What stands behind group commit. Called by its thread alone.
class CommitStore {
 public:
  virtual ~CommitStore() = default;
  /// Runs and commits the items; one result for each, in their order. What is `yes` is durable on return.
  virtual std::vector<Committed> commit(std::span<CommitItem> items) = 0;
  /// After every group, and every limits::space_poll while nothing is submitted.
  virtual void keep_house() = 0;
};

/// The journal's thread: whatever waits when one commit ends goes into the next, at most
/// limits::commit_items. There is no timer: an idle journal commits a single item at once, a busy one commits
/// many with one sync.
class GroupCommit {
 public:
  /// `store` outlives this object.
  explicit GroupCommit(CommitStore& store);
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  /// Waits while limits::journal_backlog_items are waiting, except on the journal's own thread. After `close`
  /// the item is refused with `stopped`, inside this call.
  void submit(CommitItem item);

  /// Commits what was submitted and ends the thread. Once; not from the journal's thread.
  void close();

  bool on_own_thread() const { return std::this_thread::get_id() == thread_.get_id(); }

 private:
  void loop();
  std::vector<CommitItem> next_group();

  CommitStore& store_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::condition_variable room_;
  std::deque<CommitItem> waiting_;  ///< guarded by mutex_
  bool closed_ = false;             ///< guarded by mutex_
  std::thread thread_;
};

}  // namespace duenotice
