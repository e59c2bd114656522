#include "queue/reconnect_delay.hpp"

#include <catch2/catch.hpp>
#include <cstring>
#include <set>

#include "gateway/base/limits.hpp"

using namespace duenotice;
using duenotice::queue::ReconnectDelay;

TEST_CASE("delays double up to the most, and each is at least half of its step") {
  SystemRandom random;
  ReconnectDelay delay(random);
  Milliseconds step = limits::reconnect_delay_first;
  for (int failure = 0; failure < 20; ++failure) {
    const Milliseconds chosen = delay.next();
    CHECK(chosen >= step / 2);
    CHECK(chosen <= step);
    step = std::min(step * 2, limits::reconnect_delay_most);
  }
  CHECK(step == limits::reconnect_delay_most);
  delay.reset();
  CHECK(delay.next() <= limits::reconnect_delay_first);
}

TEST_CASE("clients that fail together do not come back together") {
  SystemRandom random;
  std::set<Milliseconds> chosen;
  for (int client = 0; client < 100; ++client) chosen.insert(ReconnectDelay(random).next());
  CHECK(chosen.size() > 20);
}
