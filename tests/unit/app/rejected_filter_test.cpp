#include "gateway/app/rejected_filter.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

namespace {

RejectedArguments asking(std::optional<std::string> code, std::optional<std::string> since,
                         std::optional<std::string> after) {
  RejectedArguments arguments;
  arguments.code = std::move(code);
  arguments.since = std::move(since);
  arguments.after = std::move(after);
  return arguments;
}

std::string fault(const RejectedArguments& arguments) {
  const auto filter = make_filter(arguments);
  return filter ? "none" : filter.error().message;
}

}  // namespace

TEST_CASE("What rejected was asked becomes a filter") {
  const auto filter = make_filter(asking("missing_field", "2026-07-01", "01J2Z0V7N3KJ6Q8M4T5W9XYABC"));
  REQUIRE(filter.ok());
  CHECK(filter->code == "missing_field");
  CHECK(filter->since == parse_instant("2026-07-01T00:00:00Z"));
  CHECK(filter->after == "01J2Z0V7N3KJ6Q8M4T5W9XYABC");
  CHECK(filter->limit == limits::list_rows_default);
}

TEST_CASE("The day that rejected goes up to is a whole day") {
  RejectedArguments arguments;
  arguments.until = "2026-07-01";
  const auto filter = make_filter(arguments);
  REQUIRE(filter.ok());
  CHECK(filter->until == parse_instant("2026-07-02T00:00:00Z"));
}

TEST_CASE("A word that rejected cannot use is named, with what would do") {
  CHECK(fault(asking("missing_feild", {}, {})) ==
        "--code: no request is refused with the code \"missing_feild\"; did you mean missing_field?");
  CHECK_THAT(fault(asking("x", {}, {})), Catch::EndsWith("shows the codes that there are"));
  CHECK_THAT(fault(asking({}, "soon", {})), Catch::StartsWith("--since must be a date"));
  RejectedArguments until;
  until.until = "later";
  CHECK_THAT(fault(until), Catch::StartsWith("--until must be a date"));
  CHECK_THAT(fault(asking({}, {}, "17")), Catch::StartsWith("--after must be a REJECTION_ID"));
  CHECK(fault(asking("conflict", {}, {})) == "none");
}

TEST_CASE("Refusals of a period that ends before it begins are not looked for") {
  RejectedArguments arguments;
  arguments.since = "2026-07-02";
  arguments.until = "2026-07-01";
  CHECK_THAT(make_filter(arguments).error().message, Catch::StartsWith("--since 2026-07-02 does not lie"));
  arguments.until = "2026-07-02";
  CHECK(make_filter(arguments).ok());
}
