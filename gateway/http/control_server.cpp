#include "gateway/http/control_server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gateway/base/limits.hpp"
#include "gateway/http/http_server.hpp"

namespace duenotice::http {

namespace {

/// What connecting to the path says: 0 when somebody answers, otherwise errno.
int try_connect(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.native().size());
  const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return errno;
  const int result =
      ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ? 0 : errno;
  ::close(probe);
  return result;
}

Status make_room(const std::filesystem::path& path) {
  if (path.empty() || path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    return Error{ErrorKind::invalid, "the control socket's path " + path.string() + " must have 1 to " +
                                         std::to_string(sizeof(sockaddr_un::sun_path) - 1) +
                                         " bytes; name a shorter one as [control] socket"};
  }
  std::error_code failed;
  const auto status = std::filesystem::symlink_status(path, failed);
  if (status.type() == std::filesystem::file_type::not_found) return Done{};
  if (status.type() != std::filesystem::file_type::socket) {
    return Error{ErrorKind::invalid, path.string() +
                                         " is in the way of the control socket and is no socket; move it, "
                                         "or name another [control] socket"};
  }
  const int answer = try_connect(path);
  if (answer == 0) {
    return Error{ErrorKind::unavailable, "another gateway answers at " + path.string() + "; stop it first"};
  }
  if (answer == ECONNREFUSED && ::unlink(path.c_str()) == 0) return Done{};
  return Error{ErrorKind::invalid, "cannot replace " + path.string() + ": " + std::strerror(answer)};
}

}  // namespace

ControlServer::ControlServer(std::filesystem::path socket, std::unique_ptr<HttpServer> server)
    : socket_(std::move(socket)), server_(std::move(server)) {}

Result<std::unique_ptr<ControlServer>> ControlServer::start(const std::filesystem::path& socket,
                                                            ControlRoutes routes) {
  if (const Status room = make_room(socket); !room) return room.error();
  const mode_t usual = ::umask(0177);
  auto server = HttpServer::start_on_socket(
      socket, std::move(routes),
      {.threads = limits::control_threads, .body_bytes = limits::control_body_bytes});
  ::umask(usual);
  if (!server) {
    return Error{ErrorKind::broken, "[control] socket: cannot open " + socket.string() + ": " +
                                        server.error().message +
                                        "; name a file in a folder that exists and that this user can write"};
  }
  return std::unique_ptr<ControlServer>(new ControlServer(socket, std::move(*server)));
}

ControlServer::~ControlServer() { ::unlink(socket_.c_str()); }

}  // namespace duenotice::http
