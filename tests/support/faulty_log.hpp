#pragma once
#include <set>
#include <string>

#include "gateway/evidence/head_store.hpp"
#include "gateway/evidence/log_files.hpp"

namespace duenotice::test {

using namespace evidence;

/// Lets one step that changes anything fail, counted over files and head together: either it did not happen,
/// or it did and its caller is told otherwise.
struct Fault {
  int at = 0;  ///< of the steps counted from 1; 0: none fails
  bool happens = false;
  int steps = 0;

  /// Runs a step, or fails it.
  template <class Step>
  auto run(Step step) -> decltype(step()) {
    if (++steps != at) return step();
    if (happens) (void)step();
    return Error{ErrorKind::broken, "step " + std::to_string(at) + " fails"};
  }
  bool struck() const { return at != 0 && steps >= at; }
};

/// A folder of the disk whose steps can fail, and that can lose what was not synced.
class FaultyLogFiles final : public LogFiles {
 public:
  FaultyLogFiles(LogFiles& files, Fault& fault) : files_(files), fault_(fault) {}

  Result<std::string> read(const std::string& path, std::size_t bound) const override {
    return files_.read(path, bound);
  }
  Result<std::vector<std::string>> list(const std::string& folder) const override {
    return files_.list(folder);
  }
  Status write(const std::string& path, std::string_view content) override {
    return fault_.run([&] {
      unsynced_.insert(path);
      return files_.write(path, content);
    });
  }
  Status sync() override {
    return fault_.run([&] {
      unsynced_.clear();  // what the disk would have done; asking it would only take time
      return Status(Done{});
    });
  }
  Status place(const std::string& from, const std::string& to) override {
    return fault_.run([&] {
      renamed(from, to);
      return files_.place(from, to);
    });
  }
  Status replace(const std::string& from, const std::string& to) override {
    return fault_.run([&] {
      renamed(from, to);
      return files_.replace(from, to);
    });
  }
  Status remove(const std::string& path) override {
    return fault_.run([&] {
      std::erase_if(unsynced_,
                    [&](const std::string& other) { return other == path || other.starts_with(path + "/"); });
      return files_.remove(path);
    });
  }

  /// What a power cut leaves of files that were written and not synced: their names.
  void lose_what_is_not_synced() {
    for (const std::string& path : unsynced_) (void)files_.write(path, "");
    unsynced_.clear();
  }

 private:
  void renamed(const std::string& from, const std::string& to) {
    if (unsynced_.erase(from) > 0) unsynced_.insert(to);
  }

  LogFiles& files_;
  Fault& fault_;
  std::set<std::string> unsynced_;
};

class FaultyHeadStore final : public HeadStore {
 public:
  FaultyHeadStore(HeadStore& heads, Fault& fault) : heads_(heads), fault_(fault) {}

  Result<std::optional<Head>> read() override { return heads_.read(); }
  Result<bool> swap(const std::optional<Head>& expected, const Head& next) override {
    return fault_.run([&] { return heads_.swap(expected, next); });
  }

 private:
  HeadStore& heads_;
  Fault& fault_;
};

}  // namespace duenotice::test
