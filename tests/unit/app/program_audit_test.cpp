#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"
#include "tests/support/journal_fixture.hpp"
#include "tests/unit/app/program.hpp"

using namespace duenotice;
using duenotice::test::Ended;
using duenotice::test::JournalFixture;

namespace {

/// Account `acct-1` was told on 1 March and on 1 July; a third notice to it failed.
void store(JournalFixture& fixture) {
  fixture.commit([&](Transaction& tx) {
    for (int serial = 1; serial <= 4; ++serial) {
      Notice notice = test::sample_notice(serial);
      notice.id = "01KJABCDEF000000000000000" + std::to_string(serial);
      notice.account_id = serial < 4 ? "acct-1" : "acct \"2\" =cmd|' /C calc'!A0";
      notice.state = serial == 3 ? NoticeState::failed : NoticeState::deemed_delivered;
      notice.sandbox = serial == 2;
      notice.lead_time_broken = serial == 1;
      if (serial != 3) {
        const CalendarDate day = *parse_date(serial == 2 ? "2026-07-01" : "2026-03-01");
        notice.deemed = DeemedDelivery{.at = notice.accepted_at,
                                       .on = day,
                                       .rule = "agreement-date-of-sending",
                                       .clause = "12.1",
                                       .channel = Channel::email,
                                       .attempt = 1};
      }
      notice.number = tx.insert_notice(notice, "{}");
      Rendering rendering = test::sample_rendering(notice.number);
      rendering.address = "li.na@example.com";
      rendering.address_masked = "l***@e***.com";
      tx.insert_rendering(rendering);
      Delivery delivery = test::sample_delivery(notice.number);
      delivery.sandbox = notice.sandbox;
      tx.insert_delivery(delivery);
      Attempt attempt = test::sample_attempt(tx, notice.number);
      attempt.outcome = serial == 3 ? Outcome::permanent_failure : Outcome::sent;
      attempt.ended_at = attempt.started_at;
      attempt.reply = "250 ok \"queued\"\r\n";
      tx.insert_attempt(attempt);
      tx.append_event(test::sample_event(notice));
    }
  });
  test::write_configuration(fixture.folder);
}

Ended audit(const JournalFixture& fixture, const std::string& words) {
  return test::run(fixture.folder, words, "", "DUENOTICE_JOURNAL_URL=sqlite:journal.db");
}

}  // namespace

TEST_CASE("One command shows that an account was told before a day, and its output can be quoted") {
  JournalFixture fixture;
  store(fixture);
  const Ended told = audit(fixture, "audit --account acct-1 --to 2026-06-30");
  CHECK(told.code == 0);
  CHECK(told.err.empty());
  CHECK_THAT(told.out,
             Catch::StartsWith("Looked for   notices of account acct-1, with a legal date up to 2026-06-30\n"
                               "Found        1 notice\nRecord       read at 20") &&
                 Catch::Contains("Z, up to event 5 of 2026-03-02T04:00:00.000Z\n\nLEGAL DATE ") &&
                 Catch::Contains("2026-03-01 TOO LATE  Asia/Shanghai  acct-1") &&
                 Catch::Contains("  email    l***@e***.com  agreement-date-of-sending (12.1)") &&
                 Catch::Contains("01KJABCDEF0000000000000001\n") &&
                 Catch::EndsWith("  " + sha256("agreement").hex() + "\n"));
  CHECK_THAT(audit(fixture, "audit --json").out, Catch::Contains(sha256("agreement").hex()));
  CHECK_THAT(audit(fixture, "--lang zh-CN audit").out, Catch::Contains("  自发送之日视为送达 (12.1)"));
  CHECK_THAT(told.out, !Catch::Contains("li.na") && !Catch::Contains("2026-07-01"));
}

