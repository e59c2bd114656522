#include "queue/rabbitmq_interrupt.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace duenotice::queue {

void RabbitInterrupt::pull() {
  const std::lock_guard lock(mutex_);
  pulled_ = true;
  if (socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

bool RabbitInterrupt::pulled() const {
  const std::lock_guard lock(mutex_);
  return pulled_;
}

void RabbitInterrupt::watch(int socket) {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::close(socket_);
  socket_ = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (pulled_ && socket_ >= 0) ::shutdown(socket_, SHUT_RDWR);
}

void RabbitInterrupt::forget() {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

}  // namespace duenotice::queue
