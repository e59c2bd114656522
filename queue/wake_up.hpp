#pragma once
#include "gateway/base/time.hpp"

namespace duenotice::queue {

/// Wakes a thread that waits for a socket (an eventfd). `ring` may be called from any thread.
class WakeUp {
 public:
  WakeUp();
  ~WakeUp();
  WakeUp(const WakeUp&) = delete;
  WakeUp& operator=(const WakeUp&) = delete;
  void ring();
  /// Waits until somebody rang, `socket` (unless negative) can be read or has failed, or `patience` is over.
  void wait(int socket, Milliseconds patience);

 private:
  int descriptor_;
};

}  // namespace duenotice::queue
