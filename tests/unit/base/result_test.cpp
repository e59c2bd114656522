#include <catch2/catch.hpp>
#include <memory>

#include "gateway/base/result.hpp"

using namespace duenotice;

TEST_CASE("a result is either its value or its error") {
  const Result<int> good = 5;
  REQUIRE(good.ok());
  CHECK(*good == 5);
  const Result<int> bad = Error{ErrorKind::unavailable, "try later"};
  REQUIRE_FALSE(bad);
  CHECK(bad.error() == Error{ErrorKind::unavailable, "try later"});
}

TEST_CASE("a value that cannot be copied moves out") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 7);
}

TEST_CASE("done is a value") {
  const Status status = Done{};
  CHECK(status.ok());
}
