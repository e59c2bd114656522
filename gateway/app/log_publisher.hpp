#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gateway/base/json.hpp"
#include "gateway/base/log.hpp"
#include "gateway/base/time.hpp"
#include "gateway/evidence/head_store.hpp"

namespace duenotice::app {

/// The thread that publishes the evidence log beside the running gateway: at once after it starts, and after
/// every durable commit, but at most once an interval. Whatever becomes of it, notices go on being sent: a
/// reason that may pass is tried again at growing distances, and a log that is `broken` is published no more
/// until a person has mended it and started the gateway again. Thread-safe.
class LogPublisher {
 public:
  /// Publishes what is new and returns the head; called by this object's thread alone.
  using Publish = std::function<Result<evidence::Head>()>;

  /// Where the log stands.
  struct Standing {
    std::optional<std::uint64_t> size;  ///< nothing before the first checkpoint of this process
    std::string fault;                  ///< why the last one failed; empty when it did not
    bool stopped = false;               ///< for good
  };

  /// Starts the thread. `log` outlives this object.
  LogPublisher(Publish publish, Milliseconds interval, Log& log);
  /// Stops it.
  ~LogPublisher();
  LogPublisher(const LogPublisher&) = delete;
  LogPublisher& operator=(const LogPublisher&) = delete;

  /// There is something new. Returns at once.
  void wake();
  /// Publishes what is left, for limits::checkpoint_at_stop at most, and ends the thread.
  void stop();
  Standing standing() const;

 private:
  enum class Step { done, more, again, stopped };

  void run();
  /// Publishes once and remembers how it went.
  Step step();
  void publish_rest();
  void fail(const Error& error);
  void succeed(std::uint64_t size);

  const Publish publish_;
  const Milliseconds interval_;
  Log& log_;

  mutable std::mutex mutex_;  ///< guards the three below
  std::condition_variable changed_;
  bool wanted_ = true;
  bool stopping_ = false;
  Standing standing_;

  Milliseconds retry_{0};  ///< the thread's: the last wait after a failure
  std::thread thread_;     // last: it uses the rest
};

/// As the gateway's answer to `GET /v1/status` has it.
Json log_json(const LogPublisher::Standing& standing);

}  // namespace duenotice::app
