#include "gateway/app/audit_filter.hpp"

#include <catch2/catch.hpp>

using namespace duenotice;
using namespace duenotice::app;

TEST_CASE("Every word of an audit becomes part of its filter, and stands in its answer") {
  AuditFilterArguments arguments;
  arguments.account = "acct-1";
  arguments.address = "zhang.wei@example.com";
  arguments.from = "2026-01-01";
  arguments.to = "2026-06-30";
  arguments.kind = "fund_freeze";
  arguments.clause = "5.4";
  arguments.agreement = "user-agreement";
  arguments.channel = "sms";
  arguments.state = "deemed_delivered";
  const auto filter = make_audit_filter(arguments);
  REQUIRE(filter.ok());
  CHECK(!filter->filters_nothing());
  CHECK(filter->to == parse_date("2026-06-30"));
  CHECK(filter->channel == Channel::sms);
  CHECK(in_words(Language::english, *filter, false) ==
        "notices of account acct-1, to the address z***@e***.com, with a legal date from 2026-01-01 to "
        "2026-06-30, of kind fund_freeze, under clause 5.4, of agreement user-agreement, with a delivery on "
        "sms, in state deemed_delivered");
  CHECK_THAT(in_words(Language::chinese, *filter, true),
             Catch::StartsWith("通知：账户为 acct-1，收件地址为 zhang.wei@example.com，法定送达日在") &&
                 Catch::EndsWith("状态为 视为送达"));
  CHECK(canonical_json(audit_filter_json(*filter, false)) ==
        R"({"account_id":"acct-1","address":"z***@e***.com","agreement":"user-agreement","channel":"sms",)"
        R"("clause":"5.4","kind":"fund_freeze","legal_date_from":"2026-01-01","legal_date_to":"2026-06-30",)"
        R"("state":"deemed_delivered"})");
}

TEST_CASE("An audit without filters is of everything, and half a period is called so") {
  AuditFilter filter;
  CHECK(filter.filters_nothing());
  CHECK(in_words(Language::english, filter, false) == "all notices");
  CHECK(in_words(Language::chinese, filter, false) == "全部通知");
  CHECK(audit_filter_json(filter, true).find("address")->is_null());
  filter.from = parse_date("2026-01-01");
  CHECK(in_words(Language::english, filter, false) == "notices with a legal date from 2026-01-01 on");
  filter.from.reset();
  filter.to = parse_date("2026-01-01");
  CHECK(in_words(Language::english, filter, false) == "notices with a legal date up to 2026-01-01");
}

TEST_CASE("An address that was asked for is masked as what it looks like") {
  AuditFilter filter;
  const auto masked = [&](const std::string& address) {
    filter.address = address;
    return in_words(Language::english, filter, false);
  };
  CHECK(masked("+8613800138000") == "notices to the address +86*******8000");
  CHECK(masked("user-10086") == "notices to the address u***6");
  CHECK_THAT(masked("not@an@email"), !Catch::Contains("email"));
}

TEST_CASE("A mistake in an audit's words is named") {
  const auto refused = [](auto change) {
    AuditFilterArguments arguments;
    change(arguments);
    const auto filter = make_audit_filter(arguments);
    REQUIRE(!filter.ok());
    CHECK(filter.error().kind == ErrorKind::invalid);
    return filter.error().message;
  };
  CHECK(refused([](auto& a) { a.from = "2026-02-30"; }) ==
        "--from must be a date such as 2026-07-01, not \"2026-02-30\"");
  CHECK_THAT(refused([](auto& a) { a.to = "2026-07-01T00:00:00Z"; }),
             Catch::StartsWith("--to must be a date"));
  CHECK_THAT(refused([](auto& a) { a.channel = "fax"; }), Catch::StartsWith("--channel must be email, "));
  CHECK_THAT(refused([](auto& a) { a.state = "lost"; }), Catch::StartsWith("--state must be accepted, "));
  CHECK(refused([](auto& a) {
          a.from = "2026-07-02";
          a.to = "2026-07-01";
        }) == "--from 2026-07-02 lies behind --to 2026-07-01, so nothing could match; swap them");
}
