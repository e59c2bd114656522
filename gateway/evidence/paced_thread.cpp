#include "gateway/evidence/paced_thread.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "gateway/base/limits.hpp"

namespace duenotice::evidence {
namespace {

/// Waits from `last` until `next`, in pieces because the clock may be put right meanwhile; no longer once it
/// was put back.
void rest_until(Instant next, Instant last, const Clock& clock, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  for (Instant now = clock.now(); now < next && now >= last && !stop.stop_requested(); now = clock.now()) {
    last = now;
    stopped.wait_for(lock, stop, std::min(next - now, limits::seal_poll), [] { return false; });
  }
}

}  // namespace

PacedThread::PacedThread(const Clock& clock, Step step)
    : thread_([&clock, step = std::move(step)](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          const Instant now = clock.now();
          rest_until(step(now, stop), now, clock, stop);
        }
      }) {}

void PacedThread::stop() {
  ask_to_stop();
  if (thread_.joinable()) thread_.join();
}

}  // namespace duenotice::evidence
