#include <catch2/catch.hpp>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/waiting_list.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant start = *parse_instant("2026-03-02T04:00:00.000Z");

struct Stuck {
  NoticeState notice = NoticeState::failed;
  DeliveryState state = DeliveryState::failed;
  std::string reason = "refused";
  std::string code = "550";
  int minute = 0;
  int unknowns = 0;
  int attempts = 1;
  Channel channel = Channel::email;
  bool counts = true;
};

void add(JournalFixture& fixture, int serial, const Stuck& stuck) {
  fixture.commit([&](Transaction& tx) {
    Notice notice = sample_notice(serial, start + std::chrono::hours(serial));
    notice.state = stuck.notice;
    if (notice.state == NoticeState::deemed_delivered)
      notice.deemed = DeemedDelivery{start, *parse_date("2026-03-02"), "r", "c", Channel::in_site, 1};
    if (serial % 2 == 0) notice.kind = "terms_change";
    notice.number = tx.insert_notice(notice, "{}");
    Delivery delivery = sample_delivery(notice.number, stuck.channel);
    delivery.state = stuck.state;
    delivery.due_at.reset();
    if (delivery.state == DeliveryState::relayed)
      delivery.due_at = start + std::chrono::minutes(stuck.minute);
    delivery.reason = stuck.reason;
    delivery.last_code = stuck.code;
    delivery.state_since = start + std::chrono::minutes(stuck.minute);
    delivery.unknowns = stuck.unknowns;
    delivery.attempts = stuck.attempts;
    delivery.counts = stuck.counts;
    tx.insert_delivery(delivery);
  });
}

Waiting waiting(const JournalFixture& fixture, const WaitingFilter& filter = {},
                Instant now = start + std::chrono::hours(9)) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  auto found = (*reader)->waiting(filter, now);
  REQUIRE(found.ok());
  return *std::move(found);
}

std::string in_words(const StuckGroup& group) {
  return std::string(to_text(group.channel)) + " " + std::string(to_text(group.state)) + " " + group.reason +
         " " + group.code + (group.unknown ? " unknown" : "") + " " + std::string(to_text(group.actor)) +
         " x" + std::to_string(group.span.count);
}

std::vector<std::string> in_words(const Waiting& all) {
  std::vector<std::string> words;
  for (const StuckGroup& group : all.groups) words.push_back(in_words(group));
  return words;
}

}  // namespace

TEST_CASE("What waits for a person is grouped by what can be said of it, the most urgent first") {
  JournalFixture fixture;
  add(fixture, 1, {.minute = 7});
  add(fixture, 2, {.minute = 3});
  add(fixture, 3, {.minute = 5});
  add(fixture, 4, {.code = "450", .unknowns = 2});
  add(fixture, 5,
      {.notice = NoticeState::held,
       .state = DeliveryState::held,
       .reason = "late",
       .code = "",
       .attempts = 0,
       .channel = Channel::sms});
  add(fixture, 6, {.notice = NoticeState::deemed_delivered});
  add(fixture, 7, {.notice = NoticeState::sending});
  add(fixture, 8, {.reason = "provider_confirms"});
  add(fixture, 11, {.reason = "provider_confirms", .counts = false});
  add(fixture, 9, {.notice = NoticeState::deemed_delivered, .state = DeliveryState::sent, .reason = ""});
  add(fixture, 10, {.notice = NoticeState::held});
  const Waiting all = waiting(fixture);
  CHECK(in_words(all) ==
        std::vector<std::string>{
            "email failed refused 550 operator x4", "email failed provider_confirms 550 operator x1",
            "email failed refused 450 unknown operator x1", "sms held late  operator x1",
            "email failed refused 550 gateway x1", "email failed provider_confirms 550 nobody x1",
            "email failed refused 550 nobody x1"});
  CHECK(all.groups[0].span.oldest == start);
  CHECK(all.groups[0].span.newest == start + std::chrono::minutes(7));
  CHECK(all.groups[0].attempted);
  CHECK(!all.groups[3].attempted);
  CHECK(all.groups[3].example == sample_notice(5).id);
}

