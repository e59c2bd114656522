#include "gateway/http/loopback_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using namespace duenotice::http;
using Catch::Contains;

namespace {

ControlRoutes echo_routes() {
  return {{"GET", "/echo/{name}",
           [](const Request& request) {
             std::string text = request.captured[0] + "?" + request.raw_query;
             for (const auto& [name, value] : request.query) text += "|" + name + ":" + value;
             return Response{200, "text/plain", text};
           }},
          {"GET", "/away", [](const Request&) { return problem(503, "away", "Try again."); }}};
}

std::unique_ptr<LoopbackServer> start() {
  auto server = LoopbackServer::start({.host = "127.0.0.1", .port = 0}, echo_routes());
  REQUIRE(server.ok());
  return std::move(*server);
}

/// Says something raw and hears everything until the server closes.
std::string converse(std::uint16_t port, const std::string& said) {
  const int wire = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(wire, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  REQUIRE(::send(wire, said.data(), said.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(said.size()));
  std::string heard;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::recv(wire, buffer, sizeof buffer, 0)) > 0;)
    heard.append(buffer, static_cast<std::size_t>(count));
  ::close(wire);
  return heard;
}

std::string get(std::uint16_t port, const std::string& target) {
  return converse(port, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

int answers(const std::string& heard) {
  int count = 0;
  for (std::size_t at = heard.find("HTTP/1.1 "); at != std::string::npos;
       at = heard.find("HTTP/1.1 ", at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

TEST_CASE("only this machine's own two addresses are listened at") {
  for (const char* good : {"127.0.0.1:8075", "[::1]:8075", "127.0.0.1:0"}) {
    INFO(good);
    const auto address = parse_loopback(good);
    REQUIRE(address.has_value());
    CHECK(address->text() == good);
  }
  for (const char* wrong : {"", "8075", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:80x",
                            "0.0.0.0:8075", "localhost:8075", "127.0.0.2:8075", "[::]:8075", "::1:8075",
                            "192.168.0.1:8075", ":8075", "127.0.0.1:-1"}) {
    INFO(wrong);
    CHECK_FALSE(parse_loopback(wrong).has_value());
  }
}

TEST_CASE("a route gets the query as it came and decoded") {
  const auto server = start();
  CHECK_THAT(get(server->port(), "/echo/a%20b?x=1&y=%E5%A5%BD+z&x="),
             Contains("200 OK") && Contains("a b?x=1&y=%E5%A5%BD+z&x=|x:1|y:好 z|x:"));
  CHECK_THAT(get(server->port(), "/echo/n"), Contains("n?"));
  CHECK_THAT(get(server->port(), "/nowhere?x=1"), Contains("404"));
  CHECK_THAT(get(server->port(), "/echo/n?x=%zz"), Contains("400"));
  CHECK_THAT(get(server->port(), "/away"), Contains("503"));
  CHECK_THAT(converse(server->port(), "DELETE /away HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
             Contains("405"));
}

TEST_CASE("what follows a refused request on its connection is never taken for a request") {
  const auto server = start();
  const std::string inner = "GET /echo/inner HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string too_long = std::to_string(limits::loopback_body_bytes + 1);
  for (const std::string& start_of :
       {std::string("POST /away HTTP/1.1\r\nHost: x\r\nContent-Length: " + too_long + "\r\n\r\n"),
        std::string(
            "POST /away HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        std::string("GET /echo/n?x=%zz HTTP/1.1\r\nHost: x\r\n\r\n"),
        std::string("GET /echo/n HTTP/1.1\r\nX: " + std::string(10'000, 'x') + "\r\n\r\n")}) {
    INFO(start_of.substr(0, 80));
    const std::string heard = converse(server->port(), start_of + inner);
    CHECK(answers(heard) == 1);
    CHECK_THAT(heard, !Contains("inner"));
  }
  // With a body that is read, the connection stays and the next request is the next request.
  CHECK(answers(converse(
            server->port(),
            "GET /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(inner.size()) +
                "\r\n\r\n" + inner + "GET /away HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == 2);
}

TEST_CASE("a port that another server has is named") {
  const auto server = start();
  const auto second = LoopbackServer::start({.host = "127.0.0.1", .port = server->port()}, {});
  REQUIRE_FALSE(second.ok());
  CHECK(second.error().kind == ErrorKind::unavailable);
  CHECK_THAT(second.error().message, Contains("127.0.0.1:" + std::to_string(server->port())));
}
