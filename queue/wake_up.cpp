#include "queue/wake_up.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <system_error>

namespace duenotice::queue {

WakeUp::WakeUp() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

WakeUp::~WakeUp() { ::close(descriptor_); }

void WakeUp::ring() {
  const std::uint64_t one = 1;
  // Only a counter that is full already refuses, and then the thread wakes anyway.
  [[maybe_unused]] const ssize_t wrote = ::write(descriptor_, &one, sizeof one);
}

void WakeUp::wait(int socket, Milliseconds patience) {
  std::array<pollfd, 2> watched{pollfd{descriptor_, POLLIN, 0}, pollfd{socket, POLLIN, 0}};
  if (::poll(watched.data(), watched.size(), static_cast<int>(patience.count())) <= 0) return;
  if ((watched[0].revents & POLLIN) == 0) return;
  std::uint64_t rings = 0;
  [[maybe_unused]] const ssize_t got = ::read(descriptor_, &rings, sizeof rings);
}

}  // namespace duenotice::queue
