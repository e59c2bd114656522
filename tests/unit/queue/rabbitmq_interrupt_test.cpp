#include "queue/rabbitmq_interrupt.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <catch2/catch.hpp>
#include <string>

using duenotice::queue::RabbitInterrupt;

namespace {

/// Two ends of a connection, as long as nobody closes them.
struct Pair {
  Pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) == 0); }
  ~Pair() {
    close_ours();
    ::close(ends[1]);
  }
  void close_ours() {
    if (ends[0] >= 0) ::close(ends[0]);
    ends[0] = -1;
  }
  bool is_dead() const {
    char byte = 0;
    return ::recv(ends[1], &byte, 1, MSG_DONTWAIT) == 0;
  }
  bool is_alive() const { return ::send(ends[0], "x", 1, MSG_NOSIGNAL) == 1 && !is_dead(); }
  std::array<int, 2> ends{-1, -1};
};

}  // namespace

TEST_CASE("a pull ends the connection under watch") {
  Pair pair;
  RabbitInterrupt interrupt;
  interrupt.watch(pair.ends[0]);
  CHECK(pair.is_alive());
  CHECK_FALSE(interrupt.pulled());
  interrupt.pull();
  CHECK(pair.is_dead());
  CHECK(interrupt.pulled());
}

TEST_CASE("a connection that comes after the pull is dead at once") {
  Pair pair;
  RabbitInterrupt interrupt;
  interrupt.pull();
  interrupt.watch(pair.ends[0]);
  CHECK(pair.is_dead());
}

TEST_CASE("a connection that is forgotten, or watched no more, is left alone") {
  Pair forgotten, replaced, watched;
  RabbitInterrupt interrupt;
  interrupt.watch(forgotten.ends[0]);
  interrupt.forget();
  interrupt.watch(replaced.ends[0]);
  interrupt.watch(watched.ends[0]);
  interrupt.pull();
  CHECK(forgotten.is_alive());
  CHECK(replaced.is_alive());
  CHECK(watched.is_dead());
}

TEST_CASE("a file that got the number of a closed connection is not touched") {
  Pair closed;
  RabbitInterrupt interrupt;
  interrupt.watch(closed.ends[0]);
  const int number = closed.ends[0];
  closed.close_ours();
  Pair other;
  REQUIRE(other.ends[0] == number);
  interrupt.pull();
  CHECK(other.is_alive());
  CHECK(closed.is_dead());
}
