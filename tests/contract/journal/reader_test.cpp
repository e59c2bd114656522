#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/rejection_list.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

std::unique_ptr<JournalReader> open_reader(const JournalFixture& fixture) {
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  return std::move(*reader);
}

RejectedRequest sample_rejection(int serial) {
  RejectedRequest rejection;
  rejection.id = "01KJREJECTED" + std::to_string(serial);
  rejection.at = *parse_instant("2026-03-02T04:00:00.000Z");
  rejection.code = "not_json";
  rejection.message = "send JSON";
  rejection.content_type = "application/json";
  rejection.body = "body " + std::to_string(serial);
  rejection.body_bytes = 6;
  rejection.body_digest = sha256(rejection.body);
  rejection.same_as = rejection.body_digest;
  return rejection;
}

}  // namespace

TEST_CASE("Where no journal is, the reader says so and makes none") {
  const TemporaryFolder folder;
  const auto reader = open_journal_reader(folder / "journal.db");
  REQUIRE_FALSE(reader.ok());
  CHECK(reader.error().kind == ErrorKind::not_found);
  CHECK(reader.error().message.find((folder / "journal.db").string()) != std::string::npos);
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("A notice is shown with all that hangs on it, by either of its names") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  fixture.commit([&](Transaction& tx) {
    accept_sample(tx, sample_notice(2));
    const NoticeNumber number = accept_sample(tx, notice);
    tx.insert_rendering(sample_rendering(number, Channel::email, 2, 100));
    tx.insert_attempt(sample_attempt(tx, number, 1));
    tx.insert_attempt(sample_attempt(tx, number, 2));
    tx.append_event(sample_event(notice, events::attempt_started));
  });
  const auto reader = open_reader(fixture);
  const auto file = reader->show(notice.id);
  REQUIRE(file.ok());
  CHECK(file->notice.id == notice.id);
  CHECK(file->deliveries.size() == 1);
  REQUIRE(file->attempts.size() == 2);
  CHECK(file->attempts[1].number == 2);
  REQUIRE(file->renderings.size() == 2);
  CHECK(file->renderings[1].revision == 2);
  CHECK(file->renderings[0].content == "");
  REQUIRE(file->events.size() == 2);
  CHECK(file->events[1].type == "attempt_started");
  CHECK(file->events[1].sequence == 4);
  const auto by_request = reader->show(notice.source, notice.request_id);
  REQUIRE(by_request.ok());
  CHECK(by_request->notice.id == notice.id);
  CHECK(reader->show("01KJUNKNOWN").error().kind == ErrorKind::not_found);
  CHECK(reader->show("billing", "unknown").error().kind == ErrorKind::not_found);
}

TEST_CASE("The frozen bytes come by revision, the newest for 0") {
  JournalFixture fixture;
  const Notice notice = sample_notice(1);
  NoticeNumber number = 0;
  fixture.commit([&](Transaction& tx) {
    number = accept_sample(tx, notice);
    tx.insert_rendering(sample_rendering(number, Channel::email, 2));
  });
  const auto reader = open_reader(fixture);
  const auto content = [&](int revision) {
    return reader->rendering_content(notice.id, Channel::email, revision);
  };
  CHECK(*content(1) == sample_rendering(number, Channel::email, 1).content);
  CHECK(*content(2) == sample_rendering(number, Channel::email, 2).content);
  CHECK(*content(0) == *content(2));
  CHECK(content(3).error().kind == ErrorKind::not_found);
  CHECK(content(3).error().message.find("no revision 3 of a message for email") != std::string::npos);
  CHECK(reader->rendering_content(notice.id, Channel::in_site, 0).error().kind == ErrorKind::not_found);
  CHECK(reader->rendering_content("01KJUNKNOWN", Channel::email, 0).error().kind == ErrorKind::not_found);
}

