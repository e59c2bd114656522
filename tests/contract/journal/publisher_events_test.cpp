// The events that publishers are told of, and how far somebody has read them.
#include <catch2/catch.hpp>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant noon = *parse_instant("2026-03-02T04:00:00.000Z");

Event event(std::string_view type, std::string notice_id = "", Json facts = Json::object()) {
  return {.type = type, .notice_id = std::move(notice_id), .at = noon, .facts = std::move(facts)};
}

RejectedRequest sample_rejection() {
  RejectedRequest rejection;
  rejection.id = "01KJREJECTED1";
  rejection.at = noon;
  rejection.code = "missing_field";
  rejection.pointer = "/kind";
  rejection.message = "name the kind";
  rejection.source = "billing";
  rejection.body = "{}";
  rejection.same_as = rejection.body_digest = sha256(rejection.body);
  return rejection;
}

std::vector<std::int64_t> sequences(const std::vector<PublisherEvent>& events) {
  std::vector<std::int64_t> numbers;
  for (const PublisherEvent& each : events) numbers.push_back(each.sequence);
  return numbers;
}

/// Numbers 1 (the epoch's) to 8: two notices, one of them held in the end, and a rejection.
void write_history(JournalFixture& fixture) {
  fixture.commit([&](Transaction& tx) {
    Notice first = sample_notice(1);
    first.reference = "ticket 17";
    first.sandbox = true;
    const Notice second = sample_notice(2);
    tx.insert_notice(first, "{}");
    tx.insert_notice(second, "{}");
    tx.append_event(event(events::accepted, first.id, Json::Object{{"kind", "fund_freeze"}}));  // 2
    tx.append_event(event(events::attempt_started, first.id));                                  // 3
    tx.append_event(event(events::accepted, second.id));                                        // 4
    tx.append_event(event(events::deemed_delivered, first.id));                                 // 5
    const RejectedRequest rejection = sample_rejection();
    tx.insert_rejection(rejection);
    tx.append_event(event(events::rejected, "", Json::Object{{"rejection", rejection.id}}));  // 6
    tx.append_event(event(events::dead_letter_published));                                    // 7
    tx.append_event(event(events::notice_held, second.id));                                   // 8
  });
}

}  // namespace

TEST_CASE("Publishers are told of these events alone, in their order, a page at a time") {
  JournalFixture fixture;
  write_history(fixture);
  fixture.commit([&](Transaction& tx) {
    using Numbers = std::vector<std::int64_t>;
    CHECK(sequences(tx.publisher_events(0, 100)) == Numbers{2, 4, 5, 6, 8});
    CHECK(sequences(tx.publisher_events(0, 2)) == Numbers{2, 4});
    CHECK(sequences(tx.publisher_events(4, 2)) == Numbers{5, 6});
    CHECK(tx.publisher_events(8, 2).empty());
  });
}

TEST_CASE("An event comes with its bytes and with what never changes about its notice") {
  JournalFixture fixture;
  write_history(fixture);
  fixture.commit([&](Transaction& tx) {
    const auto events = tx.publisher_events(0, 100);
    REQUIRE(events.size() == 5);
    CHECK(events[0].type == "accepted");
    CHECK(events[0].at == noon);
    CHECK(events[0].bytes == R"({"at":"2026-03-02T04:00:00.000Z","kind":"fund_freeze","notice":")" +
                                 sample_notice(1).id + R"(","schema":1,"sequence":2,"type":"accepted"})");
    REQUIRE(events[0].notice.has_value());
    CHECK_FALSE(events[0].rejection.has_value());
    const Notice given = sample_notice(1);
    CHECK(events[0].notice->id == given.id);
    CHECK(events[0].notice->source == given.source);
    CHECK(events[0].notice->request_id == given.request_id);
    CHECK(events[0].notice->reference == "ticket 17");
    CHECK(events[0].notice->agreement == given.agreement);
    CHECK(events[0].notice->agreement_version == given.agreement_version);
    CHECK(events[0].notice->kind == given.kind);
    CHECK(events[0].notice->clause == given.clause);
    CHECK(events[0].notice->account_id == given.account_id);
    CHECK(events[0].notice->time_zone == given.time_zone);
    CHECK(events[0].notice->sandbox);
    CHECK(events[1].notice->reference == std::nullopt);
    CHECK_FALSE(events[1].notice->sandbox);

    CHECK_FALSE(events[3].notice.has_value());
    REQUIRE(events[3].rejection.has_value());
    CHECK(events[3].rejection->id == "01KJREJECTED1");
    CHECK(events[3].rejection->code == "missing_field");
    CHECK(events[3].rejection->pointer == "/kind");
    CHECK(events[3].rejection->message == "name the kind");
    CHECK(events[3].rejection->source == "billing");
    CHECK(events[3].rejection->request_id == "");
  });
}

TEST_CASE("A reader sees the same events, also those of one type alone") {
  JournalFixture fixture;
  write_history(fixture);
  const auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  using Numbers = std::vector<std::int64_t>;
  CHECK(sequences(*(*reader)->publisher_events(0, 100, "")) == Numbers{2, 4, 5, 6, 8});
  CHECK(sequences(*(*reader)->publisher_events(2, 100, "accepted")) == Numbers{4});
  CHECK((*reader)->publisher_events(0, 100, "attempt_started")->empty());
}

TEST_CASE("A cursor stays where it was moved to, each by its own name, and with its work it is undone") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) {
    CHECK(tx.cursor("one") == 0);
    tx.move_cursor("one", 7);
    tx.move_cursor("one", 9);
    CHECK(tx.cursor("one") == 9);
  });
  const auto undone = [](Transaction& tx) {
    tx.move_cursor("one", 12);
    tx.insert_notice(sample_notice(1), "{}");
    tx.insert_notice(sample_notice(1), "{}");
  };
  CHECK(fixture.journal().run(WorkClass::outcome, undone) == Committed::failed);
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    CHECK(tx.cursor("one") == 9);
    CHECK(tx.cursor("two") == 0);
  });
}
