#include "gateway/journal/group_commit.hpp"

#include "gateway/base/assert.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice {

GroupCommit::GroupCommit(CommitStore& store) : store_(store) {
  // The thread may ask which thread it is, so it must not run before its own id is stored.
  const std::lock_guard lock(mutex_);
  thread_ = std::thread([this] { loop(); });
}

GroupCommit::~GroupCommit() {
  if (thread_.joinable()) close();
}

void GroupCommit::submit(CommitItem item) {
  {
    std::unique_lock lock(mutex_);
    if (!on_own_thread()) {
      room_.wait(lock, [&] { return closed_ || waiting_.size() < limits::journal_backlog_items; });
    }
    if (!closed_) {
      waiting_.push_back(std::move(item));
      arrived_.notify_one();
      return;
    }
  }
  item.done(Committed::stopped);
}

void GroupCommit::close() {
  DN_ASSERT(!on_own_thread());
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    arrived_.notify_all();
    room_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void GroupCommit::loop() {
  for (;;) {
    std::vector<CommitItem> group = next_group();
    if (!group.empty()) {
      const std::vector<Committed> results = store_.commit(group);
      DN_ASSERT(results.size() == group.size());
      for (std::size_t i = 0; i < group.size(); ++i) group[i].done(results[i]);
    }
    {
      const std::lock_guard lock(mutex_);
      if (closed_ && waiting_.empty()) return;
    }
    store_.keep_house();
  }
}

/// Empty when nothing came for a while, or when the journal is closed and everything is committed.
std::vector<CommitItem> GroupCommit::next_group() {
  std::unique_lock lock(mutex_);
  arrived_.wait_for(lock, limits::space_poll, [&] { return closed_ || !waiting_.empty(); });
  std::vector<CommitItem> group;
  group.reserve(std::min(waiting_.size(), limits::commit_items));
  while (!waiting_.empty() && group.size() < limits::commit_items) {
    group.push_back(std::move(waiting_.front()));
    waiting_.pop_front();
  }
  room_.notify_all();
  return group;
}

}  // namespace duenotice
