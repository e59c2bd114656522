#include "gateway/app/serve_loop.hpp"

#include "gateway/app/gateway_status.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {

ServeLoop::ServeLoop(const ServeSignals& signals, const ServiceManager& manager, const Gateway& gateway,
                     Heartbeat& heartbeat, AgreementReload& agreements, Log& log)
    : signals_(signals),
      manager_(manager),
      gateway_(gateway),
      agreements_(agreements),
      log_(log),
      heartbeat_(heartbeat) {}

int ServeLoop::run() {
  const Milliseconds beat = manager_.watchdog()
                                ? std::min<Milliseconds>(*manager_.watchdog() / 4, limits::supervisor_line)
                                : limits::supervisor_line;
  manager_.ready(status_line(gateway_.status()));
  auto next = std::chrono::steady_clock::now();
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(next - std::chrono::steady_clock::now());
    const int signal = signals_.wait(std::max(left, Milliseconds(0)));
    if (signal == SIGHUP) {
      reload();
    } else if (signal != 0) {
      return signal;
    }
    if (std::chrono::steady_clock::now() < next) continue;
    look_around();
    next = std::chrono::steady_clock::now() + beat;
  }
}

void ServeLoop::reload() {
  manager_.reloading();
  const bool replaced = agreements_.reload();
  manager_.ready(replaced ? status_line(gateway_.status())
                          : "the agreements were NOT reloaded: the log and `duenotice status` say why");
}

void ServeLoop::look_around() {
  const std::string still = heartbeat_.standing_still();
  if (still != still_) {
    if (still.empty()) {
      log_.info("going_round_again");
    } else {
      log_.error("standing_still", {{"threads", still}});
    }
    still_ = still;
  }
  if (!manager_.is_there()) return;
  if (!still.empty()) return manager_.say("STANDING STILL: " + still);
  const std::string line = status_line(gateway_.status());
  if (manager_.watchdog()) {
    manager_.beat(line);
  } else {
    manager_.say(line);
  }
}

}  // namespace duenotice::app
