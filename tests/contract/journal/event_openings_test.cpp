#include <catch2/catch.hpp>

#include "gateway/base/base64.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/commitment.hpp"
#include "gateway/evidence/merkle_hasher.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

/// A notice whose event binds itself to an account and to the frozen message.
Notice accept_bound(JournalFixture& fixture, int serial = 1) {
  const Notice notice = sample_notice(serial);
  fixture.commit([&](Transaction& tx) {
    const NoticeNumber number = tx.insert_notice(notice, "{}");
    const Rendering rendering = sample_rendering(number);
    const std::int64_t content = tx.insert_rendering(rendering);
    tx.insert_delivery(sample_delivery(number));
    Event event = sample_event(notice);
    event.protected_fields = {{"account", notice.account_id},
                              {"email.content", rendering.content, PayloadPlace::content, content}};
    tx.append_event(event);
  });
  return notice;
}

NoticeFile show(const JournalFixture& fixture, const Notice& notice) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  auto file = (*reader)->show(notice.id);
  REQUIRE(file.ok());
  return *std::move(file);
}

std::string fault(const JournalFixture& fixture) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto check = (*reader)->check_events(std::nullopt);
  REQUIRE(check.ok());
  return check->fault;
}

/// What sqlite3 would be told by somebody who alters the journal.
void alter(JournalFixture& fixture, const std::string& statement) {
  fixture.close();
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
  database.run(
      "DROP TRIGGER IF EXISTS events_are_never_changed; DROP TRIGGER IF EXISTS events_are_never_removed");
  database.run(statement);
  REQUIRE(database.changes() > 0);
}

std::string previous(const StoredEvent& event) {
  const auto document = parse_json(event.bytes);
  REQUIRE(document.ok());
  const Json* member = document->find("previous");
  return member == nullptr ? std::string() : *member->as_string();
}

std::string leaf_hash(const StoredEvent& event) {
  return to_base64(evidence::bytes_of(evidence::MerkleHasher().leaf(event.bytes)));
}

}  // namespace

TEST_CASE("A protected field stands in an event as a commitment alone, and its opening shows what it is") {
  JournalFixture fixture;
  const Notice notice = accept_bound(fixture);
  const NoticeFile file = show(fixture, notice);
  const StoredEvent& event = file.events.at(0);
  CHECK(event.bytes.find(notice.account_id) == std::string::npos);
  CHECK(event.bytes.find("revision 1 of notice") == std::string::npos);

  const auto document = parse_json(event.bytes);
  auto reader = open_journal_reader(fixture.path());
  const std::vector<FieldOpening> openings = *(*reader)->openings(event);
  REQUIRE(openings.size() == 2);
  CHECK(openings[0].field == "account");
  CHECK(openings[0].payload == notice.account_id);
  CHECK(openings[1].field == "email.content");
  CHECK(openings[1].payload == sample_rendering(file.notice.number).content);
  CHECK(openings[0].opening != openings[1].opening);
  for (const FieldOpening& one : openings) {
    const Digest bound = evidence::commit(one.opening, one.field, *one.payload);
    CHECK(*document->find(one.field)->find("c")->as_string() == evidence::commitment_text(bound));
  }
  CHECK((*reader)->openings({.sequence = 1, .at = {}, .type = {}, .bytes = "{}"})->empty());  // the epoch's
}

TEST_CASE("The same payload is committed to differently each time") {
  JournalFixture fixture;
  const Notice first = accept_bound(fixture, 1);
  const Notice eighth = accept_bound(fixture, 8);
  REQUIRE(first.account_id == eighth.account_id);
  const auto commitment = [&](const Notice& notice) {
    return canonical_json(*parse_json(show(fixture, notice).events.at(0).bytes)->find("account"));
  };
  CHECK(commitment(first) != commitment(eighth));
}

TEST_CASE("What is stored long is not stored again with its opening") {
  JournalFixture fixture;
  accept_bound(fixture);
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  CHECK(database.integer("SELECT length(records) FROM openings") < 300);
}

