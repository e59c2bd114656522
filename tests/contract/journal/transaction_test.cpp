#include <catch2/catch.hpp>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant noon = *parse_instant("2026-03-02T04:00:00.000Z");

CalendarDate date(std::string_view text) { return *parse_date(text); }

Notice full_notice() {
  Notice notice = sample_notice(1);
  notice.reference = "ticket 17";
  notice.required = 2;
  notice.in_order = true;
  notice.lead_days = 30;
  notice.effective_date = date("2026-05-01");
  notice.earliest_effective_date = date("2026-04-02");
  notice.must_be_sent_by = date("2026-03-31");
  notice.dates_hold_until = date("2026-04-15");
  notice.sandbox = true;
  notice.state = NoticeState::held;
  return notice;
}

void check_same(const Notice& stored, const Notice& given) {
  CHECK(stored.id == given.id);
  CHECK(stored.source == given.source);
  CHECK(stored.request_id == given.request_id);
  CHECK(stored.request_digest == given.request_digest);
  CHECK(stored.agreement == given.agreement);
  CHECK(stored.agreement_version == given.agreement_version);
  CHECK(stored.agreement_digest == given.agreement_digest);
  CHECK(stored.kind == given.kind);
  CHECK(stored.clause == given.clause);
  CHECK(stored.account_id == given.account_id);
  CHECK(stored.reference == given.reference);
  CHECK(stored.locale == given.locale);
  CHECK(stored.time_zone == given.time_zone);
  CHECK(stored.required == given.required);
  CHECK(stored.in_order == given.in_order);
  CHECK(stored.lead_days == given.lead_days);
  CHECK(stored.accepted_at == given.accepted_at);
  CHECK(stored.effective_date == given.effective_date);
  CHECK(stored.earliest_effective_date == given.earliest_effective_date);
  CHECK(stored.must_be_sent_by == given.must_be_sent_by);
  CHECK(stored.dates_hold_until == given.dates_hold_until);
  CHECK(stored.lead_time_broken == given.lead_time_broken);
  CHECK(stored.sandbox == given.sandbox);
  CHECK(stored.state == given.state);
  CHECK(stored.deemed.has_value() == given.deemed.has_value());
}

RejectedRequest sample_rejection(int serial) {
  RejectedRequest rejection;
  rejection.id = "01KJREJECTED" + std::to_string(serial);
  rejection.at = noon;
  rejection.code = "missing_field";
  rejection.pointer = "/kind";
  rejection.message = "name the kind";
  rejection.content_type = "application/json";
  rejection.body = std::string("{\0}", 3) + std::to_string(serial);
  rejection.body_bytes = 4;
  rejection.body_digest = sha256(rejection.body);
  rejection.same_as = rejection.body_digest;
  return rejection;
}

}  // namespace

TEST_CASE("A notice comes back as it was stored, before and after its changes") {
  JournalFixture fixture;
  Notice notice = full_notice();
  fixture.commit([&](Transaction& tx) { notice.number = tx.insert_notice(notice, R"({"id":"1"})"); });
  fixture.commit([&](Transaction& tx) {
    check_same(tx.notice(notice.number), notice);
    CHECK(tx.request_json(notice.number) == R"({"id":"1"})");
    CHECK(tx.find_notice(notice.id) == notice.number);
    CHECK(tx.find_notice("nobody") == std::nullopt);
  });
  notice.state = NoticeState::deemed_delivered;
  notice.effective_date = date("2026-06-01");
  notice.earliest_effective_date.reset();
  notice.must_be_sent_by = date("2026-05-01");
  notice.lead_time_broken = true;
  notice.deemed = DeemedDelivery{noon, date("2026-03-02"), "entry-into-system", "137", Channel::in_site, 3};
  fixture.commit([&](Transaction& tx) { tx.update_notice(notice); });
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    const Notice stored = tx.notice(notice.number);
    check_same(stored, notice);
    CHECK(stored.deemed->at == notice.deemed->at);
    CHECK(stored.deemed->on == notice.deemed->on);
    CHECK(stored.deemed->rule == "entry-into-system");
    CHECK(stored.deemed->clause == "137");
    CHECK(stored.deemed->channel == Channel::in_site);
    CHECK(stored.deemed->attempt == 3);
  });
}

TEST_CASE("An accepted notice claims its source and request id for ever") {
  JournalFixture fixture;
  const Notice first = sample_notice(1);
  fixture.commit([&](Transaction& tx) {
    CHECK_FALSE(tx.claimed(first.source, first.request_id).has_value());
    accept_sample(tx, first);
  });
  Notice second = sample_notice(2);
  second.request_id = first.request_id;
  const auto insert = [&](Transaction& tx) { tx.insert_notice(second, "{}"); };
  CHECK(fixture.journal().run(WorkClass::intake, insert) == Committed::failed);
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    const auto claim = tx.claimed(first.source, first.request_id);
    REQUIRE(claim.has_value());
    CHECK(claim->notice_id == first.id);
    CHECK(claim->request_digest == first.request_digest);
    CHECK_FALSE(tx.claimed("another source", first.request_id).has_value());
  });
  second.request_id = "request-2";
  second.id = first.id;
  CHECK(fixture.journal().run(WorkClass::intake, insert) == Committed::failed);
}

