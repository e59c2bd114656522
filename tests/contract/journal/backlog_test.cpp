#include <catch2/catch.hpp>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

using std::chrono::minutes;
const Instant start = *parse_instant("2026-03-02T04:00:00.000Z");

/// A notice with one delivery, in these states since its acceptance.
NoticeNumber store(Transaction& tx, int serial, NoticeState notice_state, Channel channel,
                   DeliveryState state, std::optional<Instant> due_at = {}) {
  Notice notice = sample_notice(serial, start + minutes(serial));
  notice.state = notice_state;
  const NoticeNumber number = tx.insert_notice(notice, "{}");
  Delivery delivery = sample_delivery(number, channel);
  delivery.state = state;
  delivery.due_at = due_at;
  tx.insert_delivery(delivery);
  return number;
}

Backlog backlog_at(const JournalFixture& fixture, Instant now) {
  const auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  auto backlog = (*reader)->backlog(now);
  REQUIRE(backlog.ok());
  return *std::move(backlog);
}

const ChannelBacklog& of(const Backlog& backlog, Channel channel) {
  return backlog.channels.at(static_cast<std::size_t>(channel));
}

}  // namespace

TEST_CASE("An empty journal has no backlog") {
  JournalFixture fixture;
  const Backlog backlog = backlog_at(fixture, start);
  REQUIRE(backlog.channels.size() == every_channel.size());
  for (const Channel channel : every_channel) {
    CHECK(of(backlog, channel).channel == channel);
    CHECK(of(backlog, channel).due == 0);
    CHECK_FALSE(of(backlog, channel).oldest_due.has_value());
  }
  CHECK_FALSE(backlog.oldest_open.has_value());
  CHECK(backlog.rejections_open + backlog.dead_letters + backlog.replays == 0);
}

TEST_CASE("The backlog tells what is due, what comes later, and what waits for a person, by channel") {
  JournalFixture fixture;
  const Instant now = start + minutes(60);
  fixture.commit([&](Transaction& tx) {
    using enum DeliveryState;
    store(tx, 1, NoticeState::deemed_delivered, Channel::email, sent);
    store(tx, 2, NoticeState::sending, Channel::email, waiting, now - minutes(7));
    store(tx, 3, NoticeState::accepted, Channel::email, waiting, now);
    store(tx, 4, NoticeState::sending, Channel::email, waiting, now + minutes(1));
    store(tx, 5, NoticeState::accepted, Channel::email, waiting);  // in order, and not its turn
    store(tx, 6, NoticeState::sending, Channel::sms, relayed, now + minutes(9));
    store(tx, 7, NoticeState::failed, Channel::sms, failed);
    store(tx, 8, NoticeState::held, Channel::email, held);
    store(tx, 9, NoticeState::failed, Channel::email, failed);
    tx.insert_attempt(
        sample_attempt(tx, store(tx, 10, NoticeState::sending, Channel::sms, in_flight), 1, Channel::sms));
    Attempt over = sample_attempt(tx, 1);
    over.outcome = Outcome::sent;
    tx.insert_attempt(over);
  });
  const Backlog backlog = backlog_at(fixture, now);
  const ChannelBacklog& email = of(backlog, Channel::email);
  CHECK(email.due == 2);
  CHECK(email.later == 1);
  CHECK(email.failed == 1);
  CHECK(email.held == 1);
  CHECK(email.in_flight == 0);
  CHECK(email.relayed == 0);
  CHECK(email.oldest_due == now - minutes(7));
  const ChannelBacklog& sms = of(backlog, Channel::sms);
  CHECK(sms.due == 0);
  CHECK(sms.in_flight == 1);
  CHECK(sms.relayed == 1);
  CHECK(sms.failed == 1);
  CHECK_FALSE(sms.oldest_due.has_value());
  // Accepted second; the first one is delivered.
  CHECK(backlog.oldest_open == start + minutes(2));
}

TEST_CASE("What its publisher wants sent later is open from that time on, not before") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) {
    const auto put = [&](int serial, NoticeState state, std::optional<Instant> not_before) {
      Notice notice = sample_notice(serial, start + minutes(serial));
      notice.state = state;
      notice.not_before = not_before;
      tx.insert_delivery(sample_delivery(tx.insert_notice(notice, "{}")));
    };
    put(1, NoticeState::accepted, start + minutes(60));
    put(2, NoticeState::sending, start + minutes(50));
    put(3, NoticeState::deemed_delivered, start + minutes(5));
  });
  CHECK_FALSE(backlog_at(fixture, start + minutes(49)).oldest_open.has_value());
  CHECK(backlog_at(fixture, start + minutes(70)).oldest_open == start + minutes(50));
  fixture.commit([&](Transaction& tx) {
    Notice notice = sample_notice(4, start + minutes(4));
    tx.insert_delivery(sample_delivery(tx.insert_notice(notice, "{}")));
  });
  CHECK(backlog_at(fixture, start + minutes(49)).oldest_open == start + minutes(4));
}

TEST_CASE("Replays, dead letters and open rejections stand in the backlog until they are done") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) {
    for (int serial = 1; serial <= 3; ++serial) {
      RejectedRequest rejection;
      rejection.id = "01KJREJECTED" + std::to_string(serial);
      rejection.at = start;
      rejection.code = "not_json";
      rejection.body_digest = rejection.same_as = sha256(rejection.id);
      tx.insert_rejection(rejection);
    }
    tx.remove_from_outbox(tx.outbox(1).front().id);
    Act act{.id = "01KJACT1", .at = start, .what = "replay", .operator_name = "li", .reason = "outage"};
    const std::int64_t number = tx.insert_act(act);
    tx.settle_rejection(tx.rejection("01KJREJECTED2")->number, number, "");
    const JobNumber job = tx.insert_job({.id = "01KJJOB1", .act = number, .same_as = sha256("job")});
    const NoticeNumber sent =
        store(tx, 1, NoticeState::deemed_delivered, Channel::email, DeliveryState::sent);
    tx.insert_resend({.notice = sent, .channel = Channel::email, .job = job, .due_at = start});
    tx.insert_resend({.notice = sent, .channel = Channel::sms, .job = job, .due_at = start + minutes(5)});
  });
  const Backlog backlog = backlog_at(fixture, start + minutes(1));
  CHECK(backlog.rejections_open == 2);
  CHECK(backlog.dead_letters == 2);
  CHECK(backlog.replays == 1);
  CHECK(of(backlog, Channel::email).due == 1);
  CHECK(of(backlog, Channel::sms).later == 1);
  CHECK_FALSE(backlog.oldest_open.has_value());
  fixture.commit([&](Transaction& tx) { tx.end_job(1, start); });
  CHECK(backlog_at(fixture, start).replays == 0);
}

TEST_CASE("Counting reads indexes alone") {
  JournalFixture fixture;
  fixture.close();
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  for (const std::string& statement : BacklogReader::counting_statements()) {
    INFO(statement);
    sqlite::Statement row = database.prepare("EXPLAIN QUERY PLAN " + statement);
    std::string plan;
    while (row.step()) plan += row.text(3) + "\n";
    CHECK_THAT(plan, Catch::Contains("USING COVERING INDEX"));
  }
}
