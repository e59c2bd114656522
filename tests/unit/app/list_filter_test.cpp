#include "gateway/app/list_filter.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

TEST_CASE("Without options the newest fifty notices are meant") {
  const auto filter = make_filter({});
  REQUIRE(filter.ok());
  CHECK(!filter->state);
  CHECK(!filter->since);
  CHECK(!filter->until);
  CHECK(filter->limit == 50);
}

TEST_CASE("Words become values") {
  ListArguments arguments;
  arguments.state = "deemed_delivered";
  arguments.channel = "in_site";
  arguments.kind = "fund_freeze";
  arguments.agreement = "a";
  arguments.account = "acct";
  arguments.after = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
  arguments.limit = 3;
  const auto filter = make_filter(arguments);
  REQUIRE(filter.ok());
  CHECK(filter->state == NoticeState::deemed_delivered);
  CHECK(filter->channel == Channel::in_site);
  CHECK(filter->kind == "fund_freeze");
  CHECK(filter->agreement == "a");
  CHECK(filter->account == "acct");
  CHECK(filter->after == "01ARZ3NDEKTSV4RRFFQ69G5FAV");
  CHECK(filter->limit == 3);
}

TEST_CASE("A date is the whole day in UTC, an instant is itself") {
  ListArguments days;
  days.since = "2026-07-01";
  days.until = "2026-07-31";
  const auto month = make_filter(days);
  REQUIRE(month.ok());
  CHECK(to_text(*month->since) == "2026-07-01T00:00:00.000Z");
  CHECK(to_text(*month->until) == "2026-08-01T00:00:00.000Z");

  ListArguments instants;
  instants.since = "2026-07-01T09:00:00+08:00";
  instants.until = "2026-07-01T01:00:00.001Z";
  const auto moment = make_filter(instants);
  REQUIRE(moment.ok());
  CHECK(to_text(*moment->since) == "2026-07-01T01:00:00.000Z");
  CHECK(to_text(*moment->until) == "2026-07-01T01:00:00.001Z");
}

TEST_CASE("A word that is none is named with what would be one") {
  const auto refused = [](auto change) {
    ListArguments arguments;
    change(arguments);
    const auto filter = make_filter(arguments);
    REQUIRE(!filter.ok());
    CHECK(filter.error().kind == ErrorKind::invalid);
    return filter.error().message;
  };
  CHECK(refused([](auto& a) { a.state = "lost"; }) ==
        "--state must be accepted, sending, deemed_delivered, held, failed or cancelled, not \"lost\"");
  CHECK(refused([](auto& a) { a.channel = "fax"; }) ==
        "--channel must be email, in_site or sms, not \"fax\"");
  CHECK(refused([](auto& a) { a.since = "2026-02-30"; }) ==
        "--since must be a date such as 2026-07-01 or an instant such as 2026-07-01T09:00:00+08:00, not "
        "\"2026-02-30\"");
  CHECK_THAT(refused([](auto& a) { a.until = "soon"; }), Catch::StartsWith("--until must be a date"));
  CHECK_THAT(refused([](auto& a) { a.after = "x"; }), Catch::StartsWith("--after must be a NOTICE_ID"));
}

TEST_CASE("A period that ends before it begins is a mistake") {
  const auto answer = [](const std::string& since, const std::string& until) {
    ListArguments arguments;
    arguments.since = since;
    arguments.until = until;
    return make_filter(arguments);
  };
  CHECK(answer("2026-07-01", "2026-07-01").ok());
  CHECK(answer("2026-07-01T00:00:00Z", "2026-07-01T00:00:00.001Z").ok());
  CHECK(answer("2026-07-02", "2026-07-01").error().message ==
        "--since 2026-07-02 does not lie before the end of --until 2026-07-01, so nothing could match; swap "
        "them");
  CHECK(!answer("2026-07-01T08:00:00+08:00", "2026-07-01T00:00:00Z").ok());
}
