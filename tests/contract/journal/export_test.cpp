#include <catch2/catch.hpp>

#include <map>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

using Row = std::map<std::string, std::string>;

std::string in_text(const ExportValue& value, ValueKind kind) {
  if (value.null) return "null";
  const bool bytes = kind == ValueKind::text || kind == ValueKind::bytes || kind == ValueKind::digest;
  return bytes ? std::string(value.bytes) : std::to_string(value.integer);
}

std::unique_ptr<JournalReader> reader_of(const JournalFixture& fixture) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  return std::move(*reader);
}

std::unique_ptr<RowExport> started(JournalReader& reader, const ExportQuestion& question) {
  auto source = reader.start_export(question);
  REQUIRE(source.ok());
  return std::move(*source);
}

/// All rows, with at most `a_step` of them a step.
std::vector<Row> drained(RowExport& source, ExportRows rows, int a_step = 1'000'000) {
  std::vector<Row> all;
  const auto columns = export_columns(rows);
  for (bool more = true; more;) {
    int taken = 0;
    const auto stepped = source.step([&](std::span<const ExportValue> values) {
      REQUIRE(values.size() == columns.size());
      Row row;
      for (std::size_t i = 0; i < columns.size(); ++i)
        row[std::string(columns[i].name)] = in_text(values[i], columns[i].kind);
      all.push_back(std::move(row));
      return ++taken < a_step;
    });
    REQUIRE(stepped.ok());
    more = *stepped;
  }
  return all;
}

std::vector<Row> exported(const JournalFixture& fixture, const ExportQuestion& question,
                          int a_step = 1'000'000) {
  const auto reader = reader_of(fixture);
  return drained(*started(*reader, question), question.rows, a_step);
}

std::string ids(const std::vector<Row>& rows) {
  std::string all;
  for (const Row& row : rows) all += row.at("notice_id").back();
  return all;
}

void accept(JournalFixture& fixture, int from, int to) {
  fixture.commit([&](Transaction& tx) {
    for (int serial = from; serial <= to; ++serial) accept_sample(tx, sample_notice(serial));
  });
}

ExportQuestion events_of(AuditFilter filter = {}) { return {ExportRows::events, std::move(filter), false}; }
ExportQuestion notices_of(AuditFilter filter = {}) { return {ExportRows::notices, std::move(filter), false}; }

/// Runs SQL behind the journal's back.
void tamper(JournalFixture& fixture, const std::string& sql) {
  fixture.close();
  sqlite::Database(fixture.path(), sqlite::Database::Mode::read_write, 1'000).run(sql);
}

}  // namespace

