#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>

#include "gateway/journal/journal_reader.hpp"
#include "tests/support/journal_fixture.hpp"

using namespace duenotice;
using namespace duenotice::test;

namespace {

const Instant start = *parse_instant("2026-03-02T04:00:00.000Z");

struct Entry {
  Notice notice;
  std::vector<Channel> channels;
};

/// Notices of every mixture, several in each millisecond, some accepted by a clock that was set back.
std::vector<Entry> mixture(int count) {
  std::mt19937 seeded(7);
  const auto pick = [&](int choices) { return static_cast<int>(seeded() % static_cast<unsigned>(choices)); };
  const std::array<std::string, 3> kinds{"fund_freeze", "terms_change", "service_restriction"};
  std::vector<Entry> entries;
  for (int serial = 1; serial <= count; ++serial) {
    Entry entry;
    entry.notice = sample_notice(serial, start + Milliseconds(serial / 5 - (pick(10) == 0 ? 20 : 0)));
    entry.notice.kind = kinds[static_cast<std::size_t>(pick(3))];
    if (pick(4) == 0) entry.notice.agreement = "flashcat-product-service-agreement";
    entry.notice.state = static_cast<NoticeState>(pick(6));
    const int mask = pick(3) + 1;
    if ((mask & 1) != 0) entry.channels.push_back(Channel::email);
    if ((mask & 2) != 0) entry.channels.push_back(Channel::in_site);
    entries.push_back(std::move(entry));
  }
  return entries;
}

void store(JournalFixture& fixture, std::vector<Entry>& entries) {
  fixture.commit([&](Transaction& tx) {
    for (Entry& entry : entries) {
      entry.notice.number = tx.insert_notice(entry.notice, "{}");
      for (const Channel channel : entry.channels) {
        tx.insert_delivery(sample_delivery(entry.notice.number, channel));
      }
    }
  });
}

/// What a listing must be, by looking at every notice.
std::vector<std::string> expected(std::vector<Entry> entries, const NoticeFilter& filter) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.notice.accepted_at, a.notice.number) >
           std::pair(b.notice.accepted_at, b.notice.number);
  });
  std::vector<std::string> ids;
  for (const auto& [notice, channels] : entries) {
    const bool fits =
        (!filter.state || notice.state == *filter.state) && (!filter.kind || notice.kind == *filter.kind) &&
        (!filter.agreement || notice.agreement == *filter.agreement) &&
        (!filter.account || notice.account_id == *filter.account) &&
        (!filter.channel || std::count(channels.begin(), channels.end(), *filter.channel) > 0) &&
        (!filter.since || notice.accepted_at >= *filter.since) &&
        (!filter.until || notice.accepted_at < *filter.until);
    if (fits) ids.push_back(notice.id);
  }
  return ids;
}

std::vector<std::string> page_through(JournalReader& reader, NoticeFilter filter) {
  std::vector<std::string> ids;
  for (;;) {
    const auto page = reader.list(filter);
    REQUIRE(page.ok());
    REQUIRE(page->size() <= static_cast<std::size_t>(filter.limit));
    if (page->empty()) return ids;
    for (const NoticeSummary& summary : *page) ids.push_back(summary.notice.id);
    filter.after = ids.back();
  }
}

}  // namespace

TEST_CASE("Paging through any mixture of filters gives each notice that fits once, newest first") {
  JournalFixture fixture;
  std::vector<Entry> entries = mixture(400);
  store(fixture, entries);
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  std::size_t longest = 0;
  for (unsigned mixture_of = 0; mixture_of < 128; ++mixture_of) {
    NoticeFilter filter;
    if ((mixture_of & 1) != 0) filter.state = NoticeState::failed;
    if ((mixture_of & 2) != 0) filter.kind = "terms_change";
    if ((mixture_of & 4) != 0) filter.agreement = "flashduty-user-agreement";
    if ((mixture_of & 8) != 0) filter.account = "account-3";
    if ((mixture_of & 16) != 0) filter.channel = Channel::in_site;
    if ((mixture_of & 32) != 0) filter.since = start + Milliseconds(20);
    if ((mixture_of & 64) != 0) filter.until = start + Milliseconds(60);
    const std::vector<std::string> all = expected(entries, filter);
    filter.limit = std::max(1, static_cast<int>(all.size()) / 3);
    INFO("filters " << mixture_of);
    CHECK(page_through(**reader, filter) == all);
    longest = std::max(longest, all.size());
  }
  CHECK(longest == 400);
}

TEST_CASE("A listing follows a notice from state to state and brings its deliveries") {
  JournalFixture fixture;
  std::vector<Entry> entries = mixture(3);
  store(fixture, entries);
  Notice changed = entries[1].notice;
  changed.state = NoticeState::deemed_delivered;
  changed.deemed = DeemedDelivery{start, CalendarDate(std::chrono::days(1)), "r", "c", Channel::email, 1};
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  NoticeFilter before;
  before.state = changed.state;
  const std::size_t already = (*reader)->list(before)->size();
  const bool was_there = entries[1].notice.state == changed.state;
  fixture.commit([&](Transaction& tx) { tx.update_notice(changed); });
  const auto now = (*reader)->list(before);
  REQUIRE(now.ok());
  CHECK(now->size() == already + (was_there ? 0 : 1));
  const auto found = std::find_if(now->begin(), now->end(), [&](const NoticeSummary& summary) {
    return summary.notice.id == changed.id;
  });
  REQUIRE(found != now->end());
  CHECK(found->deliveries.size() == entries[1].channels.size());
}

TEST_CASE("A channel that joins a notice later is listed too") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  fixture.commit([](Transaction& tx) {
    tx.insert_delivery(sample_delivery(*tx.find_notice(sample_notice(1).id), Channel::in_site));
  });
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  for (const Channel channel : {Channel::email, Channel::in_site}) {
    NoticeFilter filter;
    filter.channel = channel;
    CHECK((*reader)->list(filter)->size() == 1);
  }
}

TEST_CASE("A listing after an unknown notice is not found, and its length is bounded") {
  JournalFixture fixture;
  fixture.commit([](Transaction& tx) { accept_sample(tx, sample_notice(1)); });
  auto reader = open_journal_reader(fixture.path());
  REQUIRE(reader.ok());
  NoticeFilter filter;
  filter.after = "01KJUNKNOWN";
  const auto listed = (*reader)->list(filter);
  REQUIRE_FALSE(listed.ok());
  CHECK(listed.error().kind == ErrorKind::not_found);
  CHECK(listed.error().message.find("01KJUNKNOWN") != std::string::npos);
  filter.after.reset();
  filter.limit = 2'000'000'000;
  CHECK((*reader)->list(filter)->size() == 1);
  filter.limit = 0;
  CHECK((*reader)->list(filter)->empty());
  filter.limit = -1;
  CHECK((*reader)->list(filter)->empty());
}
