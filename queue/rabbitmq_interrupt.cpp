#include "queue/rabbitmq_interrupt.hpp"

#include <sys/socket.h>

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
  socket_ = socket;
  if (pulled_) ::shutdown(socket_, SHUT_RDWR);
}

void RabbitInterrupt::forget() {
  const std::lock_guard lock(mutex_);
  socket_ = -1;
}

}  // namespace duenotice::queue
