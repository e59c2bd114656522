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

  /// Watches the socket of a connection until `forget`, which must come before it is closed. One at a time.
  void watch(int socket);
  void forget();

 private:
  mutable std::mutex mutex_;
  bool pulled_ = false;
  int socket_ = -1;
};

}  // namespace duenotice::queue