TEST_CASE("An inbox holds its user's messages, newest first and bounded") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 4; ++serial) {
      const NoticeNumber number = accept_sample(tx, sample_notice(serial), Channel::in_site);
      InSiteMessage message;
      message.notice = number;
      message.user_id = serial == 4 ? "user-2" : "user-1";
      message.title = "title " + std::to_string(serial);
      message.body = "body";
      message.shown_at =
          *parse_instant("2026-03-02T04:00:00.000Z") + std::chrono::minutes(serial == 1 ? 9 : 1);
      tx.insert_in_site_message(message);
    }
  });
  const auto reader = open_reader(fixture);
  const auto inbox = reader->inbox("user-1", 10);
  REQUIRE(inbox.ok());
  REQUIRE(inbox->size() == 3);
  CHECK((*inbox)[0].message.title == "title 1");
  CHECK((*inbox)[0].notice_id == sample_notice(1).id);
  CHECK((*inbox)[1].message.title == "title 3");
  CHECK((*inbox)[2].message.title == "title 2");
  CHECK(reader->inbox("user-1", 1)->size() == 1);
  CHECK(reader->inbox("nobody", 10)->empty());
}

TEST_CASE("Rejections come newest first without their bodies, and everything is counted") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 3; ++serial) tx.insert_rejection(sample_rejection(serial));
    tx.remove_from_outbox(tx.outbox(1).front().id);
    for (int serial = 1; serial <= 9; ++serial) {
      Notice notice = sample_notice(serial);
      notice.state = serial <= 2   ? NoticeState::failed
                     : serial <= 5 ? NoticeState::sending
                                   : NoticeState::deemed_delivered;
      accept_sample(tx, notice);
    }
  });
  // What is undone leaves no trace in the counts.
  CHECK(fixture.journal().run(WorkClass::intake, [](Transaction& tx) {
    tx.insert_rejection(sample_rejection(4));
    accept_sample(tx, sample_notice(10));
    accept_sample(tx, sample_notice(10));
  }) == Committed::failed);
  const auto reader = open_reader(fixture);
  const auto rejected = reader->rejected(2);
  REQUIRE(rejected.ok());
  REQUIRE(rejected->size() == 2);
  CHECK((*rejected)[0].id == "01KJREJECTED3");
  CHECK((*rejected)[0].body == "");
  CHECK((*rejected)[0].body_bytes == 6);
  const auto counts = reader->counts();
  REQUIRE(counts.ok());
  CHECK(counts->rejected == 3);
  CHECK(counts->outbox == 2);
  CHECK(counts->events == 10);
  using Counts = std::vector<std::pair<NoticeState, std::int64_t>>;
  CHECK(counts->notices == Counts{{NoticeState::accepted, 0},
                                  {NoticeState::sending, 3},
                                  {NoticeState::deemed_delivered, 4},
                                  {NoticeState::held, 0},
                                  {NoticeState::failed, 2},
                                  {NoticeState::cancelled, 0}});
}

