#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <tuple>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/audit_list.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant start = *parse_instant("2026-03-02T04:00:00.000Z");
const CalendarDate first_day = *parse_date("2026-03-02");

struct Entry {
  Notice notice;
  std::vector<Delivery> deliveries;
  std::string corrected;  ///< a further address that a second revision went to
};

/// Notices of every mixture: states, clauses, accounts, several a day, some to a corrected address.
std::vector<Entry> mixture(int count) {
  std::mt19937 seeded(11);
  const auto pick = [&](int choices) { return static_cast<int>(seeded() % static_cast<unsigned>(choices)); };
  const std::array<std::string, 3> kinds{"fund_freeze", "terms_change", "service_restriction"};
  const std::array<std::string, 2> clauses{"8.2", "General Terms 1.2"};
  std::vector<Entry> entries;
  for (int serial = 1; serial <= count; ++serial) {
    Entry entry;
    Notice& notice = entry.notice;
    notice = sample_notice(serial, start + Milliseconds(serial / 5 - (pick(10) == 0 ? 20 : 0)));
    notice.kind = kinds[static_cast<std::size_t>(pick(3))];
    notice.clause = clauses[static_cast<std::size_t>(pick(2))];
    if (notice.clause == "8.2" ? pick(2) == 0 : pick(3) == 0)
      notice.also_clauses = "7, 18.2, 8.2.1";
    else if (notice.clause != "8.2" && pick(2) == 0)
      notice.also_clauses = "7, 8.2";
    if (pick(4) == 0) notice.agreement = "flashcat-product-service-agreement";
    notice.state = static_cast<NoticeState>(pick(6));
    const Channel channel = every_channel[static_cast<std::size_t>(pick(3))];
    if (notice.state == NoticeState::deemed_delivered) {
      notice.deemed = DeemedDelivery{.at = start,
                                     .on = first_day + std::chrono::days(pick(6)),
                                     .rule = "r",
                                     .clause = "12.1",
                                     .channel = channel,
                                     .attempt = 1};
    }
    entry.deliveries.push_back(sample_delivery(0, channel));
    entry.deliveries.back().address = "to-" + std::to_string(pick(9));
    if (pick(5) == 0) entry.corrected = "to-" + std::to_string(pick(9));
    entries.push_back(std::move(entry));
  }
  return entries;
}

void store(JournalFixture& fixture, std::vector<Entry>& entries) {
  fixture.commit([&](Transaction& tx) {
    for (Entry& entry : entries) {
      entry.notice.number = tx.insert_notice(entry.notice, "{}");
      for (Delivery& delivery : entry.deliveries) {
        delivery.notice = entry.notice.number;
        tx.insert_delivery(delivery);
        Rendering rendering = sample_rendering(entry.notice.number, delivery.channel, 1, 60);
        rendering.address = delivery.address;
        tx.insert_rendering(rendering);
        if (entry.corrected.empty()) continue;
        rendering.revision = 2;
        rendering.address = entry.corrected;
        tx.insert_rendering(rendering);
      }
    }
  });
}

bool fits(const Entry& entry, const AuditFilter& filter) {
  const Notice& notice = entry.notice;
  const Delivery& delivery = entry.deliveries.front();
  return (!filter.account || notice.account_id == *filter.account) &&
         (!filter.address || delivery.address == *filter.address || entry.corrected == *filter.address) &&
         (!filter.from || (notice.deemed && notice.deemed->on >= *filter.from)) &&
         (!filter.to || (notice.deemed && notice.deemed->on <= *filter.to)) &&
         (!filter.kind || notice.kind == *filter.kind) &&
         (!filter.clause || notice.clause == *filter.clause ||
          (*filter.clause == "8.2" && notice.also_clauses == "7, 8.2")) &&
         (!filter.agreement || notice.agreement == *filter.agreement) &&
         (!filter.channel || delivery.channel == *filter.channel) &&
         (!filter.state || notice.state == *filter.state);
}

/// What an answer must be, by looking at every notice.
std::vector<std::string> expected(std::vector<Entry> entries, const AuditFilter& filter) {
  const auto place = [](const Notice& notice) {
    return std::tuple(
        !notice.deemed,
        notice.deemed ? notice.deemed->on.time_since_epoch().count() : to_unix_ms(notice.accepted_at),
        notice.number);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const Entry& a, const Entry& b) { return place(a.notice) > place(b.notice); });
  std::vector<std::string> ids;
  for (const Entry& entry : entries) {
    if (fits(entry, filter)) ids.push_back(entry.notice.id);
  }
  return ids;
}

std::vector<std::string> page_through(JournalReader& reader, const AuditFilter& filter, int limit) {
  std::vector<std::string> ids;
  std::optional<std::string> after;
  for (;;) {
    const auto page = reader.audit(filter, after, limit);
    REQUIRE(page.ok());
    REQUIRE(page->notices.size() <= static_cast<std::size_t>(limit));
    for (const AuditEntry& entry : page->notices) ids.push_back(entry.notice.id);
    if (!page->more) return ids;
    REQUIRE(page->notices.size() == static_cast<std::size_t>(limit));
    after = ids.back();
  }
}

