#include "gateway/pipeline/circuit_breaker.hpp"

#include <catch2/catch.hpp>

#include "gateway/pipeline/rate_bound.hpp"

using namespace duenotice;

namespace {

const Instant start = *parse_instant("2026-03-02T04:00:00.000Z");

void fail(CircuitBreaker& breaker, int times, Instant at) {
  for (int i = 0; i < times; ++i) (void)breaker.ended(true, at);
}

}  // namespace

TEST_CASE("a breaker opens after so many faults in a row, and a success between them starts the count anew") {
  CircuitBreaker breaker;
  fail(breaker, limits::breaker_faults - 1, start);
  CHECK(breaker.ended(false, start) == CircuitBreaker::Change::none);
  fail(breaker, limits::breaker_faults - 1, start);
  CHECK(breaker.allowance(8, start) == 8);
  CHECK(breaker.ended(true, start) == CircuitBreaker::Change::opened);
  CHECK(breaker.allowance(8, start) == 0);
}

TEST_CASE(
    "an open breaker lets one probe through after its rest, each that fails doubles the rest, to a bound") {
  CircuitBreaker breaker;
  fail(breaker, limits::breaker_faults, start);
  Instant now = start;
  Milliseconds rest = limits::breaker_rest_first;
  for (int i = 0; i < 12; ++i) {
    REQUIRE(breaker.probe_at() == now + rest);
    CHECK(breaker.allowance(8, now + rest - Milliseconds(1)) == 0);
    now += rest;
    CHECK(breaker.allowance(8, now) == 1);
    breaker.began();
    CHECK(breaker.allowance(8, now) == 0);
    CHECK(breaker.ended(true, now) == CircuitBreaker::Change::none);
    rest = std::min<Milliseconds>(rest * 2, limits::breaker_rest_most);
  }
  now += rest;
  breaker.began();
  CHECK(breaker.ended(false, now) == CircuitBreaker::Change::closed);
  CHECK(breaker.allowance(8, now) == 8);
  fail(breaker, limits::breaker_faults, now);
  CHECK(breaker.probe_at() == now + limits::breaker_rest_first);
}

TEST_CASE("a probe that was never handed over says nothing about the provider, and another is due") {
  CircuitBreaker breaker;
  fail(breaker, limits::breaker_faults, start);
  const Instant now = start + limits::breaker_rest_first;
  breaker.began();
  breaker.ended_without_verdict(now);
  CHECK(breaker.state() == CircuitBreaker::State::open);
  CHECK(breaker.probe_at() == now + limits::breaker_rest_first);
}

TEST_CASE("a person who wants something tried now does not wait for the next probe") {
  CircuitBreaker breaker;
  breaker.probe_now(start);
  CHECK(breaker.state() == CircuitBreaker::State::closed);
  fail(breaker, limits::breaker_faults, start);
  breaker.probe_now(start + Milliseconds(1));
  CHECK(breaker.probe_at() == start + Milliseconds(1));
  CHECK(breaker.allowance(8, start + Milliseconds(1)) == 1);
  breaker.began();
  CHECK(breaker.ended(true, start + Milliseconds(2)) == CircuitBreaker::Change::none);
  CHECK(breaker.probe_at() == start + Milliseconds(2) + 2 * limits::breaker_rest_first);
  breaker.probe_now(start + std::chrono::hours(1));
  CHECK(breaker.probe_at() == start + Milliseconds(2) + 2 * limits::breaker_rest_first);
}

TEST_CASE("a rate bound lets through what was asked for on average, and a burst of one second") {
  RateBound bound(10);
  Instant now = start;
  int through = 0;
  for (int i = 0; i < 100; ++i, now += Milliseconds(50)) {
    const int allowed = bound.allowance(3, now);
    bound.used(allowed);
    through += allowed;
  }
  CHECK(through >= 10 + 48);
  CHECK(through <= 10 + 50);
  CHECK(RateBound(0).allowance(1'000, now) == 1'000);
  RateBound one(1);
  one.used(one.allowance(1, now));
  CHECK(one.allowance(1, now) == 0);
  CHECK(one.wait() > Milliseconds(900));
  CHECK(one.allowance(1, now + one.wait()) == 1);
}
