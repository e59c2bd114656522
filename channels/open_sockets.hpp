#pragma once
#include <mutex>
#include <vector>

namespace duenotice::channels {

/// The sockets of one lane, so that another thread can end a wait that libcurl offers no other way out of.
/// Thread-safe.
class OpenSockets {
 public:
  /// A new socket; -1 when it cannot be made or after `refuse_more`.
  int open(int family, int type, int protocol);
  void close(int socket);

  /// Ends both directions of all sockets: whoever waits on one is woken, nothing more can be sent, and
  /// libcurl takes their connections for dead.
  void shut_down();
  /// Like `shut_down`, and none can be opened any more.
  void refuse_more();
  /// Ends reading only: what is said next (QUIT) still goes out, but nobody waits for its answer.
  void shut_down_reading();
  /// Whether something is there to read although nothing was asked: the peer closed, or speaks out of turn.
  bool anything_to_read() const;

 private:
  void shut_down_all(int direction);

  mutable std::mutex mutex_;
  std::vector<int> sockets_;
  bool refusing_ = false;
};

}  // namespace duenotice::channels
