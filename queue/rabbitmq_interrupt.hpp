#pragma once
#include <mutex>

namespace duenotice::queue {

/// Lets another thread end whatever the connection to a broker is waiting for: an answer, room for bytes, a
/// confirmation. A socket that is shut down makes every wait upon it end at once, with an error. Thread-safe.
///
/// Looking up the broker's name, connecting and the TLS handshake come before there is a socket to watch;
/// they are bounded by limits::broker_connect_timeout (a name lookup by the resolver's own timeouts).
class RabbitInterrupt {
 public:
  /// From now on every connection under watch is dead, and so is every later one. For ever.
  void pull();
  bool pulled() const;

  /// Watches the connection of this socket until `forget`, one at a time. It keeps a descriptor of its own,
  /// because the library closes its socket when it sees fit and the number may be another file's by then.
  void watch(int socket);
  void forget();

  RabbitInterrupt() = default;
  ~RabbitInterrupt() { forget(); }
  RabbitInterrupt(const RabbitInterrupt&) = delete;
  RabbitInterrupt& operator=(const RabbitInterrupt&) = delete;

 private:
  mutable std::mutex mutex_;
  bool pulled_ = false;
  int socket_ = -1;
};

}  // namespace duenotice::queue