TEST_CASE("A row of an export has its delivery, its notice, and what the deciding attempt was told") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    Notice notice = sample_notice(1);
    notice.reference = "=1+1 \"quoted\"\n😀";
    notice.effective_date = parse_date("2026-08-01");
    notice.lead_days = 30;
    notice.also_clauses = "4.4, 4.4.1";
    notice.channels_left_out = "sms";
    notice.number = accept_sample(tx, notice);
    tx.insert_delivery(sample_delivery(notice.number, Channel::in_site));
    Rendering second = sample_rendering(notice.number, Channel::email, 2, 90);
    second.address = "li.na@example.com";
    second.address_masked = "l***@e***.com";
    tx.insert_rendering(second);
    for (const int number : {1, 2, 3}) {
      Attempt attempt = sample_attempt(tx, notice.number, number);
      attempt.outcome = number == 1 ? Outcome::transient_failure : Outcome::sent;
      attempt.revision = number;
      attempt.revision = std::min(number, 2);
      attempt.reply = "250 \xff" + std::to_string(number);
      attempt.provider_id = "q" + std::to_string(number);
      tx.insert_attempt(attempt);
    }
    notice.state = NoticeState::deemed_delivered;
    notice.deemed = DeemedDelivery{.at = notice.accepted_at,
                                   .on = *parse_date("2026-03-02"),
                                   .rule = "agreement-date-of-sending",
                                   .clause = "12.1",
                                   .channel = Channel::email,
                                   .attempt = 2};
    tx.update_notice(notice);
  });
  tamper(
      fixture,
      "INSERT INTO acts (act, id, at, what, operator, reason, statement, evidence_name, evidence, subject) "
      "VALUES (1, 'ACT', 1, 'replay', 'li', '', '', '', '', 1);"
      "INSERT INTO jobs (job, id, act, same_as, selection, state, rate, accept_late, address) VALUES "
      "(1, 'JOB1', 1, x'00', '', 1, 0, 0, ''), (2, 'JOB2', 1, x'01', '', 1, 0, 0, '');"
      "UPDATE attempts SET job = number - 1 WHERE number > 1;"
      "INSERT INTO receipts (attempt, kind, at, provider_id, report) VALUES (2, 2, 1000, '', ''), "
      "(2, 3, 2000, '', '')");
  const std::vector<Row> rows = exported(fixture, {ExportRows::notices, {}, true});
  REQUIRE(rows.size() == 2);
  const Row& email = rows[0];
  CHECK(email.at("notice_id") == sample_notice(1).id);
  CHECK(email.at("reference") == "=1+1 \"quoted\"\n😀");
  CHECK(email.at("legal_date") == std::to_string(parse_date("2026-03-02")->time_since_epoch().count()));
  CHECK(email.at("legal_rule") == "agreement-date-of-sending");
  CHECK(email.at("legal_channel") == "email");
  CHECK(email.at("legal_attempt") == "2");
  CHECK(email.at("decides") == "1");
  CHECK(email.at("state") == "deemed_delivered");
  CHECK(email.at("calendar") == "none");
  CHECK(email.at("also_clauses") == "4.4, 4.4.1");
  CHECK(email.at("channels_left_out") == "sms");
  CHECK(email.at("lead_days") == "30");
  CHECK(email.at("attempt") == "2");
  CHECK(email.at("outcome") == "sent");
  CHECK(email.at("reply") ==
        "250 \xff"
        "2");
  CHECK(email.at("provider_id") == "q2");
  CHECK(email.at("revision") == "2");
  CHECK(email.at("address") == "li.na@example.com");
  CHECK(email.at("address_masked") == "l***@e***.com");
  CHECK(email.at("content_sha256").size() == 32);
  CHECK(email.at("replays") == "JOB1 JOB2");
  CHECK(email.at("receipts") == "buffered 1970-01-01T00:00:01.000Z; delivered 1970-01-01T00:00:02.000Z");
  const Row& in_site = rows[1];
  CHECK(in_site.at("channel") == "in_site");
  CHECK(in_site.at("decides") == "0");
  for (const char* column : {"attempt", "outcome", "reply", "provider_id", "replays", "receipts", "code"}) {
    INFO(column);
    CHECK(in_site.at(column) == "null");
  }
  CHECK(exported(fixture, notices_of())[0].at("address") == "null");
}

TEST_CASE("A row is marked as of the sandbox when its legal date rests on it, as the notice itself is") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    Notice notice = sample_notice(1);
    notice.state = NoticeState::deemed_delivered;
    notice.deemed =
        DeemedDelivery{notice.accepted_at, *parse_date("2026-03-05"), "r", "c", Channel::email, 1};
    notice.number = accept_sample(tx, notice);
    tx.insert_delivery(sample_delivery(notice.number, Channel::in_site));
  });
  const auto marked = [&](const std::string& sandboxed, const std::string& deemed) {
    tamper(fixture, "UPDATE notices SET sandbox = 1, deemed_channel = " + deemed +
                        "; UPDATE deliveries SET sandbox = channel = " + sandboxed);
    const auto reader = reader_of(fixture);
    const bool shown = reader->show(sample_notice(1).id)->notice.sandbox;
    CHECK(exported(fixture, notices_of())[0].at("sandbox") == (shown ? "1" : "0"));
    return shown;
  };
  const std::string email = "0", in_site = "1";
  CHECK(marked(email, email));
  CHECK_FALSE(marked(in_site, email));
  CHECK(marked(in_site, "NULL"));
}