TEST_CASE("Rejections are filtered by code and instant, and paged") {
  JournalFixture fixture;
  const auto start = *parse_instant("2026-03-02T00:00:00.000Z");
  fixture.commit([&](Transaction& tx) {
    for (int serial = 1; serial <= 6; ++serial) {
      RejectedRequest row = sample_rejection(serial);
      row.at = start + std::chrono::hours(serial);
      row.code = serial % 2 == 0 ? "conflict" : "not_json";
      tx.insert_rejection(row);
    }
  });
  const auto reader = open_reader(fixture);
  const auto ids = [&](const RejectionFilter& filter) {
    const auto rows = reader->rejected(filter);
    REQUIRE(rows.ok());
    std::string all;
    for (const RejectedRequest& row : *rows) all += row.id.back();
    return all;
  };
  CHECK(ids({}) == "654321");
  CHECK(ids({.code = "conflict", .since = {}, .after = {}}) == "642");
  CHECK(ids({.code = "conflict", .since = {}, .after = {}, .limit = 2}) == "64");
  CHECK(ids({.code = {}, .since = start + std::chrono::hours(5), .after = {}}) == "65");
  CHECK(ids({.code = {}, .since = {}, .until = start + std::chrono::hours(3), .after = {}}) == "21");
  CHECK(ids({.code = "not_json",
             .since = start + std::chrono::hours(2),
             .until = start + std::chrono::hours(5),
             .after = {}}) == "3");
  CHECK(ids({.code = {}, .since = {}, .until = start + std::chrono::hours(5), .after = "01KJREJECTED3"}) ==
        "21");
  CHECK(ids({.code = {}, .since = {}, .until = start + std::chrono::hours(2), .after = "01KJREJECTED3"}) ==
        "1");
  CHECK(ids({.code = {}, .since = {}, .after = "01KJREJECTED3"}) == "21");
  CHECK(ids({.code = "conflict", .since = {}, .after = "01KJREJECTED4"}) == "2");
  CHECK(ids({.code = "too_large", .since = {}, .after = {}}).empty());
  const auto unknown = reader->rejected({.code = {}, .since = {}, .after = "01KJREJECTED9"});
  REQUIRE(!unknown.ok());
  CHECK(unknown.error().kind == ErrorKind::not_found);
}

TEST_CASE("Rejections of one instant, and of a clock that was set back, are each on one page") {
  JournalFixture fixture;
  const auto start = *parse_instant("2026-03-02T00:00:00.000Z");
  const std::vector<int> minutes = {1, 1, 1, 5, 2, 2, 6};
  fixture.commit([&](Transaction& tx) {
    for (int serial = 1; serial <= 7; ++serial) {
      RejectedRequest row = sample_rejection(serial);
      row.at = start + std::chrono::minutes(minutes[static_cast<std::size_t>(serial - 1)]);
      tx.insert_rejection(row);
    }
  });
  const auto reader = open_reader(fixture);
  for (const std::optional<std::string>& code : {std::optional<std::string>(), {"not_json"}}) {
    RejectionFilter filter{.code = code, .since = {}, .until = {}, .after = {}, .limit = 2};
    std::string all;
    for (auto page = reader->rejected(filter); page.ok() && !page->empty(); page = reader->rejected(filter)) {
      REQUIRE(page->size() <= 2);
      for (const RejectedRequest& row : *page) all += row.id.back();
      filter.after = page->back().id;
    }
    CHECK(all == "7465321");
    filter = {.code = code, .since = start + std::chrono::minutes(5), .until = {}, .after = {}};
    CHECK(reader->rejected(filter)->size() == 2);
  }
}

TEST_CASE("Rejections say what was decided about them, and those that are open can be listed alone") {
  JournalFixture fixture;
  fixture.commit([&](Transaction& tx) {
    for (int serial = 1; serial <= 5; ++serial) tx.insert_rejection(sample_rejection(serial));
    const std::int64_t released = tx.insert_act({.id = "ACT1", .what = "release", .operator_name = "li"});
    const std::int64_t discarded = tx.insert_act({.id = "ACT2", .what = "discard", .operator_name = "wang"});
    tx.settle_rejection(tx.rejection("01KJREJECTED2")->number, released, "01KJNOTICE");
    tx.insert_release(tx.rejection("01KJREJECTED2")->number, "[]", "{}");
    tx.settle_rejection(tx.rejection("01KJREJECTED4")->number, discarded, "");
  });
  const auto reader = open_reader(fixture);
  for (const std::optional<std::string>& code : {std::optional<std::string>(), {"not_json"}}) {
    const auto open =
        reader->rejected({.open_only = true, .code = code, .since = {}, .until = {}, .after = {}});
    REQUIRE(open->size() == 3);
    for (const RejectedRequest& row : *open) CHECK(row.state == RejectionState::open);
  }
  const auto released = reader->rejection("01KJREJECTED2");
  CHECK(released->request.state == RejectionState::released);
  CHECK(released->request.became == "01KJNOTICE");
  CHECK(released->act->operator_name == "li");
  CHECK(released->difference == "[]");
  CHECK(released->request.body == sample_rejection(2).body);
  const auto discarded = reader->rejection("01KJREJECTED4");
  CHECK(discarded->request.state == RejectionState::discarded);
  CHECK(discarded->act->operator_name == "wang");
  CHECK_FALSE(discarded->difference.has_value());
  CHECK_FALSE(reader->rejection("01KJREJECTED1")->act.has_value());
  CHECK_FALSE(reader->rejection("01KJREJECTED9").ok());
}

