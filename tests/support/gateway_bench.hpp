#pragma once
#include <set>
#include <sstream>

#include "gateway/pipeline/event_log.hpp"
#include "gateway/pipeline/gateway.hpp"
#include "tests/support/held_journal.hpp"
#include "tests/support/life_bench.hpp"

namespace duenotice::test {

/// A queue in a test's memory.
class PaperQueue final : public queue::Consumer, public queue::Publisher {
 public:
  /// The tag of the message.
  std::uint64_t put(std::string body) {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(
        {.tag = ++newest_, .content_type = std::string(queue::json_type), .body = std::move(body)});
    changed_.notify_all();
    return newest_;
  }
  bool is_acknowledged(std::uint64_t tag) {
    const std::lock_guard lock(mutex_);
    return acknowledged_.count(tag) != 0;
  }
  std::vector<queue::DeadLetter> letters() {
    const std::lock_guard lock(mutex_);
    return letters_;
  }
  /// From now on a publish waits for a broker that never answers.
  void fall_silent() {
    const std::lock_guard lock(mutex_);
    silent_ = true;
  }
  bool is_publishing() {
    const std::lock_guard lock(mutex_);
    return publishing_;
  }
  bool is_winding_down() {
    const std::lock_guard lock(mutex_);
    return winding_down_;
  }

  std::optional<queue::Message> next(Milliseconds patience) override {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, patience, [&] { return winding_down_ || !waiting_.empty(); });
    if (winding_down_ || waiting_.empty()) return std::nullopt;
    queue::Message message = std::move(waiting_.front());
    waiting_.pop_front();
    return message;
  }
  void acknowledge(std::uint64_t tag) override {
    const std::lock_guard lock(mutex_);
    acknowledged_.insert(tag);
  }
  void pause(bool) override {}
  Status health() const override { return Done{}; }
  void wind_down() override {
    const std::lock_guard lock(mutex_);
    winding_down_ = true;
    changed_.notify_all();
  }
  void stop() override {}

  Status publish_request(std::string_view, std::string_view body) override {
    put(std::string(body));
    return Done{};
  }
  Status publish_dead_letters(std::span<const queue::DeadLetter> letters) override {
    std::unique_lock lock(mutex_);
    publishing_ = true;
    changed_.wait(lock, [&] { return !silent_ || interrupted_; });
    publishing_ = false;
    if (interrupted_) return Error{ErrorKind::unavailable, "interrupted"};
    letters_.insert(letters_.end(), letters.begin(), letters.end());
    return Done{};
  }
  void interrupt() override {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<queue::Message> waiting_;
  std::uint64_t newest_ = 0;
  std::set<std::uint64_t> acknowledged_;
  std::vector<queue::DeadLetter> letters_;
  bool silent_ = false;
  bool publishing_ = false;
  bool interrupted_ = false;
  bool winding_down_ = false;
};

/// A whole gateway with its threads over the parts of a LifeBench; `start` it.
class GatewayBench {
 public:
  explicit GatewayBench(LifeBench& life)
      : life_(life),
        journal(life.journal()),
        gateway({.settings = life.settings,
                 .library = life.library(),
                 .providers = life.providers(),
                 .schema = life.schema(),
                 .journal = journal,
                 .consumer = queue,
                 .publisher = queue,
                 .clock = life.clock,
                 .random = life.random,
                 .log = log_,
                 .on_broken = [this](const std::string& what, const std::string&) { is_broken(what); }}) {
    life.on_committed = [this](const DurableCommit& commit) {
      for (const Event& event : commit.events) log_event(log_, event);
    };
  }

  ~GatewayBench() {
    gateway.stop();
    life_.on_committed = nullptr;
  }

  /// What was found broken first; empty: nothing.
  std::string broken() {
    const std::lock_guard lock(mutex_);
    return broken_;
  }
  /// All that was logged. Only once the gateway is stopped.
  std::string log() const { return written_.str(); }

 private:
  void is_broken(const std::string& what) {
    const std::lock_guard lock(mutex_);
    broken_ = what;
  }

  LifeBench& life_;
  std::ostringstream written_;
  Log log_{LogLevel::info, LogFormat::json, written_};
  std::mutex mutex_;
  std::string broken_;

 public:
  HeldJournal journal;
  PaperQueue queue;
  Gateway gateway;  // last: its threads use the rest
};

}  // namespace duenotice::test