TEST_CASE("What waits for a person is counted by how long it waits") {
  JournalFixture fixture;
  const auto minutes = [](int days, int hours = 0) { return (days * 24 + hours) * 60; };
  add(fixture, 1, {.minute = 0});
  add(fixture, 2, {.minute = minutes(3, 1)});
  add(fixture, 3, {.minute = minutes(9, 1)});
  add(fixture, 4, {.minute = minutes(9, 23)});
  add(fixture, 5, {.minute = minutes(9, 23) + 1});
  add(fixture, 6, {.notice = NoticeState::held, .minute = minutes(9, 12)});
  const Waiting all = waiting(fixture, {}, start + std::chrono::hours(24 * 10));
  REQUIRE(all.groups.size() == 1);
  // An hour old is not under one hour any more.
  CHECK(all.groups[0].by_age == std::array<std::int64_t, 4>{1, 3, 1, 1});
}

TEST_CASE("What waits is filtered") {
  JournalFixture fixture;
  add(fixture, 1, {});
  add(fixture, 2, {.code = "450"});
  add(fixture, 3, {.code = "", .channel = Channel::sms});
  const auto counted = [&](const WaitingFilter& filter) {
    std::int64_t count = 0;
    for (const StuckGroup& group : waiting(fixture, filter).groups) count += group.span.count;
    return count;
  };
  CHECK(counted({}) == 3);
  CHECK(counted({.channel = Channel::email}) == 2);
  CHECK(counted({.code = "450"}) == 1);
  CHECK(counted({.code = ""}) == 1);
  CHECK(counted({.kind = "terms_change"}) == 1);
  CHECK(counted({.agreement = "flashduty-user-agreement"}) == 3);
  CHECK(counted({.agreement = "another"}) == 0);
  CHECK(counted({.since = start + std::chrono::hours(2)}) == 2);
  CHECK(counted({.channel = Channel::email, .code = "550", .kind = "fund_freeze"}) == 1);
}

TEST_CASE("Open rejections, dead letters and relays without a report are counted with their ages") {
  JournalFixture fixture;
  const Waiting nothing = waiting(fixture);
  CHECK(nothing.groups.empty());
  CHECK(nothing.rejected.count + nothing.dead_letters.count + nothing.overdue_relays.count == 0);
  add(fixture, 1,
      {.notice = NoticeState::sending, .state = DeliveryState::relayed, .reason = "", .minute = 10});
  add(fixture, 2,
      {.notice = NoticeState::sending, .state = DeliveryState::relayed, .reason = "", .minute = 20});
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 3; ++serial) {
      RejectedRequest rejection;
      rejection.id = "REJECTED" + std::to_string(serial);
      rejection.at = start + std::chrono::minutes(serial);
      rejection.code = "not_json";
      rejection.same_as = sha256(rejection.id);
      tx.insert_rejection(rejection);
    }
    tx.remove_from_outbox(tx.outbox(1).front().id);
  });
  fixture.close();
  sqlite::Database(fixture.path(), sqlite::Database::Mode::read_write, 1'000)
      .run("UPDATE rejections SET state = 1 WHERE number = 3");
  const Waiting some = waiting(fixture, {}, start + std::chrono::minutes(15));
  CHECK(some.rejected.count == 2);
  CHECK(some.rejected.oldest == start + std::chrono::minutes(1));
  CHECK(some.rejected.newest == start + std::chrono::minutes(2));
  CHECK(some.dead_letters.count == 2);
  CHECK(some.dead_letters.oldest == start + std::chrono::minutes(2));
  CHECK(some.overdue_relays.count == 1);
  CHECK(some.overdue_relays.oldest == start + std::chrono::minutes(10));
}

TEST_CASE("What waits is found without looking at what was delivered") {
  const JournalFixture fixture;
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  for (const WaitingFilter& filter :
       {WaitingFilter{}, WaitingFilter{.channel = Channel::email, .code = "550"},
        WaitingFilter{.kind = "x"}}) {
    auto plan = database.prepare("EXPLAIN QUERY PLAN " + WaitingList::groups_statement(filter));
    std::string steps;
    while (plan.step()) steps += plan.text(3) + "\n";
    CHECK_THAT(steps, Catch::Contains("USING INDEX deliveries_stuck"));
    CHECK_THAT(steps, Catch::Contains("SEARCH n USING INTEGER PRIMARY KEY (rowid=?)"));
    CHECK_THAT(steps, Catch::Contains("USING INDEX notices_broken"));
    CHECK_THAT(steps, Catch::Contains("SEARCH d USING PRIMARY KEY (notice=? AND channel=?)"));
    CHECK_THAT(steps, !Catch::Contains("SCAN n\n") && !Catch::Contains("SCAN d\n"));
  }
}
