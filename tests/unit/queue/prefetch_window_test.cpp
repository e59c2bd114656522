#include "queue/prefetch_window.hpp"

#include <catch2/catch.hpp>

using duenotice::queue::PrefetchWindow;
using duenotice::queue::Room;

TEST_CASE("a prefetch window is full at its count of messages") {
  PrefetchWindow window(2, 1'000);
  window.add(1, 10);
  CHECK(window.has_room());
  window.add(2, 10);
  CHECK_FALSE(window.has_room());
  CHECK_FALSE(window.room().take(1));
  CHECK(window.remove(1));
  CHECK(window.has_room());
  CHECK(window.bytes() == 10);
}

TEST_CASE("a prefetch window is full at its bytes") {
  PrefetchWindow window(100, 1'000);
  window.add(1, 600);
  Room room = window.room();
  CHECK_FALSE(room.take(401));
  CHECK(room.take(400));
  CHECK_FALSE(room.take(1));
  CHECK(room.take(0));
}

TEST_CASE("a message above the byte bound is taken when nothing else is out") {
  PrefetchWindow window(100, 1'000);
  Room empty = window.room();
  CHECK(empty.take(5'000));
  CHECK_FALSE(empty.take(1));
  window.add(1, 5'000);
  CHECK_FALSE(window.has_room());
  CHECK(window.remove(1));
  CHECK(window.bytes() == 0);
  CHECK(window.room().take(5'000));
}

TEST_CASE("a tag leaves a prefetch window once") {
  PrefetchWindow window(3, 1'000);
  window.add(7, 100);
  CHECK(window.remove(7));
  CHECK_FALSE(window.remove(7));
  CHECK_FALSE(window.remove(8));
  window.add(9, 100);
  window.clear();
  CHECK(window.messages() == 0);
  CHECK(window.bytes() == 0);
  CHECK_FALSE(window.remove(9));
}
