#include "gateway/app/log_publisher.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"

namespace duenotice::app {

namespace {

using std::chrono::steady_clock;

bool may_pass(const Error& error) {
  return error.kind == ErrorKind::unavailable || error.kind == ErrorKind::no_space;
}

}  // namespace

LogPublisher::LogPublisher(Publish publish, Milliseconds interval, Log& log)
    : publish_(std::move(publish)), interval_(interval), log_(log), thread_([this] { run(); }) {}

LogPublisher::~LogPublisher() { stop(); }

void LogPublisher::wake() {
  {
    const std::lock_guard lock(mutex_);
    wanted_ = true;
  }
  changed_.notify_one();
}

void LogPublisher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

LogPublisher::Standing LogPublisher::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void LogPublisher::run() {
  steady_clock::time_point next = steady_clock::now();
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return wanted_ || stopping_; });
      changed_.wait_until(lock, next, [this] { return stopping_; });
      if (stopping_) break;
      wanted_ = false;
    }
    const auto begun = steady_clock::now();
    const Step step = this->step();
    if (step == Step::stopped) return;
    if (step == Step::again) next = steady_clock::now() + retry_;
    if (step == Step::more) next = begun;
    if (step == Step::done) next = begun + interval_;
    if (step != Step::done) wake();
  }
  publish_rest();
}

void LogPublisher::publish_rest() {
  const auto until = steady_clock::now() + limits::checkpoint_at_stop;
  while (step() == Step::more && steady_clock::now() < until) {
  }
}

LogPublisher::Step LogPublisher::step() {
  const std::uint64_t before = standing().size.value_or(0);
  const auto head = publish_();
  if (!head) {
    fail(head.error());
    return may_pass(head.error()) ? Step::again : Step::stopped;
  }
  succeed(head->size);
  return head->size >= before + limits::checkpoint_leaves_most ? Step::more : Step::done;
}

void LogPublisher::fail(const Error& error) {
  const bool passing = may_pass(error);
  const bool said = standing().fault == error.message;
  retry_ = std::clamp(retry_ * 2, limits::checkpoint_retry_first, limits::checkpoint_retry_most);
  {
    const std::lock_guard lock(mutex_);
    standing_.fault = error.message;
    standing_.stopped = !passing;
  }
  if (!passing) {
    log_.error("log_stopped", {{"reason", error.message}});
  } else if (!said) {
    log_.warning("log_not_published", {{"reason", error.message}});
  }
}

void LogPublisher::succeed(std::uint64_t size) {
  const Standing before = standing();
  retry_ = Milliseconds(0);
  {
    const std::lock_guard lock(mutex_);
    standing_ = {size, "", false};
  }
  if (!before.fault.empty()) {
    log_.info("log_published_again", {{"size", static_cast<std::int64_t>(size)}});
  } else if (!before.size) {
    log_.info("log_published", {{"size", static_cast<std::int64_t>(size)}});
  }
}

Json log_json(const LogPublisher::Standing& standing) {
  return Json::Object{{"size", standing.size ? Json(static_cast<std::int64_t>(*standing.size)) : Json()},
                      {"fault", standing.fault.empty() ? Json() : Json(standing.fault)},
                      {"stopped", standing.stopped}};
}

}  // namespace duenotice::app
