#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>

#include "gateway/base/result.hpp"
#include "gateway/http/control_routes.hpp"

namespace duenotice::http {

/// What one server grants to all its clients together.
struct ServerBounds {
  int threads = 1;               ///< requests that run at once, and idle connections kept
  std::size_t body_bytes = 0;    ///< more: 413
  int waiting_connections = 64;  ///< for a thread; further ones are closed at once
};

/// HTTP/1.1 over routes, whatever it listens at: ControlServer, LoopbackServer, or an address that everybody
/// may reach. Bodies have a length; chunked ones are refused (411). A request's line has at most 16 KB,
/// a header 8 KB, and there are at most 100 of them (more: 400). A client that says nothing for 10 s, or
/// keeps a connection idle for 5 s, loses it.
class HttpServer {
 public:
  /// Binds and answers from then on. `broken` with the system's reason when that cannot be.
  static Result<std::unique_ptr<HttpServer>> start_on_socket(const std::filesystem::path& socket,
                                                             ControlRoutes routes, ServerBounds bounds);
  /// `host` is an address, not a name. Port 0: any that is free.
  static Result<std::unique_ptr<HttpServer>> start_on_address(const std::string& host, std::uint16_t port,
                                                              ControlRoutes routes, ServerBounds bounds);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  /// Lets the requests under way finish and ends all connections.
  ~HttpServer();

  /// Of an address.
  std::uint16_t port() const;

 private:
  struct Running;
  explicit HttpServer(std::unique_ptr<Running> running);
  std::unique_ptr<Running> running_;
};

}  // namespace duenotice::http