TEST_CASE("The bytes of a rendering are kept exactly and a revision is never replaced") {
  JournalFixture fixture;
  NoticeNumber number = 0;
  Rendering rendering;
  fixture.commit([&](Transaction& tx) {
    number = tx.insert_notice(sample_notice(1), "{}");
    rendering = sample_rendering(number);
    rendering.content[10] = '\0';
    rendering.content[11] = '\xFF';
    tx.insert_rendering(rendering);
    tx.insert_rendering(sample_rendering(number, Channel::email, 2));
  });
  const auto again = [&](Transaction& tx) { tx.insert_rendering(rendering); };
  CHECK(fixture.journal().run(WorkClass::outcome, again) == Committed::failed);
  fixture.commit([&](Transaction& tx) {
    const Rendering stored = tx.rendering(number, Channel::email, 1);
    CHECK(stored.content == rendering.content);
    CHECK(stored.message_id == rendering.message_id);
    CHECK(stored.digest == rendering.digest);
    CHECK(stored.template_digest == rendering.template_digest);
    CHECK(stored.reason == "accepted");
    CHECK(stored.made_at == rendering.made_at);
    CHECK(tx.rendering(number, Channel::email, 2).revision == 2);
  });
}

TEST_CASE("Due deliveries of a channel come oldest first and bounded, others do not come at all") {
  JournalFixture fixture;
  using std::chrono::seconds;
  std::vector<NoticeNumber> numbers;
  fixture.commit([&](Transaction& tx) {
    for (int serial = 0; serial < 6; ++serial)
      numbers.push_back(tx.insert_notice(sample_notice(serial), "{}"));
    tx.insert_delivery(sample_delivery(numbers[0], Channel::email, noon + seconds(3)));
    tx.insert_delivery(sample_delivery(numbers[1], Channel::email, noon + seconds(1)));
    tx.insert_delivery(sample_delivery(numbers[2], Channel::email, noon + seconds(2)));
    tx.insert_delivery(sample_delivery(numbers[3], Channel::in_site, noon));
    Delivery later_turn = sample_delivery(numbers[4]);
    later_turn.due_at.reset();
    tx.insert_delivery(later_turn);
    Delivery started = sample_delivery(numbers[5]);
    started.state = DeliveryState::in_flight;
    tx.insert_delivery(started);
  });
  fixture.commit([&](Transaction& tx) {
    const auto of = [](const std::vector<Delivery>& deliveries) {
      std::vector<NoticeNumber> found;
      for (const Delivery& delivery : deliveries) found.push_back(delivery.notice);
      return found;
    };
    using Numbers = std::vector<NoticeNumber>;
    CHECK(of(tx.due(Channel::email, noon + seconds(9), 10)) == Numbers{numbers[1], numbers[2], numbers[0]});
    CHECK(of(tx.due(Channel::email, noon + seconds(9), 2)) == Numbers{numbers[1], numbers[2]});
    CHECK(of(tx.due(Channel::email, noon + seconds(1), 10)) == Numbers{numbers[1]});
    CHECK(tx.due(Channel::email, noon, 10).empty());
    CHECK(of(tx.due(Channel::in_site, noon, 10)) == Numbers{numbers[3]});
    CHECK(tx.next_due(Channel::email) == noon + seconds(1));
    Delivery shown = tx.due(Channel::in_site, noon, 1).front();
    shown.state = DeliveryState::sent;
    shown.due_at.reset();
    tx.update_delivery(shown);
    CHECK(tx.next_due(Channel::in_site) == std::nullopt);
  });
}

