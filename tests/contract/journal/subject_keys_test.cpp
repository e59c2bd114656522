#include "gateway/journal/subject_keys.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "gateway/base/base64.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::filesystem::path key_file(const JournalFixture& fixture) {
  return fixture.path().string() + ".master.key";
}

/// All bytes of the journal, those in its log too.
std::string file_bytes(const JournalFixture& fixture) {
  std::ostringstream all;
  for (const char* suffix : {"", "-wal"})
    all << std::ifstream(fixture.path().string() + suffix, std::ios::binary).rdbuf();
  return all.str();
}

void write_key(const std::filesystem::path& file, std::string_view text) {
  std::ofstream(file, std::ios::trunc) << text;
}

std::string some_key(char filler) { return to_base64(std::string(32, filler)) + "\n"; }

/// Everything that is sealed, with a mark in each.
NoticeNumber put_marks(Transaction& tx, const Notice& notice) {
  const NoticeNumber number = tx.insert_notice(notice, R"({"mark":"zuolirequest"})");
  Rendering rendering = sample_rendering(number);
  rendering.content = "zuolicontent";
  tx.insert_rendering(rendering);
  tx.insert_delivery(sample_delivery(number));
  Attempt attempt = sample_attempt(tx, number);
  attempt.id = tx.insert_attempt(attempt);
  attempt.ended_at = attempt.started_at;
  attempt.outcome = Outcome::sent;
  attempt.reply = "250 zuolireply";
  tx.finish_attempt(attempt);
  tx.insert_receipt({.attempt = attempt.id,
                     .kind = ReceiptKind::delivered,
                     .at = attempt.started_at,
                     .provider_id = {},
                     .report = "zuolireport"});
  Act act{.id = "ACT of " + notice.id,
          .at = attempt.started_at,
          .what = "cancel",
          .operator_name = "an operator"};
  act.reason = "zuolireason";
  act.notice = number;
  act.statement = "zuolistatement";
  act.evidence_name = "zuoliname.eml";
  act.evidence = "zuolievidence";
  tx.insert_act(act);
  tx.insert_in_site_message({number, "user-1", "zuolititle", "zuolibody", attempt.started_at});
  Event event = sample_event(notice);
  event.protected_fields = {{"operator", "zuolioperator"}};
  tx.append_event(event);
  return number;
}

}  // namespace

TEST_CASE("What is about a person is sealed in the file, and reads as it was") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  RejectedRequest rejection{.id = "01KJREJECTED", .at = notice.accepted_at, .code = "invalid_json"};
  rejection.body = "zuolirejected";
  fixture.commit([&](Transaction& tx) {
    put_marks(tx, notice);
    tx.insert_rejection(rejection);
  });
  CHECK(file_bytes(fixture).find("zuoli") == std::string::npos);
  CHECK(file_bytes(fixture).find("an operator") != std::string::npos);  // where a mark would be found

  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  CHECK(*(*reader)->cannot_show() == "");
  const auto file = (*reader)->show(notice.id);
  REQUIRE(file.ok());
  CHECK(file->attempts.at(0).reply == "250 zuolireply");
  CHECK(file->receipts.at(0).report == "zuolireport");
  CHECK(file->acts.at(0).reason == "zuolireason");
  CHECK(file->acts.at(0).statement == "zuolistatement");
  CHECK(file->acts.at(0).evidence_name == "zuoliname.eml");
  CHECK(*(*reader)->rendering_content(notice.id, Channel::email, 1) == "zuolicontent");
  CHECK((*reader)->inbox("user-1", 1)->at(0).message.title == "zuolititle");
  CHECK((*reader)->inbox("user-1", 1)->at(0).message.body == "zuolibody");
  CHECK((*reader)->rejection("01KJREJECTED")->request.body == "zuolirejected");
  CHECK((*reader)->check_events(std::nullopt)->fault == "");
  fixture.commit([&](Transaction& tx) {
    CHECK(tx.request_json(file->notice.number) == R"({"mark":"zuolirequest"})");
    CHECK(tx.rendering(file->notice.number, Channel::email, 1).content == "zuolicontent");
    CHECK(tx.outbox(1).at(0).body == "zuolirejected");
  });
}

