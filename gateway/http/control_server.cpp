#include "gateway/http/control_server.hpp"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <Poco/URI.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gateway/base/limits.hpp"

namespace duenotice::http {

namespace net = Poco::Net;

namespace {

/// A client that says nothing holds a thread for so long.
constexpr int silence_seconds = 10;
constexpr int keep_alive_seconds = 5;
/// Connections that wait for a thread; further ones are closed at once.
constexpr int waiting_connections = 64;

void write(net::HTTPServerResponse& to, const Response& response, bool keep_alive) {
  to.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(response.status));
  to.setReason(net::HTTPResponse::getReasonForStatus(to.getStatus()));
  to.setContentType(response.content_type);
  to.setKeepAlive(keep_alive && to.getKeepAlive());
  to.sendBuffer(response.body.data(), response.body.size());
}

class Handler final : public net::HTTPRequestHandler {
 public:
  explicit Handler(const ControlRoutes& routes) : routes_(routes) {}

  /// A body that stays unread would be taken for the next request on this connection, so the connection ends
  /// with every answer that leaves one.
  void handleRequest(net::HTTPServerRequest& from, net::HTTPServerResponse& to) override {
    if (from.has(net::HTTPMessage::TRANSFER_ENCODING)) {
      return write(to, problem(411, "length required", "Send the body with a Content-Length."), false);
    }
    const std::streamsize length = from.hasContentLength() ? from.getContentLength() : 0;
    if (length < 0 || length > static_cast<std::streamsize>(limits::control_body_bytes)) {
      return write(to,
                   problem(413, "too large",
                           "The body may have " + std::to_string(limits::control_body_bytes) + " bytes."),
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
    try {
      request.path = Poco::URI(from.getURI()).getPath();
    } catch (const Poco::Exception&) {
      return write(to, problem(400, "malformed", "The request target is no path."), false);
    }
    if (!request.path.starts_with('/')) request.path.insert(0, "/");
    write(to, dispatch(routes_, std::move(request)), true);
  }

 private:
  const ControlRoutes& routes_;
};

class Factory final : public net::HTTPRequestHandlerFactory {
 public:
  explicit Factory(const ControlRoutes& routes) : routes_(routes) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(routes_);
  }

 private:
  const ControlRoutes& routes_;
};

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

net::ServerSocket bind_privately(const std::filesystem::path& path) {
  net::ServerSocket socket;
  const mode_t usual = ::umask(0177);
  try {
    socket.bind(net::SocketAddress(net::SocketAddress::UNIX_LOCAL, path.string()));
  } catch (...) {
    ::umask(usual);
    throw;
  }
  ::umask(usual);
  socket.listen(waiting_connections);
  return socket;
}

net::HTTPServerParams::Ptr parameters() {
  net::HTTPServerParams::Ptr values = new net::HTTPServerParams;
  values->setMaxThreads(limits::control_threads);
  values->setMaxQueued(waiting_connections);
  values->setTimeout(Poco::Timespan(silence_seconds, 0));
  values->setKeepAliveTimeout(Poco::Timespan(keep_alive_seconds, 0));
  return values;
}

}  // namespace

struct ControlServer::Running {
  Running(std::filesystem::path path_, ControlRoutes routes_, const net::ServerSocket& socket)
      : path(std::move(path_)),
        routes(std::move(routes_)),
        // One thread more than connections: the server's own that accepts.
        threads(1, limits::control_threads + 1),
        server(new Factory(routes), threads, socket, parameters()) {}

  const std::filesystem::path path;
  const ControlRoutes routes;
  Poco::ThreadPool threads;
  net::HTTPServer server;
};

ControlServer::ControlServer(std::unique_ptr<Running> running) : running_(std::move(running)) {
  running_->server.start();
}

Result<std::unique_ptr<ControlServer>> ControlServer::start(const std::filesystem::path& socket,
                                                            ControlRoutes routes) {
  if (const Status room = make_room(socket); !room) return room.error();
  try {
    auto running = std::make_unique<Running>(socket, std::move(routes), bind_privately(socket));
    return std::unique_ptr<ControlServer>(new ControlServer(std::move(running)));
  } catch (const Poco::Exception& failure) {
    return Error{ErrorKind::broken, "[control] socket: cannot open " + socket.string() + ": " +
                                        failure.displayText() +
                                        "; name a file in a folder that exists and that this user can write"};
  }
}

ControlServer::~ControlServer() {
  ::unlink(running_->path.c_str());
  running_->server.stopAll(false);
  running_->threads.joinAll();
}

}  // namespace duenotice::http