TEST_CASE("A delivery keeps what was fixed at acceptance and changes the rest") {
  JournalFixture fixture;
  NoticeNumber number = 0;
  fixture.commit([&](Transaction& tx) {
    number = tx.insert_notice(sample_notice(1), "{}");
    tx.insert_delivery(sample_delivery(number, Channel::in_site));
    tx.insert_delivery(sample_delivery(number, Channel::email));
    Delivery changed = sample_delivery(number, Channel::email);
    changed.state = DeliveryState::held;
    changed.due_at.reset();
    changed.revision = 2;
    changed.address = "wang@example.com";
    changed.address_masked = "w***@e***.com";
    changed.attempts = 4;
    changed.transient_failures = 3;
    changed.unknowns = 1;
    changed.reason = "lead_time";
    changed.rule = "another rule";
    tx.update_delivery(changed);
  });
  fixture.commit([&](Transaction& tx) {
    const std::vector<Delivery> stored = tx.deliveries(number);
    REQUIRE(stored.size() == 2);
    CHECK(stored[1].channel == Channel::in_site);
    const Delivery& email = stored[0];
    CHECK(email.channel == Channel::email);
    CHECK(email.counts);
    CHECK(email.state == DeliveryState::held);
    CHECK_FALSE(email.due_at.has_value());
    CHECK(email.revision == 2);
    CHECK(email.address == "wang@example.com");
    CHECK(email.address_masked == "w***@e***.com");
    CHECK(email.attempts == 4);
    CHECK(email.transient_failures == 3);
    CHECK(email.unknowns == 1);
    CHECK(email.reason == "lead_time");
    CHECK(email.rule == "agreement-date-of-sending");
    CHECK(email.rule_clause == "12.1");
  });
}

TEST_CASE("Interrupted are the intents of earlier epochs that have no outcome, the oldest first") {
  JournalFixture fixture;
  NoticeNumber number = 0;
  std::vector<std::int64_t> ids;
  fixture.commit([&](Transaction& tx) {
    number = tx.insert_notice(sample_notice(1), "{}");
    for (int n = 1; n <= 4; ++n) ids.push_back(tx.insert_attempt(sample_attempt(tx, number, n)));
    Attempt done = tx.attempt(ids[1]);
    done.ended_at = noon;
    done.outcome = Outcome::transient_failure;
    done.code = "450";
    done.reply = "450 4.2.1 \xE7\xA8\x8D\xE5\x90\x8E";
    tx.finish_attempt(done);
    CHECK(tx.interrupted_attempts(10).empty());
  });
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    tx.insert_attempt(sample_attempt(tx, number, 5));
    const auto interrupted = tx.interrupted_attempts(10);
    REQUIRE(interrupted.size() == 3);
    CHECK(interrupted[0].id == ids[0]);
    CHECK(interrupted[1].id == ids[2]);
    CHECK(interrupted[2].id == ids[3]);
    CHECK(interrupted[0].epoch == tx.epoch() - 1);
    CHECK(tx.interrupted_attempts(2).size() == 2);
    const auto all = tx.attempts(number);
    REQUIRE(all.size() == 5);
    CHECK(all[1].outcome == Outcome::transient_failure);
    CHECK(all[1].reply == "450 4.2.1 \xE7\xA8\x8D\xE5\x90\x8E");
    CHECK(all[4].number == 5);
  });
  const auto twice = [&](Transaction& tx) { tx.insert_attempt(sample_attempt(tx, number, 5)); };
  CHECK(fixture.journal().run(WorkClass::outcome, twice) == Committed::failed);
}

TEST_CASE("The same rejection is stored once, with one dead letter that stays until it is confirmed") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) {
    CHECK(tx.insert_rejection(sample_rejection(1)));
    CHECK(tx.insert_rejection(sample_rejection(2)));
    RejectedRequest again = sample_rejection(1);
    again.id = "01KJREJECTED3";
    CHECK_FALSE(tx.insert_rejection(again));
    again.pointer = "/source";
    CHECK(tx.insert_rejection(again));
  });
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    const auto letters = tx.outbox(10);
    REQUIRE(letters.size() == 3);
    CHECK(letters[0].rejection_id == "01KJREJECTED1");
    CHECK(letters[0].code == "missing_field");
    CHECK(letters[0].pointer == "/kind");
    CHECK(letters[0].message == "name the kind");
    CHECK(letters[0].content_type == "application/json");
    CHECK(letters[0].body == sample_rejection(1).body);
    CHECK(letters[2].pointer == "/source");
    CHECK(tx.outbox(1).size() == 1);
    tx.remove_from_outbox(letters[0].id);
    REQUIRE(tx.outbox(10).size() == 2);
    CHECK(tx.outbox(10)[0].rejection_id == "01KJREJECTED2");
    CHECK_FALSE(tx.insert_rejection(sample_rejection(1)));
  });
}

TEST_CASE("An event's bytes are canonical JSON with its sequence number") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  fixture.commit([&](Transaction& tx) {
    const NoticeNumber number = tx.insert_notice(notice, "{}");
    CHECK(number > 0);
    CHECK(tx.append_event(sample_event(notice)) == 2);
  });
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto file = (*reader)->show(notice.id);
  REQUIRE(file.ok());
  REQUIRE(file->events.size() == 1);
  CHECK(file->events[0].sequence == 2);
  CHECK(file->events[0].type == "accepted");
  CHECK(file->events[0].at == notice.accepted_at);
  CHECK(file->events[0].bytes == R"({"at":"2026-03-02T04:00:00.000Z","kind":"fund_freeze","notice":")" +
                                     notice.id + R"(","schema":1,"sequence":2,"type":"accepted"})");
}
