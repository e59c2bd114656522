#include <catch2/catch.hpp>

#include "gateway/base/json.hpp"
#include "tests/support/journal_fixture.hpp"
#include "tests/unit/app/program.hpp"

using namespace duenotice;
using duenotice::test::Ended;
using duenotice::test::JournalFixture;

namespace {

/// Two mails that were refused, one SMS of which nobody knows, and a rejected request with its dead letter.
void store(JournalFixture& fixture) {
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 3; ++serial) {
      Notice notice = test::sample_notice(serial);
      notice.state = serial < 3 ? NoticeState::failed : NoticeState::held;
      notice.number = tx.insert_notice(notice, "{}");
      Delivery delivery = test::sample_delivery(notice.number, serial < 3 ? Channel::email : Channel::sms);
      delivery.state = serial < 3 ? DeliveryState::failed : DeliveryState::held;
      delivery.reason = serial < 3 ? "refused" : "outcome_unknown";
      delivery.last_code = serial < 3 ? "550" : "timeout";
      delivery.due_at.reset();
      delivery.attempts = 1;
      delivery.unknowns = serial < 3 ? 0 : 1;
      delivery.state_since = notice.accepted_at + std::chrono::minutes(serial);
      tx.insert_delivery(delivery);
    }
    RejectedRequest rejection;
    rejection.id = "REJECTED";
    rejection.at = *parse_instant("2026-03-02T04:00:00Z");
    rejection.code = "not_json";
    tx.insert_rejection(rejection);
  });
  test::write_configuration(fixture.folder);
}

Ended program(const JournalFixture& fixture, const std::string& words) {
  return test::run(fixture.folder, words, "", "DUENOTICE_JOURNAL_URL=sqlite:journal.db");
}

}  // namespace

TEST_CASE("failed says what waits for a person, with the three answers and the command") {
  JournalFixture fixture;
  store(fixture);
  const Ended ended = program(fixture, "failed");
  CHECK(ended.code == 0);
  CHECK_THAT(
      ended.out,
      Catch::StartsWith("email  failed  refused  code 550  2 deliveries  since 2026-03-02T04:01:00.000Z, the "
                        "newest 2026-03-02T04:02:00.000Z\n  How long?          2 for seven days or longer\n  "
                        "Was it sent?       no\n") &&
          Catch::Contains("  Is a resend safe?  yes: Every attempt so far was definitely not taken") &&
          Catch::Contains("  Who must act?      operator\n") &&
          Catch::Contains("duenotice replay --state failed --channel email --code 550 --reason \"…\" "
                          "--dry-run\n") &&
          Catch::Contains("\n\nsms  held  outcome_unknown  code timeout  1 delivery  since ") &&
          Catch::Contains("  Was it sent?       nobody knows\n") &&
          Catch::Contains("resolve 01KJNOTICE0000000000000003 --channel sms --not-sent") &&
          Catch::Contains(
              "\n\n1 rejected request is open  since 2026-03-02T04:00:00.000Z\n  What to do        "
              " duenotice rejected --open\n") &&
          Catch::Contains("\n\n1 dead letter waits for the broker  since "));
  CHECK_THAT(program(fixture, "--lang zh failed").out,
             Catch::Contains("邮件  失败  ") && Catch::Contains("是否已发出？") &&
                 Catch::Contains("2 件七天或更久") && Catch::Contains("应如何处理") &&
                 !Catch::Contains("What to do"));
}

TEST_CASE("failed as JSON has every group with its answers, and is filtered") {
  JournalFixture fixture;
  store(fixture);
  const auto json = parse_json(program(fixture, "failed --json --channel sms").out);
  REQUIRE(json.ok());
  REQUIRE(json->find("deliveries")->as_array()->size() == 1);
  const Json& group = json->find("deliveries")->as_array()->front();
  CHECK(*group.find("count") == Json(1));
  CHECK(*group.find("reason") == Json("outcome_unknown"));
  CHECK(*group.find("code") == Json("timeout"));
  CHECK(group.find("sent")->is_null());
  CHECK(*group.find("resend_safe")->find("safe") == Json(false));
  CHECK(*group.find("next_actor") == Json("operator"));
  CHECK(*group.find("by_age") ==
        Json(Json::Object{{"under_1h", 0}, {"under_1d", 0}, {"under_7d", 0}, {"older", 1}}));
  CHECK(group.find("commands")->as_array()->size() == 3);
  CHECK(*group.find("oldest") == Json("2026-03-02T04:03:00.000Z"));
  CHECK(*json->find("rejected_open")->find("count") == Json(1));
  CHECK(*json->find("relays_overdue")->find("count") == Json(0));
  CHECK(json->find("relays_overdue")->find("oldest")->is_null());
  CHECK_THAT(program(fixture, "failed --code 550 --since 2026-03-03").out, !Catch::Contains("deliveries"));
  CHECK_THAT(program(fixture, "failed --kind fund_freze").err, Catch::Contains("did you mean fund_freeze?"));
  CHECK(program(fixture, "failed --channel fax").code == 2);
  CHECK(program(fixture, "failed --since soon").code == 2);
}

TEST_CASE("Where nothing waits, failed and doctor say so") {
  JournalFixture fixture;
  test::write_configuration(fixture.folder);
  CHECK(program(fixture, "failed").out == "Nothing waits for a person.\n");
  CHECK_THAT(program(fixture, "doctor").out, Catch::Contains("nothing waits for a person"));
}

TEST_CASE("doctor tells in words what waits for a person, as warnings") {
  JournalFixture fixture;
  store(fixture);
  const Ended ended = program(fixture, "doctor");
  CHECK(ended.code == 0);
  CHECK_THAT(
      ended.out,
      Catch::Contains("2 deliveries failed, the first at 2026-03-02T04:01:00.000Z; `duenotice failed`") &&
          Catch::Contains("1 delivery is held, since 2026-03-02T04:03:00.000Z") &&
          Catch::Contains("1 rejected request is open") &&
          Catch::Contains("1 dead letter waits for the broker") && !Catch::Contains("no report"));
  CHECK_THAT(ended.err, Catch::StartsWith("No problem; "));
  CHECK_THAT(program(fixture, "--lang zh doctor").out,
             Catch::Contains("已搁置") || Catch::Contains("待人工处理"));
}
