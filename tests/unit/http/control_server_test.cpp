#include "gateway/http/control_server.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <thread>

#include "gateway/base/limits.hpp"
#include "gateway/http/control_client.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace duenotice;
using namespace duenotice::http;

namespace {

/// A raw connection, to say what no honest client says.
class Wire {
 public:
  explicit Wire(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  bool connected() const { return connected_; }
  void say(const std::string& text) {
    REQUIRE(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
  }
  /// Everything until the server closes the connection.
  std::string hear_all() {
    std::string heard;
    char buffer[4096];
    ssize_t count = 0;
    while ((count = ::recv(socket_, buffer, sizeof buffer, 0)) > 0)
      heard.append(buffer, static_cast<std::size_t>(count));
    return heard;
  }

 private:
  int socket_;
  bool connected_ = false;
};

std::size_t occurrences(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

ControlRoutes echo_routes() {
  return {{"GET", "/v1/status", [](const Request&) { return json_response(200, Json("fine")); }},
          {"POST", "/v1/echo/{name}", [](const Request& request) {
             return Response{200, "text/plain", request.captured[0] + "=" + request.body};
           }},
          {"POST", "/v1/length", [](const Request& request) {
             return Response{200, "text/plain", std::to_string(request.body.size())};
           }}};
}

std::unique_ptr<ControlServer> start(const std::filesystem::path& socket) {
  auto server = ControlServer::start(socket, echo_routes());
  REQUIRE(server.ok());
  return std::move(*server);
}

}  // namespace

TEST_CASE("The socket answers its owner, and nobody else may open it, whatever the umask") {
  const test::TemporaryFolder folder;
  const mode_t before = ::umask(0);
  const auto server = start(folder / "control.sock");
  ::umask(before);
  struct stat status {};
  REQUIRE(::lstat((folder / "control.sock").c_str(), &status) == 0);
  CHECK(S_ISSOCK(status.st_mode));
  CHECK((status.st_mode & 07777) == 0600);
  const ControlClient client(folder / "control.sock");
  const auto answer = client.get("/v1/status");
  REQUIRE(answer.ok());
  CHECK(answer->status == 200);
  CHECK(answer->content_type == "application/json");
  CHECK(answer->body == "\"fine\"\n");
  const auto echo = client.post("/v1/echo/a%20b", "body");
  REQUIRE(echo.ok());
  CHECK(echo->body == "a b=body");
  CHECK(client.get("/nowhere")->status == 404);
}

TEST_CASE("Many ask at once and each gets its own answer") {
  const test::TemporaryFolder folder;
  const auto server = start(folder / "control.sock");
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      const ControlClient client(folder / "control.sock");
      for (int j = 0; j < 10; ++j) {
        const std::string body = std::to_string(i * 100 + j);
        const auto answer = client.post("/v1/echo/x", body);
        if (answer.ok() && answer->body == "x=" + body) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 120);
}

TEST_CASE(
    "A body over the bound is refused unread, and what follows on that connection is never taken for a "
    "request") {
  const test::TemporaryFolder folder;
  const auto server = start(folder / "control.sock");
  CHECK(ControlClient(folder / "control.sock")
            .post("/v1/length", std::string(limits::control_body_bytes, 'x'))
            ->body == std::to_string(limits::control_body_bytes));

  Wire wire(folder / "control.sock");
  wire.say(
      "POST /v1/echo/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n"
      "GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string heard = wire.hear_all();
  CHECK_THAT(heard, Catch::Contains("413"));
  CHECK(occurrences(heard, "HTTP/1.1") == 1);
  CHECK_THAT(heard, !Catch::Contains("fine"));
}

TEST_CASE(
    "A body that no route wants is read, so that the next request on the connection is the next request") {
  const test::TemporaryFolder folder;
  const auto server = start(folder / "control.sock");
  Wire wire(folder / "control.sock");
  const std::string inner = "GET /v1/echo HTTP/1.1\r\nHost: inner\r\n\r\n";
  wire.say("POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(inner.size()) +
           "\r\n\r\n" + inner + "GET /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string heard = wire.hear_all();
  CHECK(occurrences(heard, "HTTP/1.1 ") == 2);
  CHECK(occurrences(heard, "404") == 2);  // status line and body
  CHECK_THAT(heard, Catch::Contains("\"fine\""));
}

TEST_CASE("A body without a length is refused and ends the connection") {
  const test::TemporaryFolder folder;
  const auto server = start(folder / "control.sock");
  for (const std::string length : {"", "Content-Length: 3\r\n"}) {
    Wire wire(folder / "control.sock");
    wire.say(
        "POST /v1/echo/x HTTP/1.1\r\nHost: x\r\n" + length +
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string heard = wire.hear_all();
    CHECK_THAT(heard, Catch::Contains("411"));
    CHECK(occurrences(heard, "HTTP/1.1") == 1);
  }
}

TEST_CASE("A socket that a dead process left is replaced, one that answers is not touched") {
  const test::TemporaryFolder folder;
  const auto path = folder / "control.sock";
  {
    const int abandoned = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.native().size());
    REQUIRE(::bind(abandoned, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(abandoned);
  }
  const auto server = start(path);
  CHECK(ControlClient(path).get("/v1/status").ok());
  const auto second = ControlServer::start(path, echo_routes());
  REQUIRE(!second.ok());
  CHECK(second.error().kind == ErrorKind::unavailable);
  CHECK_THAT(second.error().message, Catch::Contains(path.string()));
  CHECK(ControlClient(path).get("/v1/status").ok());
}

TEST_CASE("A file that is no socket is never removed, and a path that cannot be one is refused") {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "precious") << "data";
  const auto taken = ControlServer::start(folder / "precious", {});
  REQUIRE(!taken.ok());
  CHECK(taken.error().kind == ErrorKind::invalid);
  CHECK(std::filesystem::file_size(folder / "precious") == 4);
  CHECK(!ControlServer::start(folder / std::string(120, 'x'), {}).ok());
  CHECK(!ControlServer::start(folder / "no/such/folder/socket", {}).ok());
}

TEST_CASE("Stopping ends idle connections, removes the socket, and leaves nobody waiting") {
  const test::TemporaryFolder folder;
  auto server = start(folder / "control.sock");
  Wire idle(folder / "control.sock");
  REQUIRE(idle.connected());
  idle.say("GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
  server.reset();
  CHECK_THAT(idle.hear_all(), Catch::Contains("fine") || Catch::Equals(""));
  CHECK(!std::filesystem::exists(folder / "control.sock"));
  const auto answer = ControlClient(folder / "control.sock").get("/v1/status");
  REQUIRE(!answer.ok());
  CHECK(answer.error().kind == ErrorKind::unavailable);
  CHECK_THAT(answer.error().message, Catch::StartsWith("no gateway is running"));
}
