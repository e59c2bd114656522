#pragma once
#include <optional>
#include <string>

#include "gateway/base/time.hpp"

namespace duenotice::app {

/// The supervisor that started this process, such as systemd, which is told how the gateway is doing: one
/// datagram for each message to the socket in $NOTIFY_SOCKET, as sd_notify(3) describes. Without that
/// variable nobody is told anything. A message that cannot be handed over is given up in silence: the
/// supervisor's own time limits judge. Any thread.
class ServiceManager {
 public:
  /// Of this process; its variables are looked at now.
  static ServiceManager of_this_process();
  /// `socket`: a path, or an abstract name behind an `@`; empty: there is none. `watchdog`: the longest that
  /// it goes without a `beat` before it ends the process.
  ServiceManager(std::string socket, std::optional<Milliseconds> watchdog)
      : socket_(std::move(socket)), watchdog_(watchdog) {}

  bool is_there() const { return !socket_.empty(); }
  std::optional<Milliseconds> watchdog() const { return watchdog_; }

  /// Requests are taken in from now on, again after `reloading`.
  void ready(const std::string& status) const;
  void reloading() const;
  /// The gateway stops by itself within `patience`, however short the supervisor's own limits are.
  void stopping(Milliseconds patience) const;
  /// Everything goes round.
  void beat(const std::string& status) const;
  /// A line for a person, and no sign of life.
  void say(const std::string& status) const;

 private:
  void tell(const std::string& message) const;

  std::string socket_;
  std::optional<Milliseconds> watchdog_;
};

}  // namespace duenotice::app