AuditFilter filter_of(unsigned mixture_of) {
  AuditFilter filter;
  if ((mixture_of & 1) != 0) filter.account = "account-3";
  if ((mixture_of & 2) != 0) filter.address = "to-4";
  if ((mixture_of & 4) != 0) filter.from = first_day + std::chrono::days(1);
  if ((mixture_of & 8) != 0) filter.to = first_day + std::chrono::days(3);
  if ((mixture_of & 16) != 0) filter.kind = "terms_change";
  if ((mixture_of & 32) != 0) filter.clause = "8.2";
  if ((mixture_of & 64) != 0) filter.agreement = "flashduty-user-agreement";
  if ((mixture_of & 128) != 0) filter.channel = Channel::sms;
  if ((mixture_of & 256) != 0) filter.state = NoticeState::failed;
  if ((mixture_of & 512) != 0) filter.state = NoticeState::deemed_delivered;
  return filter;
}

}  // namespace

TEST_CASE("An audit of any mixture of filters gives each notice that fits once, by legal date") {
  JournalFixture fixture;
  std::vector<Entry> entries = mixture(600);
  store(fixture, entries);
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  std::size_t longest = 0;
  for (unsigned mixture_of = 0; mixture_of < 1024; ++mixture_of) {
    const AuditFilter filter = filter_of(mixture_of);
    const std::vector<std::string> all = expected(entries, filter);
    INFO("filters " << mixture_of);
    CHECK(page_through(**reader, filter, std::max(1, static_cast<int>(all.size()) / 3)) == all);
    longest = std::max(longest, all.size());
  }
  CHECK(longest == 600);
}

TEST_CASE("An audit brings the sending that made the date, its message, and how far the record went") {
  JournalFixture fixture;
  Notice notice = sample_notice(1);
  fixture.commit([&](Transaction& tx) {
    notice.number = accept_sample(tx, notice);
    Rendering second = sample_rendering(notice.number, Channel::email, 2, 70);
    second.address = "corrected@example.com";
    tx.insert_rendering(second);
    Attempt attempt = sample_attempt(tx, notice.number, 1);
    attempt.outcome = Outcome::transient_failure;
    tx.insert_attempt(attempt);
    attempt.number = 2;
    attempt.revision = 2;
    attempt.outcome = Outcome::sent;
    attempt.reply = "250 =cmd\"\n";
    tx.insert_attempt(attempt);
    notice.state = NoticeState::deemed_delivered;
    notice.deemed = DeemedDelivery{start, first_day, "r", "12.1", Channel::email, 2};
    tx.update_notice(notice);
    accept_sample(tx, sample_notice(2));
  });
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto page = (*reader)->audit({}, {}, 10);
  REQUIRE(page.ok());
  REQUIRE(page->notices.size() == 2);
  CHECK(!page->more);
  CHECK(page->record.sequence == 3);
  CHECK(page->record.at == sample_notice(2).accepted_at);
  CHECK(!page->notices[0].sending);
  CHECK(!page->notices[0].message);
  REQUIRE(page->notices[1].sending);
  CHECK(page->notices[1].sending->number == 2);
  CHECK(page->notices[1].sending->reply == "250 =cmd\"\n");
  CHECK(page->notices[1].message->address == "corrected@example.com");
  CHECK(page->notices[1].deliveries.size() == 1);
}

TEST_CASE("An audit behind an unknown notice is not found, and its length is bounded") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) {
    for (const int serial : {1, 2}) accept_sample(tx, sample_notice(serial));
  });
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  const auto unknown = (*reader)->audit({}, "01KJUNKNOWN", 10);
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().kind == ErrorKind::not_found);
  CHECK((*reader)->audit({}, {}, 2'000'000'000)->notices.size() == 2);
  CHECK((*reader)->audit({}, {}, 1)->more);
  CHECK((*reader)->audit({}, {}, -1)->notices.empty());
}

TEST_CASE("An audit reads index ranges: it scans no table and sorts no period") {
  const JournalFixture fixture;
  sqlite::Database database(fixture.path(), sqlite::Database::Mode::read_only, 1'000);
  const auto plan = [&](const std::string& sql) {
    auto rows = database.prepare("EXPLAIN QUERY PLAN " + sql);
    std::string all;
    while (rows.step()) all += rows.text(3) + "\n";
    return all;
  };
  CHECK(plan(AuditList::dated_statement()) ==
        "SEARCH notices USING COVERING INDEX notices_by_legal_date (facet=? AND clause=? AND deemed_on>? AND "
        "deemed_on<?)\n");
  const std::string clauses = plan(AuditList::clauses_statement());
  CHECK_THAT(clauses, Catch::Contains("notices_by_legal_date (facet=?)") &&
                          Catch::Contains("notices_by_legal_date (facet=? AND clause>?)") &&
                          !Catch::Contains("SCAN notices"));
  for (unsigned mixture_of = 1; mixture_of < 1024; ++mixture_of) {
    const AuditFilter filter = filter_of(mixture_of);
    if (!filter.account && !filter.address) continue;
    const std::string of_one = plan(AuditList::account_or_address_statement(filter));
    INFO(of_one);
    CHECK_THAT(of_one, !Catch::Contains("SCAN n\n") && !Catch::Contains("SCAN renderings"));
    CHECK_THAT(of_one, Catch::Contains(filter.address ? "renderings_by_address (address=?)"
                                                      : "notices_by_account (account_id=?)"));
  }
}