TEST_CASE("An account has one key, and a request that names none one of its own") {
  JournalFixture fixture;
  const Notice first = sample_notice(1);
  const Notice eighth = sample_notice(8);
  REQUIRE(first.account_id == eighth.account_id);
  fixture.commit([&](Transaction& tx) {
    const NoticeNumber one = accept_sample(tx, first);
    const NoticeNumber other = accept_sample(tx, eighth);
    const NoticeNumber third = accept_sample(tx, sample_notice(2));
    CHECK(tx.subject_of_notice(one) == tx.subject_of_notice(other));
    CHECK(tx.subject_of_notice(one) != tx.subject_of_notice(third));
    RejectedRequest rejection{.id = "01KJREJECTED", .at = first.accepted_at, .code = "unknown_kind"};
    rejection.account = first.account_id;
    rejection.same_as = sha256("one");
    CHECK(tx.subject_of_rejection(*tx.insert_rejection(rejection)) == tx.subject_of_notice(one));
    rejection.id = "01KJREJECTED2";
    rejection.account.clear();
    rejection.same_as = sha256("two");
    const SubjectNumber nobody = tx.subject_of_rejection(*tx.insert_rejection(rejection));
    CHECK(nobody > tx.subject_of_notice(third));
  });
}

TEST_CASE("A key of an account that was undone is not that of the next one") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  const Committed broken = fixture.journal().run(WorkClass::outcome, [&](Transaction& tx) {
    put_marks(tx, notice);
    put_marks(tx, notice);
  });
  REQUIRE(broken == Committed::failed);
  fixture.commit([&](Transaction& tx) { put_marks(tx, notice); });
  auto reader = open_journal_reader(fixture.path());
  CHECK((*reader)->show(notice.id)->attempts.at(0).reply == "250 zuolireply");
}

