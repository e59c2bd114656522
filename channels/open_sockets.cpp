#include "channels/open_sockets.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace duenotice::channels {

int OpenSockets::open(int family, int type, int protocol) {
  const std::lock_guard lock(mutex_);
  if (refusing_) return -1;
  const int made = ::socket(family, type | SOCK_CLOEXEC, protocol);
  if (made >= 0) sockets_.push_back(made);
  return made;
}

void OpenSockets::close(int socket) {
  const std::lock_guard lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

void OpenSockets::shut_down_all(int direction) {
  for (const int socket : sockets_) ::shutdown(socket, direction);
}

void OpenSockets::shut_down() {
  const std::lock_guard lock(mutex_);
  shut_down_all(SHUT_RDWR);
}

void OpenSockets::refuse_more() {
  const std::lock_guard lock(mutex_);
  refusing_ = true;
  shut_down_all(SHUT_RDWR);
}

void OpenSockets::shut_down_reading() {
  const std::lock_guard lock(mutex_);
  shut_down_all(SHUT_RD);
}

bool OpenSockets::anything_to_read() const {
  const std::lock_guard lock(mutex_);
  for (const int socket : sockets_) {
    pollfd waiting{.fd = socket, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, 0) != 0) return true;
  }
  return false;
}

}  // namespace duenotice::channels