TEST_CASE("A listing of rejections is one index range: it neither scans the table nor sorts") {
  const JournalFixture fixture;
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  for (const bool of_one_code : {false, true}) {
    for (const bool open_only : {false, true}) {
      auto plan = database.prepare("EXPLAIN QUERY PLAN " + RejectionList::statement(of_one_code, open_only));
      REQUIRE(plan.step());
      const std::string step = plan.text(3);
      CHECK_THAT(step, Catch::StartsWith(std::string("SEARCH rejections USING INDEX rejections_") +
                                         (open_only ? "open" : "by_")));
      CHECK_THAT(step, Catch::Contains(of_one_code ? "(code=? AND at>? AND at<?)" : "(at>? AND at<?)"));
      CHECK_FALSE(plan.step());
    }
  }
}

TEST_CASE("Checking the history finds a missing and a changed event") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (int serial = 1; serial <= 9; ++serial) accept_sample(tx, sample_notice(serial));
  });
  const auto reader = open_reader(fixture);
  CHECK(reader->check_events(std::nullopt)->checked == 10);
  CHECK(reader->check_events(4)->checked == 4);
  CHECK(reader->check_events(400)->checked == 10);
  fixture.close();
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_write, 1'000);
  database.run("DROP TRIGGER events_are_never_changed; UPDATE events SET notice = 5 WHERE sequence = 3");
  CHECK(reader->check_events(std::nullopt)->fault == "event 3 is damaged: its bytes name another notice");
  CHECK(reader->check_events(4)->fault == "");
  database.run("UPDATE events SET type = 'sent' WHERE sequence = 10");
  CHECK(reader->check_events(1)->fault == "event 10 is damaged: its bytes have another type");
  database.run("DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE sequence = 1");
  CHECK(reader->check_events(std::nullopt)->fault == "event 1 is missing: after 0 comes 2");
}

TEST_CASE("Reading goes on while the journal is written, and sees each unit of work whole") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  std::atomic<bool> enough{false};
  std::thread writer([&] {
    for (int serial = 2; !enough; ++serial) {
      fixture.commit([serial](Transaction& tx) { accept_sample(tx, sample_notice(serial)); });
    }
  });
  const auto reader = open_reader(fixture);
  std::size_t listed = 0;
  int faults = 0;
  while (listed < 50) {
    const auto page = reader->list(NoticeFilter{});
    REQUIRE(page.ok());
    listed = page->size();
    for (const NoticeSummary& summary : *page) faults += summary.deliveries.size() == 1 ? 0 : 1;
    const auto counts = reader->counts();
    REQUIRE(counts.ok());
    faults += counts->events == counts->notices.front().second + 1 ? 0 : 1;
  }
  enough = true;
  writer.join();
  CHECK(faults == 0);
}

TEST_CASE("Reading works when no gateway runs, and leaves the files as they are") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  fixture.close();
  CHECK(std::filesystem::exists(fixture.path().string() + "-wal"));
  const auto size = std::filesystem::file_size(fixture.path());
  const auto written = std::filesystem::last_write_time(fixture.path());
  for (int round = 0; round < 2; ++round) CHECK(open_reader(fixture)->show(sample_notice(1).id).ok());
  CHECK(std::filesystem::exists(fixture.path().string() + "-wal"));
  CHECK(std::filesystem::file_size(fixture.path()) == size);
  CHECK(std::filesystem::last_write_time(fixture.path()) == written);
}
