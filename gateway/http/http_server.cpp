#include "gateway/http/http_server.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>

namespace duenotice::http {

namespace net = Poco::Net;

namespace {

/// A client that says nothing holds a thread for so long.
constexpr int silence_seconds = 10;
constexpr int keep_alive_seconds = 5;

void write(net::HTTPServerResponse& to, const Response& response, bool keep_alive) {
  to.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
  to.setReason(net::HTTPResponse::getReasonForStatus(to.getStatus()));
  to.setContentType(response.content_type);
  to.setKeepAlive(keep_alive && to.getKeepAlive());
  to.sendBuffer(response.body.data(), response.body.size());
}

/// Fills in the path and the query; false when the request's target has none.
bool take_target(const std::string& target, Request& request) {
  const std::size_t question = std::min(target.find('?'), target.size());
  try {
    request.path = Poco::URI(target.substr(0, question)).getPath();
  } catch (const Poco::Exception&) {
    return false;
  }
  if (!request.path.starts_with('/')) request.path.insert(0, "/");
  request.raw_query = target.substr(std::min(question + 1, target.size()));
  auto query = parse_query(request.raw_query);
  if (!query) return false;
  request.query = std::move(*query);
  return true;
}

class Handler final : public net::HTTPRequestHandler {
 public:
  Handler(const ControlRoutes& routes, std::size_t body_bytes) : routes_(routes), body_bytes_(body_bytes) {}

  /// A body that stays unread would be taken for the next request on this connection, so the connection ends
  /// with every answer that leaves one.
  void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& to) override {
    if (from.has(net::HTTPMessage::TRANSFER_ENCODING)) {
      return write(to, problem(411, "length required", "Send the body with a Content-Length."), false);
    }
    const std::streamsize length = from.hasContentLength() ? from.getContentLength() : 0;
    if (length < 0 || length > static_cast<std::streamsize>(body_bytes_)) {
      return write(to,
                   problem(413, "too large", "The body may have " + std::to_string(body_bytes_) + " bytes."),
                   false);
    }
    Request request;
    request.method = from.getMethod();
    request.body.resize(static_cast<std::size_t>(length));
    if (length > 0) {
      from.stream().read(request.body.data(), length);
      if (from.stream().gcount() != length) {
        return write(to, problem(400, "incomplete", "The body ended before its length."), false);
      }
    }
    if (!take_target(from.getURI(), request)) {
      return write(to, problem(400, "malformed", "The request target is no path with a query."), false);
    }
    write(to, dispatch(routes_, std::move(request)), true);
  }

 private:
  const ControlRoutes& routes_;
  const std::size_t body_bytes_;
};

class Factory final : public net::HTTPRequestHandlerFactory {
 public:
  Factory(const ControlRoutes& routes, std::size_t body_bytes) : routes_(routes), body_bytes_(body_bytes) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(routes_, body_bytes_);
  }

 private:
  const ControlRoutes& routes_;
  const std::size_t body_bytes_;
};

net::HTTPServerParams::Ptr parameters(const ServerBounds& bounds) {
  net::HTTPServerParams::Ptr values = new net::HTTPServerParams;
  values->setMaxThreads(bounds.threads);
  values->setMaxQueued(bounds.waiting_connections);
  values->setTimeout(Poco::Timespan(silence_seconds, 0));
  values->setKeepAliveTimeout(Poco::Timespan(keep_alive_seconds, 0));
  return values;
}

}  // namespace

struct HttpServer::Running {
  Running(ControlRoutes routes_, const net::ServerSocket& socket, const ServerBounds& bounds)
      : routes(std::move(routes_)),
        // One thread more than connections: the server's own that accepts.
        threads(1, bounds.threads + 1),
        server(new Factory(routes, bounds.body_bytes), threads, socket, parameters(bounds)) {}

  static Result<std::unique_ptr<Running>> bound_to(const net::SocketAddress& address, ControlRoutes routes,
                                                   const ServerBounds& bounds) {
    try {
      net::ServerSocket socket;
      // Without these words POCO shares a port with whoever has it already.
      constexpr bool share_port = false;
      socket.bind(address, address.family() != net::SocketAddress::UNIX_LOCAL, share_port);
      socket.listen(bounds.waiting_connections);
      return std::make_unique<Running>(std::move(routes), socket, bounds);
    } catch (const Poco::Exception& failure) {
      return Error{ErrorKind::broken, failure.displayText()};
    }
  }

  const ControlRoutes routes;
  Poco::ThreadPool threads;
  net::HTTPServer server;
};

HttpServer::HttpServer(std::unique_ptr<Running> running) : running_(std::move(running)) {
  running_->server.start();
}

Result<std::unique_ptr<HttpServer>> HttpServer::start_on_socket(const std::filesystem::path& socket,
                                                                ControlRoutes routes, ServerBounds bounds) {
  auto running = Running::bound_to(net::SocketAddress(net::SocketAddress::UNIX_LOCAL, socket.string()),
                                   std::move(routes), bounds);
  if (!running) return running.error();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(*running)));
}

Result<std::unique_ptr<HttpServer>> HttpServer::start_on_address(const std::string& host, std::uint16_t port,
                                                                 ControlRoutes routes, ServerBounds bounds) {
  auto running =
      Running::bound_to(net::SocketAddress(Poco::Net::IPAddress(host), port), std::move(routes), bounds);
  if (!running) return running.error();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(*running)));
}

HttpServer::~HttpServer() {
  running_->server.stopAll(false);
  running_->threads.joinAll();
}

std::uint16_t HttpServer::port() const { return running_->server.port(); }

}  // namespace duenotice::http
