#include "gateway/http/control_client.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <thread>

#include "tests/support/temporary_folder.hpp"

using namespace duenotice;

namespace {

/// Takes one connection, reads what is asked, and hangs up without a word.
class SilentGateway {
 public:
  explicit SilentGateway(const std::filesystem::path& path) : socket_(::socket(AF_UNIX, SOCK_STREAM, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    thread_ = std::thread([this] {
      const int taken = ::accept(socket_, nullptr, nullptr);
      char heard[4096];
      (void)!::read(taken, heard, sizeof heard);
      ::close(taken);
    });
  }
  ~SilentGateway() {
    thread_.join();
    ::close(socket_);
  }

 private:
  int socket_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("An order that is taken and not answered is not called undone, a question may be asked again") {
  test::TemporaryFolder folder;
  const http::ControlClient client(folder / "control.sock");
  CHECK(client.post("/v1/operations", "{}").error().kind == ErrorKind::unavailable);
  {
    SilentGateway gateway(folder / "control.sock");
    const auto order = client.post("/v1/operations", "{}");
    REQUIRE_FALSE(order.ok());
    CHECK(order.error().kind == ErrorKind::unavailable);
    CHECK_THAT(order.error().message, Catch::Contains("may still carry it out"));
  }
  std::filesystem::remove(folder / "control.sock");
  SilentGateway gateway(folder / "control.sock");
  CHECK(client.get("/v1/status").error().kind == ErrorKind::unavailable);
}
