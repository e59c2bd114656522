#include "gateway/app/serve_signals.hpp"

#include <pthread.h>

namespace duenotice::app {

ServeSignals::ServeSignals() {
  sigemptyset(&set_);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set_, signal);
  pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

int ServeSignals::wait(Milliseconds patience) const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(patience);
  const timespec time{.tv_sec = seconds.count(),
                      .tv_nsec = std::chrono::nanoseconds(patience - seconds).count()};
  const int received = sigtimedwait(&set_, nullptr, &time);
  return received > 0 ? received : 0;
}

}  // namespace duenotice::app