TEST_CASE("The deciding attempt is the first that was sent, else the last") {
  JournalFixture fixture;
  accept(fixture, 1, 1);
  const auto decides = [&] { return exported(fixture, notices_of())[0].at("attempt"); };
  const auto add = [&](int number, std::optional<Outcome> outcome) {
    fixture.commit([&](Transaction& tx) {
      Attempt attempt = sample_attempt(tx, 1, number);
      attempt.outcome = outcome;
      tx.insert_attempt(attempt);
    });
  };
  CHECK(decides() == "null");
  add(1, Outcome::unknown);
  CHECK(decides() == "1");
  add(2, std::nullopt);
  CHECK(decides() == "2");
  add(3, Outcome::sent);
  add(4, Outcome::sent);
  add(5, Outcome::permanent_failure);
  CHECK(decides() == "3");
}

TEST_CASE("An export of all events accounts for each, and says so") {
  JournalFixture fixture;
  accept(fixture, 1, 2'500);
  const auto reader = reader_of(fixture);
  for (const int a_step : {1'000'000, 7}) {
    const auto source = started(*reader, events_of());
    const std::vector<Row> rows = drained(*source, ExportRows::events, a_step);
    REQUIRE(rows.size() == 2'501);
    for (std::size_t i = 0; i < rows.size(); ++i) REQUIRE(rows[i].at("sequence") == std::to_string(i + 1));
    CHECK(rows[0].at("notice_id") == "null");
    CHECK(rows[1].at("notice_id") == sample_notice(1).id);
    CHECK_THAT(rows[1].at("bytes"), Catch::StartsWith("{\"at\":\"2026-03-02"));
    const ExportStanding& standing = source->standing();
    CHECK(standing.gap_free == true);
    CHECK(standing.gaps.empty());
    CHECK(standing.first_sequence == 1);
    CHECK(standing.last_sequence == 2'501);
    CHECK(standing.up_to_event.sequence == 2'501);
    CHECK(standing.done == standing.total);
  }
}

TEST_CASE("A hole in the history is found, in the middle, at the beginning and at the end") {
  JournalFixture fixture;
  accept(fixture, 1, 9);
  tamper(fixture,
         "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE sequence IN (1, 4, 5, 10); "
         "DELETE FROM notices WHERE number IN (2, 9)");
  const auto reader = reader_of(fixture);
  const auto events = started(*reader, events_of());
  CHECK(drained(*events, ExportRows::events).size() == 6);
  CHECK(events->standing().gap_free == false);
  using Gaps = std::vector<std::pair<std::int64_t, std::int64_t>>;
  // Behind the last event nothing can be told to be missing: its number is where the record ends.
  CHECK(events->standing().gaps == Gaps{{1, 1}, {4, 5}});
  const auto notices = started(*reader, notices_of());
  CHECK(drained(*notices, ExportRows::notices).size() == 7);
  CHECK(notices->standing().gap_free == false);
  CHECK(notices->standing().gaps == Gaps{{2, 2}});
}

TEST_CASE("What is committed after an export began is not in it") {
  JournalFixture fixture;
  accept(fixture, 1, 5);
  const auto reader = reader_of(fixture);
  {
    const auto events = started(*reader, events_of());
    accept(fixture, 6, 8);
    CHECK(drained(*events, ExportRows::events).size() == 6);
    CHECK(events->standing().gap_free == true);
    CHECK(events->standing().up_to_event.sequence == 6);
    CHECK(events->standing().read_until == 9);
  }
  const auto notices = started(*reader, notices_of());
  accept(fixture, 9, 9);
  CHECK(ids(drained(*notices, ExportRows::notices)) == "12345678");
  CHECK(notices->standing().up_to_notice == 8);
}

TEST_CASE("Filters choose notices, and with them their events") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 6; ++serial) {
      Notice notice = sample_notice(serial);
      notice.account_id = serial % 2 == 0 ? "even" : "odd";
      notice.kind = serial <= 3 ? "terms_change" : "fund_freeze";
      if (serial == 3) notice.also_clauses = "4.4, 4.4.1";
      if (serial == 5) {
        notice.state = NoticeState::deemed_delivered;
        notice.deemed =
            DeemedDelivery{notice.accepted_at, *parse_date("2026-03-05"), "r", "c", Channel::email, 1};
      }
      const NoticeNumber number = accept_sample(tx, notice, serial == 6 ? Channel::in_site : Channel::email);
      Rendering other = sample_rendering(number, Channel::email, 2, 80);
      other.address = serial == 2 || serial == 5 ? "new@example.com" : "x";
      tx.insert_rendering(other);
      tx.append_event(sample_event(notice, events::attempt_started));
    }
  });
  const auto rows = [&](AuditFilter filter) { return ids(exported(fixture, notices_of(std::move(filter)))); };
  AuditFilter filter;
  CHECK(rows({}) == "123456");
  filter.account = "even";
  CHECK(rows(filter) == "246");
  filter.kind = "fund_freeze";
  CHECK(rows(filter) == "46");
  filter = {};
  filter.address = "new@example.com";
  CHECK(rows(filter) == "25");
  filter.account = "odd";
  CHECK(rows(filter) == "5");
  filter = {};
  filter.from = parse_date("2026-03-05");
  filter.to = filter.from;
  CHECK(rows(filter) == "5");
  filter.state = NoticeState::failed;
  CHECK(rows(filter) == "");
  filter = {};
  filter.channel = Channel::in_site;
  CHECK(rows(filter) == "6");
  filter = {};
  filter.clause = "4.4.1";
  CHECK(rows(filter) == "3");
  filter.clause = "4.1";
  CHECK(rows(filter) == "");
  filter.clause = "8.2";
  CHECK(rows(filter) == "123456");
  filter.agreement = "another";
  CHECK(rows(filter) == "");
  filter = {};
  filter.kind = "terms_change";
  const auto reader = reader_of(fixture);
  const auto source = started(*reader, events_of(filter));
  const std::vector<Row> events = drained(*source, ExportRows::events, 1);
  CHECK(ids(events) == "112233");
  CHECK(events[1].at("type") == "attempt_started");
  CHECK(!source->standing().gap_free);
  CHECK(source->standing().first_sequence == 2);
  CHECK(source->standing().last_sequence == 7);
}

