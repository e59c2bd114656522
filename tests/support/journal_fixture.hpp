#pragma once
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "gateway/base/log.hpp"
#include "gateway/journal/sqlite_journal.hpp"
#include "gateway/journal/subject_keys.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_clock.hpp"

/// A journal in a folder of its own, and values to put into it.

namespace duenotice::test {

/// An open journal with little demand for space; `reopen` is a restart after an orderly end.
class JournalFixture {
 public:
  JournalFixture() { reopen(); }
  ~JournalFixture() { close(); }

  void reopen() {
    close();
    auto opened = open_sqlite_journal(options(), clock, log);
    if (!opened.ok()) throw std::runtime_error(opened.error().message);
    journal_ = std::move(*opened);
  }
  void close() {
    if (journal_ == nullptr) return;
    journal_->close();
    journal_.reset();
  }

  SqliteJournalOptions options() const {
    SqliteJournalOptions options;
    options.path = path();
    options.low_space_bytes = 1'000'000;
    options.reserve_bytes = 100'000;
    return options;
  }
  std::filesystem::path path() const { return folder / "journal.db"; }
  Journal& journal() { return *journal_; }

  /// Runs `work` as an outcome and throws unless it was committed.
  void commit(const Journal::Work& work) {
    if (journal_->run(WorkClass::outcome, work) != Committed::yes) throw std::runtime_error("not committed");
  }

  TemporaryFolder folder;
  TestClock clock{"2026-03-02T04:00:00.000Z"};
  Log log;

 private:
  std::unique_ptr<Journal> journal_;
};

/// A connection of a test's own to a closed journal, whose statements may seal what they put into it. The
/// gateway is subject 1, the accounts follow in the order in which they came.
class SealingDatabase {
 public:
  explicit SealingDatabase(const std::filesystem::path& journal)
      : database_(journal, sqlite::Database::Mode::read_write, 1'000),
        keys_(database_, *read_master_keys({}, journal), random_) {}

  sqlite::Database* operator->() { return &database_; }

 private:
  SystemRandom random_;
  sqlite::Database database_;
  SubjectKeys keys_;
};

/// A notice that nothing was done for yet. Different `serial`, different notice.
inline Notice sample_notice(int serial, Instant at = *parse_instant("2026-03-02T04:00:00.000Z")) {
  const std::string digits = std::to_string(serial);
  Notice notice;
  notice.id = "01KJNOTICE" + std::string(16 - digits.size(), '0') + digits;
  notice.source = "billing";
  notice.request_id = "request-" + digits;
  notice.request_digest = sha256("request " + digits);
  notice.agreement = "flashduty-user-agreement";
  notice.agreement_version = "2022-10-10";
  notice.agreement_digest = sha256("agreement");
  notice.kind = "fund_freeze";
  notice.clause = "8.2";
  notice.account_id = "account-" + std::to_string(serial % 7);
  notice.locale = "zh-CN";
  notice.time_zone = "Asia/Shanghai";
  notice.accepted_at = at;
  return notice;
}

/// A delivery that is due at `at`.
inline Delivery sample_delivery(NoticeNumber notice, Channel channel = Channel::email,
                                Instant at = *parse_instant("2026-03-02T04:00:00.000Z")) {
  Delivery delivery;
  delivery.notice = notice;
  delivery.channel = channel;
  delivery.position = channel == Channel::email ? 0 : 1;
  delivery.counts = true;
  delivery.due_at = at;
  delivery.address = channel == Channel::email ? "li.na@example.com" : "user-10086";
  delivery.address_masked = channel == Channel::email ? "l***@e***.com" : "u***6";
  delivery.rule = "agreement-date-of-sending";
  delivery.rule_clause = "12.1";
  return delivery;
}

inline Rendering sample_rendering(NoticeNumber notice, Channel channel = Channel::email, int revision = 1,
                                  std::size_t bytes = 5'000) {
  Rendering rendering;
  rendering.notice = notice;
  rendering.channel = channel;
  rendering.revision = revision;
  rendering.message_id = std::to_string(notice) + "." + std::to_string(revision) + "@notices.example.com";
  rendering.content = "revision " + std::to_string(revision) + " of notice " + std::to_string(notice) + ": ";
  rendering.content.resize(bytes, 'x');
  rendering.digest = sha256(rendering.content);
  rendering.template_digest = sha256("text");
  rendering.reason = "accepted";
  rendering.made_at = *parse_instant("2026-03-02T04:00:00.000Z");
  return rendering;
}

inline Attempt sample_attempt(const Transaction& tx, NoticeNumber notice, int number = 1,
                              Channel channel = Channel::email) {
  Attempt attempt;
  attempt.notice = notice;
  attempt.channel = channel;
  attempt.number = number;
  attempt.epoch = tx.epoch();
  attempt.started_at = *parse_instant("2026-03-02T04:00:01.000Z");
  return attempt;
}

inline Event sample_event(const Notice& notice, std::string_view type = events::accepted) {
  Event event;
  event.type = type;
  event.notice_id = notice.id;
  event.at = notice.accepted_at;
  event.facts["kind"] = notice.kind;
  return event;
}

/// What accepting a notice writes: the notice, its rendering, its delivery and its event.
inline NoticeNumber accept_sample(Transaction& tx, const Notice& notice, Channel channel = Channel::email) {
  const NoticeNumber number = tx.insert_notice(notice, R"({"id":")" + notice.request_id + R"("})");
  tx.insert_rendering(sample_rendering(number, channel));
  tx.insert_delivery(sample_delivery(number, channel, notice.accepted_at));
  tx.append_event(sample_event(notice));
  return number;
}

}  // namespace duenotice::test