TEST_CASE("The first master key is made beside the journal, for its owner alone") {
  JournalFixture fixture;
  const auto rights = std::filesystem::status(key_file(fixture)).permissions();
  CHECK(rights == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("Without its master key a journal is not written, and shows what is not sealed") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  fixture.commit([&](Transaction& tx) { put_marks(tx, notice); });
  fixture.close();
  std::string expected = "is missing";
  SECTION("it is gone") { std::filesystem::remove(key_file(fixture)); }
  SECTION("it is another") {
    write_key(key_file(fixture), some_key('x'));
    expected = "not among those that are configured";
  }
  SECTION("it is none") {
    write_key(key_file(fixture), "x\n");
    expected = "line 1 is no master key";
  }
  const auto opened = open_sqlite_journal(fixture.options(), fixture.clock, fixture.log);
  REQUIRE_FALSE(opened.ok());
  CHECK_THAT(opened.error().message, Catch::Contains(expected));

  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  CHECK_THAT(*(*reader)->cannot_show(), Catch::Contains("cannot be shown"));
  const auto file = (*reader)->show(notice.id);
  REQUIRE(file.ok());
  CHECK(file->notice.account_id == notice.account_id);
  CHECK(file->attempts.at(0).reply.empty());
  CHECK_FALSE((*reader)->rendering_content(notice.id, Channel::email, 1).ok());
  const auto check = (*reader)->check_events(std::nullopt);
  CHECK(check->fault == "");
  CHECK(check->unopened == 1);
}

TEST_CASE("A configured master key that is not there is not made") {
  JournalFixture fixture;
  SqliteJournalOptions options = fixture.options();
  options.path = fixture.folder / "other.db";
  options.master_keys.file = fixture.folder / "elsewhere.key";
  const auto refused = open_sqlite_journal(options, fixture.clock, fixture.log);
  REQUIRE_FALSE(refused.ok());
  CHECK_THAT(refused.error().message, Catch::Contains("openssl rand -base64 32"));
  CHECK_FALSE(std::filesystem::exists(options.master_keys.file));
  options.master_keys.text = some_key('y');
  auto opened = open_sqlite_journal(options, fixture.clock, fixture.log);
  CHECK(opened.ok());
  (*opened)->close();
}

TEST_CASE("A newer master key before the old one is used for who comes next") {
  JournalFixture fixture;
  const Notice before = sample_notice(1);
  const Notice after = sample_notice(2);
  fixture.commit([&](Transaction& tx) { put_marks(tx, before); });
  fixture.close();
  std::ostringstream old;
  old << std::ifstream(key_file(fixture)).rdbuf();
  write_key(key_file(fixture), "# the new one\n" + some_key('z') + "\n" + old.str());
  fixture.reopen();
  fixture.commit([&](Transaction& tx) { put_marks(tx, after); });
  auto reader = open_journal_reader(fixture.path());
  CHECK((*reader)->show(before.id)->attempts.at(0).reply == "250 zuolireply");
  CHECK((*reader)->show(after.id)->attempts.at(0).reply == "250 zuolireply");
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  CHECK(database.integer("SELECT count(DISTINCT master) FROM subjects") == 2);
}

TEST_CASE("What was altered is an error, and never passes for an empty text") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  fixture.commit([&](Transaction& tx) { put_marks(tx, notice); });
  fixture.close();
  {
    sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
    database.run("UPDATE rendering_contents SET bytes = x'00'");
  }
  auto reader = open_journal_reader(fixture.path());
  const auto content = (*reader)->rendering_content(notice.id, Channel::email, 1);
  REQUIRE_FALSE(content.ok());
  CHECK_THAT(content.error().message, Catch::Contains("a sealed content was altered"));
}

TEST_CASE(
    "A new master key takes over without anything sealed being written again, wherever it is interrupted") {
  JournalFixture fixture;
  std::vector<Notice> notices;
  for (int serial = 1; serial <= 5; ++serial) notices.push_back(sample_notice(serial));
  fixture.commit([&](Transaction& tx) {
    for (const Notice& notice : notices) put_marks(tx, notice);
  });
  const auto readable = [&] {
    auto reader = open_journal_reader(fixture.path());
    CHECK(*(*reader)->cannot_show() == "");
    for (const Notice& notice : notices)
      CHECK((*reader)->show(notice.id)->attempts.at(0).reply == "250 zuolireply");
  };
  const auto contents = [&] {
    sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
    sqlite::Statement all = database.prepare("SELECT group_concat(hex(bytes)) FROM rendering_contents");
    all.step();
    return all.text(0);
  };
  const std::string before = contents();
  auto opened_before = open_journal_reader(fixture.path());
  const auto old_id = open_journal_reader(fixture.path()).value()->master_keys()->at(0).id;
  // Each step is followed by what a kill would leave.
  fixture.commit([](Transaction& tx) { CHECK(tx.renew_master_key().ok()); });
  fixture.reopen();
  readable();
  fixture.commit([](Transaction& tx) { CHECK(tx.renew_master_key().ok()); });
  fixture.commit([](Transaction& tx) { CHECK(tx.rewrap_keys(2) == 2); });
  fixture.reopen();
  readable();
  CHECK(open_journal_reader(fixture.path()).value()->master_keys()->size() == 2);
  fixture.commit([](Transaction& tx) {
    CHECK(tx.renew_master_key().ok());
    CHECK(tx.rewrap_keys(100) == 4);  // of five accounts and the gateway itself
    CHECK(tx.rewrap_keys(100) == 0);
  });
  fixture.commit([](Transaction& tx) { tx.forget_older_master_keys(); });
  fixture.reopen();
  readable();
  std::vector<std::string> aside;
  fixture.commit([&](Transaction& tx) { aside = *tx.set_older_master_keys_aside(); });
  REQUIRE(aside == std::vector<std::string>{key_file(fixture).string() + "." + old_id});
  fixture.commit([](Transaction& tx) { CHECK(tx.set_older_master_keys_aside()->empty()); });
  fixture.reopen();
  readable();
  CHECK(contents() == before);
  CHECK((*opened_before)->show(notices[0].id)->attempts.at(0).reply == "250 zuolireply");
  const auto keys = open_journal_reader(fixture.path()).value()->master_keys();
  REQUIRE(keys->size() == 1);
  CHECK(keys->at(0).id != old_id);
  CHECK(keys->at(0).at_hand);
  CHECK(read_master_keys({}, fixture.path())->count() == 1);
  CHECK(read_master_keys({.text = {}, .file = aside[0]}, {})->id(0) == old_id);
}

