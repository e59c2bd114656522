#include "queue/prefetch_plan.hpp"

#include <catch2/catch.hpp>

using duenotice::queue::PrefetchPlan;

TEST_CASE("small messages are asked for up to the bound on their count") {
  PrefetchPlan plan(300, 16'000'000);
  CHECK(plan.count() == 300);
  for (int message = 0; message < 1'000; ++message) plan.saw(4'096);
  CHECK(plan.count() == 300);
}

TEST_CASE("of large messages as many are asked for as fit into the bound on bytes") {
  PrefetchPlan plan(300, 16'000'000);
  for (int message = 0; message < 200; ++message) plan.saw(1'000'000);
  CHECK(plan.count() >= 16);
  CHECK(plan.count() <= 17);
  for (int message = 0; message < 200; ++message) plan.saw(64'000'000);
  CHECK(plan.count() == 1);
}

TEST_CASE("after large messages the count grows back with small ones") {
  PrefetchPlan plan(300, 16'000'000);
  for (int message = 0; message < 200; ++message) plan.saw(1'000'000);
  const std::size_t current = plan.count();
  CHECK_FALSE(plan.worth_raising(current));
  for (int message = 0; message < 200; ++message) plan.saw(1'000);
  CHECK(plan.worth_raising(current));
  CHECK(plan.count() == 300);
  CHECK_FALSE(plan.worth_raising(300));
}
