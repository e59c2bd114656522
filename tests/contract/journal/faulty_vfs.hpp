#pragma once
#include <atomic>
#include <functional>
#include <string>

namespace duenotice::test {

/// Faults below SQLite: a file system layer that is the real one but for what the test switches on. While one
/// lives it is the default of the process, so that the journal opens through it without knowing.
class FaultyVfs {
 public:
  FaultyVfs();
  ~FaultyVfs();
  FaultyVfs(const FaultyVfs&) = delete;
  FaultyVfs& operator=(const FaultyVfs&) = delete;

  std::atomic<bool> syncs_fail{false};
  std::atomic<bool> writes_fail{false};
  std::atomic<bool> disk_full{false};
  /// Asked before every write while `disk_full`: true lets it pass after all.
  std::function<bool()> has_room_after_all = [] { return false; };
  std::atomic<int> failed_syncs{0};
  std::atomic<int> writes_after_failed_sync{0};
};

}  // namespace duenotice::test