TEST_CASE("A master key that the journal uses and that is gone stops its change, and nothing is lost") {
  JournalFixture fixture;
  const Notice before = sample_notice(1);
  const Notice after = sample_notice(2);
  fixture.commit([&](Transaction& tx) { put_marks(tx, before); });
  const std::string used = read_master_keys({}, fixture.path())->id(0);
  std::ostringstream old;
  old << std::ifstream(key_file(fixture)).rdbuf();
  write_key(key_file(fixture), some_key('w'));
  fixture.commit([&](Transaction& tx) {
    const Status refused = tx.renew_master_key();
    REQUIRE_FALSE(refused.ok());
    CHECK_THAT(refused.error().message, Catch::Contains(used));
  });
  CHECK(read_master_keys({}, fixture.path())->count() == 1);
  fixture.commit([&](Transaction& tx) { put_marks(tx, after); });
  write_key(key_file(fixture), old.str());
  auto reader = open_journal_reader(fixture.path());
  for (const Notice& notice : {before, after})
    CHECK((*reader)->show(notice.id)->attempts.at(0).reply == "250 zuolireply");
}

TEST_CASE("Who writes without the master key gets an exception, and never an empty text") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) { put_marks(tx, sample_notice(1)); });
  fixture.close();
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
  SystemRandom random;
  SubjectKeys keys(database, *MasterKeys::parse(some_key('v')), random);
  const auto run = [&](const char* sql) { database.prepare(sql).step(); };
  CHECK_THROWS_AS(run("SELECT sealed(2, 'reason', 'zuoli')"), sqlite::SqliteError);
  CHECK_THROWS_AS(run("SELECT unsealed(2, 'content', bytes) FROM rendering_contents"), sqlite::SqliteError);
  CHECK_THROWS_AS(keys.seal(2, "zuoli", "here"), sqlite::SqliteError);
  run("DELETE FROM master_keys");  // lost, which is no erasure either
  CHECK_THROWS_AS(run("SELECT sealed(2, 'reason', 'zuoli')"), sqlite::SqliteError);
}

TEST_CASE("Of an erased account nothing more is kept, no message is left, and that is no damage") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  NoticeNumber number = 0;
  fixture.commit([&](Transaction& tx) { number = put_marks(tx, notice); });
  fixture.close();
  {
    sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
    database.run("UPDATE subjects SET master = NULL, wrapped = NULL WHERE account IS NOT NULL");
  }
  fixture.reopen();
  fixture.commit([&](Transaction& tx) {
    CHECK_FALSE(tx.request_json(number).has_value());
    CHECK_THROWS_AS(tx.rendering(number, Channel::email, 1), sqlite::SqliteError);
    Event event = sample_event(notice);
    event.protected_fields = {{"operator", "zuolioperator"}};
    tx.append_event(event);
  });
  auto reader = open_journal_reader(fixture.path());
  CHECK((*reader)->show(notice.id)->events.size() == 2);
  CHECK((*reader)->check_events(std::nullopt)->fault == "");
  CHECK((*reader)->check_events(std::nullopt)->unopened == 0);
}
