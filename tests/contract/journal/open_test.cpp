#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "gateway/base/file_system.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/notice/receipt.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;
using sqlite::Database;

namespace {

/// Changes the file behind the journal's back.
void meddle(const JournalFixture& fixture, const std::string& sql) {
  Database(fixture.path(), Database::Mode::create, 1'000).run(sql);
}

Error open_error(const JournalFixture& fixture) {
  Log log;
  const auto opened = open_sqlite_journal(fixture.options(), fixture.clock, log);
  return opened.ok() ? Error{ErrorKind::invalid, "it opened"} : opened.error();
}

std::string content(const std::filesystem::path& path) {
  auto read = read_file(path, 100'000'000);
  return read.ok() ? std::move(*read) : read.error().message;
}

/// A process that was started before the journal was opened, and tries to open it when it is told to.
class Rival {
 public:
  explicit Rival(const SqliteJournalOptions& options) {
    REQUIRE(::pipe(go_) == 0);
    REQUIRE(::pipe(answer_) == 0);
    child_ = ::fork();
    REQUIRE(child_ >= 0);
    if (child_ == 0) live(options);
  }
  ~Rival() { ::waitpid(child_, nullptr, 0); }

  std::string try_to_open() {
    REQUIRE(::write(go_[1], "g", 1) == 1);
    ::close(answer_[1]);
    std::string answer;
    char buffer[512];
    for (ssize_t got = 0; (got = ::read(answer_[0], buffer, sizeof buffer)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(got));
    }
    return answer;
  }

 private:
  [[noreturn]] void live(const SqliteJournalOptions& options) {
    char byte = 0;
    if (::read(go_[0], &byte, 1) != 1) ::_exit(1);
    SystemClock clock;
    Log log;
    const auto opened = open_sqlite_journal(options, clock, log);
    const std::string answer = opened.ok() ? "it opened" : opened.error().message;
    if (::write(answer_[1], answer.data(), answer.size()) < 0) ::_exit(1);
    ::_exit(0);
  }

  int go_[2]{};
  int answer_[2]{};
  pid_t child_ = -1;
};

}  // namespace

TEST_CASE("A second opener is refused with a sentence and writes nothing") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  const std::string file = content(fixture.path());
  const std::string log = content(fixture.path().string() + "-wal");
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::unavailable);
  CHECK(error.message.find(fixture.path().string() + ".lock") != std::string::npos);
  CHECK(error.message.find("stop that process") != std::string::npos);
  CHECK(content(fixture.path()) == file);
  CHECK(content(fixture.path().string() + "-wal") == log);
  fixture.close();
  fixture.reopen();
  CHECK(fixture.journal().epoch() == 2);
}

TEST_CASE("A second process is refused while the first lives") {
  TemporaryFolder folder;
  SqliteJournalOptions options;
  options.path = folder / "journal.db";
  options.low_space_bytes = 0;
  options.reserve_bytes = 0;
  Rival rival(options);
  SystemClock clock;
  Log log;
  auto opened = open_sqlite_journal(options, clock, log);
  REQUIRE(opened.ok());
  CHECK(rival.try_to_open().find("in use by another duenotice process") != std::string::npos);
  CHECK((*opened)->run(WorkClass::outcome, [](Transaction&) {}) == Committed::yes);
  (*opened)->close();
}

TEST_CASE("Every start begins an epoch, with an event") {
  JournalFixture fixture;
  CHECK(fixture.journal().epoch() == 1);
  fixture.reopen();
  CHECK(fixture.journal().epoch() == 2);
  fixture.commit([](Transaction& tx) { CHECK(tx.epoch() == 2); });
  Database database(fixture.path(), Database::Mode::read_only, 1'000);
  auto events = database.prepare("SELECT bytes FROM events ORDER BY sequence");
  REQUIRE(events.step());
  CHECK(events.text(0) ==
        R"({"at":"2026-03-02T04:00:00.000Z","epoch":1,"schema":1,"sequence":1,"type":"epoch_started"})");
  REQUIRE(events.step());
  CHECK(events.text(0).find(R"("epoch":2)") != std::string::npos);
}

TEST_CASE("A journal that another program wrote to is given up before anything more is acknowledged") {
  JournalFixture fixture;
  fixture.close();
  auto options = fixture.options();
  std::string reason;
  options.on_broken = [&](const std::string& why) { reason = why; };
  auto opened = open_sqlite_journal(options, fixture.clock, fixture.log);
  REQUIRE(opened.ok());
  meddle(fixture, "INSERT INTO epochs (started_at) VALUES (0)");
  const auto accept = [](Transaction& tx) { accept_sample(tx, sample_notice(1)); };
  CHECK((*opened)->run(WorkClass::intake, accept) == Committed::stopped);
  CHECK((*opened)->run(WorkClass::outcome, accept) == Committed::stopped);
  (*opened)->close();
  CHECK(reason.find("another process has written to the journal") != std::string::npos);
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  CHECK_FALSE((*reader)->show(sample_notice(1).id).ok());
}

TEST_CASE("A start refuses a history with a gap and names the number") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 5; ++serial) accept_sample(tx, sample_notice(serial));
  });
  fixture.close();
  meddle(fixture, "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE sequence = 4");
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::broken);
  CHECK(error.message.find("event 4 is missing") != std::string::npos);
}

