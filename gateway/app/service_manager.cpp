#include "gateway/app/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "gateway/base/limits.hpp"

namespace duenotice::app {

namespace {

std::optional<std::int64_t> number_in(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = text + std::strlen(text);
  const auto [last, fault] = std::from_chars(text, end, number);
  return fault == std::errc() && last == end ? std::optional(number) : std::nullopt;
}

std::string microseconds(Milliseconds time) { return std::to_string(time.count() * 1'000); }

/// What the supervisor compares its own clock with, to tell an earlier reload from this one.
std::string monotonic_now() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::to_string(std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1'000);
}

}  // namespace

ServiceManager ServiceManager::of_this_process() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  const auto interval = number_in("WATCHDOG_USEC");
  const bool of_another = number_in("WATCHDOG_PID").value_or(::getpid()) != ::getpid();
  const bool is_watched = interval && *interval >= 1'000 && !of_another;
  return {socket == nullptr ? "" : socket,
          is_watched ? std::optional(Milliseconds(*interval / 1'000)) : std::nullopt};
}

void ServiceManager::ready(const std::string& status) const { tell("READY=1\nSTATUS=" + status); }

void ServiceManager::reloading() const { tell("RELOADING=1\nMONOTONIC_USEC=" + monotonic_now()); }

void ServiceManager::stopping(Milliseconds patience) const {
  std::string message = "STOPPING=1\nSTATUS=stopping\nEXTEND_TIMEOUT_USEC=" + microseconds(patience);
  if (watchdog_) message += "\nWATCHDOG_USEC=" + microseconds(std::max(*watchdog_, patience));
  tell(message);
}

void ServiceManager::beat(const std::string& status) const { tell("WATCHDOG=1\nSTATUS=" + status); }

void ServiceManager::say(const std::string& status) const { tell("STATUS=" + status); }

void ServiceManager::tell(const std::string& message) const {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_.empty() || socket_.size() >= sizeof address.sun_path) return;
  std::memcpy(address.sun_path, socket_.data(), socket_.size());
  if (socket_.front() == '@') address.sun_path[0] = '\0';
  const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return;
  const auto patience = limits::supervisor_patience;
  const timeval time{.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(patience).count(),
                     .tv_usec = 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  (void)::sendto(descriptor, message.data(), message.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), length);
  ::close(descriptor);
}

}  // namespace duenotice::app
