#include "gateway/http/loopback_server.hpp"

#include <charconv>

#include "gateway/base/limits.hpp"
#include "gateway/http/http_server.hpp"

namespace duenotice::http {

std::string LoopbackAddress::text() const {
  return (host == "::1" ? "[::1]:" : host + ":") + std::to_string(port);
}

std::optional<LoopbackAddress> parse_loopback(const std::string& text) {
  for (const std::string& host : {std::string("127.0.0.1"), std::string("::1")}) {
    LoopbackAddress address{.host = host};
    const std::string start = host == "::1" ? "[::1]:" : host + ":";
    if (!text.starts_with(start)) continue;
    const char* const first = text.data() + start.size();
    const char* const last = text.data() + text.size();
    const auto [end, error] = std::from_chars(first, last, address.port);
    if (error == std::errc() && end == last && first != last) return address;
  }
  return std::nullopt;
}

LoopbackServer::LoopbackServer(std::unique_ptr<HttpServer> server) : server_(std::move(server)) {}
LoopbackServer::~LoopbackServer() = default;

Result<std::unique_ptr<LoopbackServer>> LoopbackServer::start(const LoopbackAddress& address,
                                                              ControlRoutes routes) {
  DN_ASSERT(address.host == "127.0.0.1" || address.host == "::1");
  auto server = HttpServer::start_on_address(
      address.host, address.port, std::move(routes),
      {.threads = limits::loopback_threads, .body_bytes = limits::loopback_body_bytes});
  if (!server) {
    return Error{ErrorKind::unavailable,
                 "cannot listen at " + address.text() + ": " + server.error().message};
  }
  return std::unique_ptr<LoopbackServer>(new LoopbackServer(std::move(*server)));
}

std::uint16_t LoopbackServer::port() const { return server_->port(); }

}  // namespace duenotice::http