TEST_CASE("Every event of a notice but its first names the one before it") {
  JournalFixture fixture;
  const Notice one = accept_bound(fixture, 1);
  const Notice other = accept_bound(fixture, 2);
  fixture.commit([&](Transaction& tx) { tx.append_event(sample_event(one, events::attempt_started)); });
  fixture.commit([&](Transaction& tx) {
    tx.append_event(sample_event(other, events::attempt_started));
    tx.append_event(sample_event(one, events::notice_held));
  });
  fixture.reopen();
  fixture.commit([&](Transaction& tx) { tx.append_event(sample_event(one, events::notice_failed)); });
  for (const Notice& notice : {one, other}) {
    const NoticeFile file = show(fixture, notice);
    CHECK(file.events.size() == (notice.id == one.id ? 4 : 2));
    CHECK(previous(file.events[0]).empty());
    for (std::size_t i = 1; i < file.events.size(); ++i)
      CHECK(previous(file.events[i]) == leaf_hash(file.events[i - 1]));
  }
  CHECK(fault(fixture).empty());
}

TEST_CASE("What was undone is not the event before") {
  JournalFixture fixture;
  const Notice notice = accept_bound(fixture);
  const Committed broken = fixture.journal().run(WorkClass::outcome, [&](Transaction& tx) {
    tx.append_event(sample_event(notice, events::notice_held));
    tx.insert_notice(notice, "{}");  // there is one with this id
  });
  REQUIRE(broken == Committed::failed);
  fixture.commit([&](Transaction& tx) { tx.append_event(sample_event(notice, events::attempt_started)); });
  const NoticeFile file = show(fixture, notice);
  REQUIRE(file.events.size() == 2);
  CHECK(previous(file.events[1]) == leaf_hash(file.events[0]));
  CHECK(fault(fixture).empty());
}

TEST_CASE("An altered payload, a wrong opening and a missing one are found") {
  JournalFixture fixture;
  accept_bound(fixture);
  REQUIRE(fault(fixture).empty());
  const std::string event = "event 2 is damaged: ";
  SECTION("the payload where it lies") {
    alter(fixture, "UPDATE rendering_contents SET bytes = x'00'");
    auto reader = open_journal_reader(fixture.path());
    CHECK_FALSE((*reader)->check_events(std::nullopt).ok());
  }
  SECTION("that of another message to the same account") {
    accept_bound(fixture, 8);
    alter(fixture,
          "UPDATE rendering_contents SET bytes = (SELECT bytes FROM rendering_contents WHERE content "
          "= 2) WHERE content = 1");
    CHECK(fault(fixture) ==
          event + "what the journal has as 'email.content' is not what the event was written with");
  }
  SECTION("it is gone") {
    alter(fixture, "DELETE FROM rendering_contents");
    CHECK(fault(fixture) == event + "what it says of 'email.content' is not in the journal any more");
  }
  SECTION("the openings are gone") {
    alter(fixture, "DELETE FROM openings");
    CHECK(fault(fixture) == event + "its opening of 'account' is missing");
  }
  SECTION("those of another event") {
    accept_bound(fixture, 8);
    alter(fixture,
          "UPDATE openings SET records = (SELECT records FROM openings WHERE event = 3) "
          "WHERE event = 2");
    CHECK(fault(fixture) == event + "its opening of 'account' was altered");
  }
  SECTION("cut short") {
    alter(fixture, "UPDATE openings SET records = substr(records, 1, 60)");
    auto reader = open_journal_reader(fixture.path());
    CHECK_FALSE((*reader)->check_events(std::nullopt).ok());
  }
}

TEST_CASE("An event that names a wrong one before it is found") {
  JournalFixture fixture;
  const Notice notice = accept_bound(fixture);
  fixture.commit([&](Transaction& tx) { tx.append_event(sample_event(notice, events::attempt_started)); });
  const std::string right = previous(show(fixture, notice).events.at(1));
  const std::string wrong = to_base64(std::string(32, 'x'));
  alter(fixture, "UPDATE events SET bytes = CAST(replace(CAST(bytes AS TEXT), '" + right + "', '" + wrong +
                     "') AS BLOB) WHERE sequence = 3");
  CHECK(fault(fixture) == "event 3 is damaged: it names another event as the one before it of its notice");
}