TEST_CASE("A start refuses a history whose bytes were changed") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  fixture.close();
  meddle(fixture,
         "DROP TRIGGER events_are_never_changed; "
         "UPDATE events SET bytes = CAST(replace(bytes, 'fund_freeze', 'fund_free') AS BLOB), at = at + 1 "
         "WHERE sequence = 2");
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::broken);
  CHECK(error.message.find("event 2 is damaged: its bytes have another time") != std::string::npos);
}

TEST_CASE("Events can be neither changed nor removed") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  CHECK_THROWS_WITH(meddle(fixture, "UPDATE events SET type = 'sent'"), Catch::Contains("append-only"));
  CHECK_THROWS_WITH(meddle(fixture, "DELETE FROM events"), Catch::Contains("append-only"));
  CHECK_THROWS_WITH(meddle(fixture, "INSERT INTO events VALUES (1, 0, 'sent', NULL, '{}')"),
                    Catch::Contains("UNIQUE"));
}

TEST_CASE("An empty file becomes a journal") {
  JournalFixture fixture;
  fixture.close();
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(fixture.path().string() + suffix);
  std::ofstream(fixture.path()).close();
  fixture.reopen();
  CHECK(fixture.journal().epoch() == 1);
  Database database(fixture.path(), Database::Mode::read_only, 1'000);
  CHECK(database.integer("PRAGMA user_version") == 1);
  CHECK(database.integer("PRAGMA page_size") == 4096);
}

TEST_CASE("A journal of a newer program is refused unchanged") {
  JournalFixture fixture;
  fixture.close();
  meddle(fixture, "PRAGMA user_version = 99");
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::broken);
  CHECK(error.message.find("newer duenotice (schema 99; this program knows up to 1)") != std::string::npos);
  const auto reader = open_journal_reader(fixture.path());
  REQUIRE_FALSE(reader.ok());
  CHECK(reader.error().kind == ErrorKind::broken);
  CHECK(Database(fixture.path(), Database::Mode::read_only, 1'000).integer("SELECT max(epoch) FROM epochs") ==
        1);
}

TEST_CASE("A database of another program is refused unchanged") {
  JournalFixture fixture;
  fixture.close();
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(fixture.path().string() + suffix);
  meddle(fixture, "CREATE TABLE poems (line TEXT)");
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::broken);
  CHECK(error.message.find("another program") != std::string::npos);
  CHECK(Database(fixture.path(), Database::Mode::read_only, 1'000)
            .integer("SELECT count(*) FROM sqlite_master") == 1);
}

TEST_CASE("A file that is no database is refused with its name") {
  JournalFixture fixture;
  fixture.close();
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(fixture.path().string() + suffix);
  std::ofstream(fixture.path()) << std::string(10'000, 'x');
  const Error error = open_error(fixture);
  CHECK(error.kind == ErrorKind::broken);
  CHECK(error.message.find(fixture.path().string()) != std::string::npos);
}

TEST_CASE("The words in the file are those of the program") {
  JournalFixture fixture;
  Database database(fixture.path(), Database::Mode::read_only, 1'000);
  auto words = database.prepare("SELECT topic, code, word FROM words");
  int seen = 0;
  for (; words.step(); ++seen) {
    const std::string topic = words.text(0);
    const auto code = static_cast<int>(words.integer(1));
    const std::string word = words.text(2);
    INFO(topic << " " << code);
    if (topic == "notice_state") CHECK(to_text(static_cast<NoticeState>(code)) == word);
    if (topic == "delivery_state") CHECK(to_text(static_cast<DeliveryState>(code)) == word);
    if (topic == "channel") CHECK(to_text(static_cast<Channel>(code)) == word);
    if (topic == "outcome") CHECK(to_text(static_cast<Outcome>(code)) == word);
    if (topic == "receipt") CHECK(to_text(static_cast<ReceiptKind>(code)) == word);
    if (topic == "job_state") CHECK(to_text(static_cast<JobState>(code)) == word);
    if (topic == "job_item_state") CHECK(to_text(static_cast<JobItemState>(code)) == word);
  }
  CHECK(seen == 38);
}
