#pragma once
#include <filesystem>
#include <memory>

#include "gateway/base/result.hpp"
#include "gateway/http/control_routes.hpp"

namespace duenotice::http {

class HttpServer;

/// HTTP/1.1 on a Unix-domain socket of mode 0600, through which commands reach the running gateway: whoever
/// may open the socket may do everything, so only its owner may. At most limits::control_threads requests run
/// at once, with bodies of at most limits::control_body_bytes; more in http_server.hpp.
class ControlServer {
 public:
  /// Binds and answers from then on. A socket file that nobody answers at is replaced. `unavailable` when
  /// another process answers there, `invalid` when the path cannot be a socket.
  static Result<std::unique_ptr<ControlServer>> start(const std::filesystem::path& socket,
                                                      ControlRoutes routes);
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;
  /// Lets the requests under way finish, ends all connections and removes the socket.
  ~ControlServer();

 private:
  ControlServer(std::filesystem::path socket, std::unique_ptr<HttpServer> server);
  const std::filesystem::path socket_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace duenotice::http
