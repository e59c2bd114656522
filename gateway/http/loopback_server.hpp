#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "gateway/base/result.hpp"
#include "gateway/http/control_routes.hpp"

namespace duenotice::http {

class HttpServer;

/// Where a server listens on this machine, as people write it: `127.0.0.1:8075`, `[::1]:8075`.
struct LoopbackAddress {
  std::string host;  ///< `127.0.0.1` or `::1`
  std::uint16_t port = 0;

  std::string text() const;
};

/// Empty when it is anything but one of these two addresses with a port: no name, because names can be made
/// to mean something else, and no other address, because others could reach it.
std::optional<LoopbackAddress> parse_loopback(const std::string& text);

/// HTTP/1.1 for other programs of this machine: a relay's reports, a monitor's questions. What it answers
/// must be fit for everybody who has an account here, or ask for a proof. Bounds are
/// limits::loopback_threads and limits::loopback_body_bytes; more in http_server.hpp.
class LoopbackServer {
 public:
  /// Binds and answers from then on. Port 0: any that is free. `unavailable` when it cannot be had, as when
  /// another program has it.
  static Result<std::unique_ptr<LoopbackServer>> start(const LoopbackAddress& address, ControlRoutes routes);
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  /// Lets the requests under way finish and ends all connections.
  ~LoopbackServer();

  std::uint16_t port() const;

 private:
  explicit LoopbackServer(std::unique_ptr<HttpServer> server);
  std::unique_ptr<HttpServer> server_;
};

}  // namespace duenotice::http
