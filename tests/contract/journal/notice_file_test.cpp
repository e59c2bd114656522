#include <catch2/catch.hpp>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

NoticeFile shown(const JournalFixture& fixture, const Notice& notice) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  auto file = (*reader)->show(notice.id);
  REQUIRE(file.ok());
  return *std::move(file);
}

/// Notice 1 with two attempts of a replay, and notice 2 beside it.
void store(JournalFixture& fixture) {
  fixture.commit([](Transaction& tx) {
    for (const int serial : {1, 2}) {
      const NoticeNumber number = accept_sample(tx, sample_notice(serial));
      tx.insert_attempt(sample_attempt(tx, number, 1));
      Attempt again = sample_attempt(tx, number, 2);
      again.job = serial == 1 ? std::optional<JobNumber>(1) : std::nullopt;
      again.provider_id = "queued as 4F2A";
      tx.insert_attempt(again);
    }
  });
  fixture.close();
  SealingDatabase(fixture.path())
      ->run(
          "INSERT INTO acts (act, id, at, what, operator, reason, notice, channel, statement, evidence_name, "
          "evidence, subject) VALUES "
          "(1, 'ACT1', 1000, 'replay', 'li', sealed(1, 'reason', 'relay mended'), NULL, NULL, '', '', '', "
          "1), "
          "(2, 'ACT2', 2000, 'resolve_provider_confirms', 'wang', sealed(2, 'reason', 'they have it'), 1, 0, "
          "sealed(2, 'statement', 'taken'), sealed(2, 'evidence_name', 'ticket.pdf'), '', 2), "
          "(3, 'ACT3', 3000, 'cancel', 'li', sealed(3, 'reason', 'wrong account'), 2, NULL, '', '', '', 3);"
          "INSERT INTO jobs (job, id, act, same_as, selection, state, rate, accept_late, address) "
          "VALUES (1, 'JOB1', 1, x'00', '', 1, 0, 0, ''), (2, 'JOB2', 1, x'01', '', 1, 0, 0, '');"
          "INSERT INTO receipts (attempt, kind, at, provider_id, report) VALUES "
          "(2, 3, 9000, 'c-7', sealed(2, 'report', 'id:7 ok')), "
          "(2, 2, 8000, '', sealed(2, 'report', 'later')), (1, 1, 9500, '', sealed(2, 'report', 'no')), "
          "(4, 3, 1, '', sealed(3, 'report', 'of another notice'))");
}

}  // namespace

TEST_CASE("A notice is shown with receipts, replays and what people decided about it") {
  JournalFixture fixture;
  store(fixture);
  const NoticeFile file = shown(fixture, sample_notice(1));
  REQUIRE(file.receipts.size() == 3);
  CHECK(file.receipts[0].kind == ReceiptKind::refused);
  CHECK(file.receipts[1].kind == ReceiptKind::buffered);
  CHECK(file.receipts[2].kind == ReceiptKind::delivered);
  CHECK(file.receipts[2].provider_id == "c-7");
  CHECK(file.receipts[2].report == "id:7 ok");
  CHECK(file.receipts[2].attempt == file.attempts[1].id);
  REQUIRE(file.replays.size() == 1);
  CHECK(file.replays[0].id == "JOB1");
  CHECK(file.replays[0].act_id == "ACT1");
  CHECK(file.attempts[1].job == file.replays[0].number);
  CHECK(file.attempts[1].provider_id == "queued as 4F2A");
  REQUIRE(file.acts.size() == 2);
  CHECK(file.acts[0].what == "replay");
  CHECK(file.acts[1].operator_name == "wang");
  CHECK(file.acts[1].channel == Channel::email);
  CHECK(file.acts[1].statement == "taken");
  CHECK(file.acts[1].evidence_name == "ticket.pdf");
}

TEST_CASE("A notice that a released request became shows who released it and why") {
  JournalFixture fixture;
  store(fixture);
  {
    SealingDatabase(fixture.path())
        ->run(
            "INSERT INTO acts (act, id, at, what, operator, reason, notice, channel, statement, "
            "evidence_name, "
            "evidence, subject) VALUES (4, 'ACT4', 500, 'release', 'zhao', sealed(3, 'reason', 'kind "
            "mended'), "
            "NULL, NULL, '', '', '', 3);"
            "INSERT INTO rejections (id, at, code, pointer, message, source, request_id, content_type, "
            "body_bytes, body_digest, same_as, state, act, became, subject) VALUES ('R', 1, 'c', '', '', '', "
            "'', '', 0, x'00', x'00', 1, 4, '" +
            sample_notice(2).id + "', 3)");
  }
  const NoticeFile file = shown(fixture, sample_notice(2));
  REQUIRE(file.acts.size() == 2);
  CHECK(file.acts[1].what == "release");
  CHECK(file.acts[1].operator_name == "zhao");
  CHECK(shown(fixture, sample_notice(1)).acts.size() == 2);
}

TEST_CASE("What belongs to another notice is not shown, and a further sending names its replay") {
  JournalFixture fixture;
  store(fixture);
  NoticeFile file = shown(fixture, sample_notice(2));
  REQUIRE(file.receipts.size() == 1);
  CHECK(file.receipts[0].report == "of another notice");
  CHECK(file.replays.empty());
  REQUIRE(file.acts.size() == 1);
  CHECK(file.acts[0].id == "ACT3");
  {
    sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
    database.run(
        "INSERT INTO resends (notice, channel, job, due_at, revision, failures) VALUES (2, 0, 2, 5, 1, 0)");
  }
  file = shown(fixture, sample_notice(2));
  REQUIRE(file.replays.size() == 1);
  CHECK(file.replays[0].id == "JOB2");
  REQUIRE(file.acts.size() == 2);
  CHECK(file.acts[0].id == "ACT1");
}