TEST_CASE("An account with more notices than a step comes whole, whatever its clock said") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 2'300; ++serial) {
      Notice notice = sample_notice(serial, sample_notice(1).accepted_at + Milliseconds(serial % 3));
      notice.account_id = "one";
      notice.number = tx.insert_notice(notice, "{}");
    }
  });
  AuditFilter filter;
  filter.account = "one";
  std::map<std::string, int> seen;
  for (const Row& row : exported(fixture, notices_of(filter), 300)) ++seen[row.at("notice_id")];
  CHECK(seen.size() == 2'300);
  for (const auto& [id, times] : seen) CHECK(times == 1);
}

TEST_CASE("Between two steps of an export the write-ahead log can be folded back whole") {
  JournalFixture fixture;
  accept(fixture, 1, 3'000);
  const auto reader = reader_of(fixture);
  for (const ExportRows rows : {ExportRows::events, ExportRows::notices}) {
    const auto source = started(*reader, {rows, {}, false});
    int steps = 0;
    std::size_t count = 0;
    for (bool more = true; more; ++steps) {
      const auto stepped = source->step([&](std::span<const ExportValue>) { return ++count % 500 != 0; });
      REQUIRE(stepped.ok());
      more = *stepped;
      accept(fixture, 10'000 * (static_cast<int>(rows) + 1) + steps,
             10'000 * (static_cast<int>(rows) + 1) + steps);
      sqlite::Database checkpoint(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
      // The first column is whether somebody was in the way.
      CHECK(checkpoint.integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0);
      CHECK(std::filesystem::file_size(fixture.path().string() + "-wal") == 0);
    }
    CHECK(steps > 5);
    CHECK(source->standing().gap_free == true);
  }
}

TEST_CASE("An empty journal is exported whole") {
  JournalFixture fixture;
  const auto reader = reader_of(fixture);
  const auto notices = started(*reader, notices_of());
  CHECK(drained(*notices, ExportRows::notices).empty());
  CHECK(notices->standing().gap_free == true);
  CHECK(drained(*started(*reader, events_of()), ExportRows::events).size() == 1);
}
