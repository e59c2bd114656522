#include "gateway/app/gateway_presence.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>

namespace duenotice::app {

bool gateway_is_away(const std::filesystem::path& socket) {
  sockaddr_un address{};
  const std::string path = socket.string();
  if (path.size() >= sizeof address.sun_path) return false;
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, path.size());
  const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (descriptor < 0) return false;
  const int result = ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const bool away = result != 0 && (errno == ENOENT || errno == ECONNREFUSED);
  ::close(descriptor);
  return away;
}

}  // namespace duenotice::app