TEST_CASE("Nothing found is said, with what was looked for and how far the record went") {
  JournalFixture fixture;
  store(fixture);
  const Ended nothing = audit(fixture, "audit --account acct-1 --to 2026-02-28");
  CHECK(nothing.code == 0);
  CHECK_THAT(nothing.out,
             Catch::StartsWith("Looked for   notices of account acct-1, with a legal date up to 2026-02-28\n"
                               "Found        nothing\nRecord       read at ") &&
                 Catch::Contains("up to event 5 of 2026-03-02"));
  CHECK_THAT(nothing.err, Catch::StartsWith("Others match without a legal date in that period"));
  const Ended nobody = audit(fixture, "audit --account nobody --to 2026-02-28");
  CHECK_THAT(nobody.out, Catch::Contains("Found        nothing\n"));
  CHECK(nobody.err.empty());
  CHECK_THAT(
      audit(fixture, "--lang zh audit --account nobody").out,
      Catch::StartsWith("查询内容     通知：账户为 nobody\n查询结果     没有找到\n所读记录     读取于 "));
  CHECK_THAT(audit(fixture, "audit --kind fund_freze").err, Catch::Contains("did you mean fund_freeze?"));
  CHECK_THAT(audit(fixture, "audit --clause 99.9").err,
             Catch::Contains("No notice is given under a clause \"99.9\""));
  CHECK(audit(fixture, "audit --clause ' 3.6 '").err.find("No notice is given") == std::string::npos);
}

TEST_CASE("An audit shows what has no date first, marks the sandbox, and pages to the end") {
  JournalFixture fixture;
  store(fixture);
  const Ended all = audit(fixture, "audit --account acct-1");
  CHECK_THAT(all.out, Catch::Contains("Found        3 notices\n") && Catch::Contains("2026-07-01 SANDBOX") &&
                          Catch::Contains("\n-                    Asia/Shanghai  acct-1"));
  CHECK(all.out.find("failed") < all.out.find("2026-07-01 SANDBOX"));
  const Ended page = audit(fixture, "audit --account acct-1 --limit 2");
  CHECK_THAT(page.out, Catch::Contains("Found        2 notices on this page, more follow\n"));
  CHECK(page.err == "More: duenotice audit --account acct-1 --limit 2 --after 01KJABCDEF0000000000000002\n");
  const Ended last = audit(fixture, "audit --account acct-1 --limit 2 --after 01KJABCDEF0000000000000002");
  CHECK_THAT(last.out, Catch::Contains("Found        1 notice\n") && Catch::Contains("2026-03-01"));
  CHECK(last.err.empty());
  CHECK(audit(fixture, "audit --after x").code == 2);
  CHECK(audit(fixture, "audit --after 01KJABCDEF0000000000000099").code == 3);
}

TEST_CASE("Addresses of an audit are masked unless they are asked for") {
  JournalFixture fixture;
  store(fixture);
  const Ended masked = audit(fixture, "audit --address li.na@example.com --json");
  CHECK_THAT(masked.out, !Catch::Contains("li.na"));
  const Ended shown = audit(fixture, "audit --address li.na@example.com --unmasked");
  CHECK_THAT(shown.out, Catch::StartsWith("Looked for   notices to the address li.na@example.com\n") &&
                            Catch::Contains("  li.na@example.com  "));
  const auto json = parse_json(audit(fixture, "audit --address li.na@example.com --unmasked --json").out);
  REQUIRE(json.ok());
  CHECK(*json->find("looked_for")->find("address") == Json("li.na@example.com"));
  CHECK(json->find("notices")->as_array()->size() == 4);
}

TEST_CASE("An audit as JSON has the question, the record's end and each sending with its reply") {
  JournalFixture fixture;
  store(fixture);
  const auto json = parse_json(audit(fixture, "audit --to 2026-03-31 --limit 1 --json").out);
  REQUIRE(json.ok());
  CHECK(*json->find("looked_for")->find("legal_date_to") == Json("2026-03-31"));
  CHECK(*json->find("record")->find("last_sequence") == Json(5));
  CHECK(*json->find("record")->find("last_event_at") == Json("2026-03-02T04:00:00.000Z"));
  CHECK(*json->find("next_after") == Json("01KJABCDEF0000000000000004"));
  const Json& notice = json->find("notices")->as_array()->front();
  CHECK(*notice.find("account_id") == Json("acct \"2\" =cmd|' /C calc'!A0"));
  CHECK(*notice.find("deemed_delivered_on") == Json("2026-03-01"));
  CHECK(*notice.find("sending")->find("reply") == Json("250 ok \"queued\"\r\n"));
  CHECK(*notice.find("sending")->find("address_masked") == Json("l***@e***.com"));
  CHECK(notice.find("sending")->find("address") == nullptr);
  CHECK(*notice.find("sending")->find("sha256") == Json(test::sample_rendering(4).digest.hex()));
  const auto failed = parse_json(audit(fixture, "audit --state failed --json").out);
  REQUIRE(failed.ok());
  CHECK(failed->find("notices")->as_array()->front().find("sending")->is_null());
  CHECK(failed->find("next_after")->is_null());
}
