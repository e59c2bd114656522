#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/audit_list.hpp"
#include "gateway/journal/event_check.hpp"
#include "gateway/journal/event_openings.hpp"
#include "gateway/journal/journal_reader.hpp"
#include "gateway/journal/notice_file.hpp"
#include "gateway/journal/notice_list.hpp"
#include "gateway/journal/publisher_events.hpp"
#include "gateway/journal/rejection_list.hpp"
#include "gateway/journal/rows.hpp"
#include "gateway/journal/schema.hpp"
#include "gateway/journal/snapshot.hpp"
#include "gateway/journal/sqlite_export.hpp"
#include "gateway/journal/waiting_list.hpp"

namespace duenotice {
namespace {

using sqlite::Database;
using sqlite::SqliteError;
using sqlite::Statement;

int bounded(int limit) { return std::clamp(limit, 0, limits::list_rows_most); }

Error unreadable(const SqliteError& error) {
  const bool busy = error.kind() == SqliteError::Kind::busy;
  return Error{busy ? ErrorKind::unavailable : ErrorKind::broken,
               std::string("the journal cannot be read: ") + error.what()};
}

Error sealed_from_us() {
  return Error{ErrorKind::unavailable,
               "it is sealed with a master key that is missing; `duenotice doctor` says which"};
}

class SqliteJournalReader final : public JournalReader {
 public:
  SqliteJournalReader(Database database, MasterKeys masters, JournalKeys place, std::string why_none);

  Result<std::vector<NoticeSummary>> list(const NoticeFilter& filter) override;
  Result<NoticeFile> show(const std::string& notice_id) override;
  Result<NoticeFile> show(const std::string& source, const std::string& request_id) override;
  Result<std::string> rendering_content(const std::string& notice_id, Channel channel, int revision) override;
  Result<std::vector<InboxEntry>> inbox(const std::string& user_id, int limit) override;
  Result<std::vector<RejectedRequest>> rejected(int limit) override;
  Result<std::vector<RejectedRequest>> rejected(const RejectionFilter& filter) override;
  Result<AuditPage> audit(const AuditFilter& filter, const std::optional<std::string>& after,
                          int limit) override;
  Result<std::vector<SelectionCount>> count(const Selection& selection, const ReplayTerms& terms,
                                            Instant now) override;
  Result<Notice> notice(const std::string& notice_id) override;
  Result<JobProgress> progress(const std::string& job_id, Instant now) override;
  Result<std::vector<JobProgress>> jobs(const std::optional<std::string>& after, int limit,
                                        Instant now) override;
  Result<std::string> evidence(const std::string& act_id) override;
  Result<std::optional<std::string>> job_like(const Digest& same_as) override;
  Result<RejectionFile> rejection(const std::string& id) override;
  Result<std::unique_ptr<RowExport>> start_export(const ExportQuestion& question) override;
  Result<std::vector<PublisherEvent>> publisher_events(std::int64_t after, int limit,
                                                       std::string_view type) override;
  Result<Waiting> waiting(const WaitingFilter& filter, Instant now) override;
  Result<std::vector<UsedVersion>> used_versions() override;
  Result<JournalCounts> counts() override;
  Result<Backlog> backlog(Instant now) override;
  Result<EventCheck> check_events(std::optional<int> last) override;
  Result<std::vector<FieldOpening>> openings(const StoredEvent& event) override;
  Result<std::vector<LegalHold>> legal_holds() override;
  Result<std::vector<MasterKeyUse>> master_keys() override;
  Result<std::string> cannot_show() override;

 private:
  /// Runs `read` on one snapshot and turns a failing file into an error.
  template <class Read>
  auto on_snapshot(Read read) -> decltype(read()) {
    try {
      const Snapshot snapshot(database_);
      keys_.forget();  // the writer may have erased somebody since
      return read();
    } catch (const SqliteError& error) {
      return unreadable(error);
    }
  }

  Database database_;
  SystemRandom random_;
  SubjectKeys keys_;
  const std::string why_no_keys_;  ///< empty where master keys could be read
  NoticeList list_;
  AuditList audit_;
  NoticeFileReader files_;
  RejectionList rejections_;
  BacklogReader backlog_;
  PublisherEvents publisher_events_;
  Statement by_number_, by_id_, by_request_, deliveries_, content_, inbox_, count_;
};

SqliteJournalReader::SqliteJournalReader(Database database, MasterKeys masters, JournalKeys place,
                                         std::string why_none)
    : database_(std::move(database)),
      keys_(database_, std::move(masters), random_, std::move(place)),
      why_no_keys_(std::move(why_none)),
      list_(database_),
      audit_(database_),
      files_(database_),
      rejections_(database_),
      backlog_(database_),
      publisher_events_(database_),
      by_number_(database_.prepare(rows::select(rows::notice_columns, "notices WHERE number = ?"))),
      by_id_(database_.prepare(rows::select(rows::notice_columns, "notices WHERE id = ?"))),
      by_request_(database_.prepare(
          rows::select(rows::notice_columns, "notices WHERE source = ? AND request_id = ?"))),
      deliveries_(database_.prepare(rows::select(rows::delivery_columns, "deliveries WHERE notice = ?"))),
      content_(
          database_.prepare("SELECT unsealed((SELECT subject FROM notices WHERE number = notice), 'content', "
                            "bytes) FROM renderings JOIN rendering_contents USING (content) WHERE "
                            "notice = ?1 AND channel = ?2 "
                            "AND (revision = ?3 OR ?3 = 0) ORDER BY revision DESC LIMIT 1")),
      inbox_(database_.prepare("SELECT n.id, m.notice, m.user_id, unsealed(n.subject, 'title', m.title), "
                               "unsealed(n.subject, 'text', m.body), m.shown_at FROM in_site_messages AS m "
                               "JOIN notices AS n ON n.number = m.notice WHERE m.user_id = ? "
                               "ORDER BY m.shown_at DESC, m.message DESC LIMIT ?")),
      count_(database_.prepare(
          "SELECT count(*) FROM facets AS f CROSS JOIN notices AS n INDEXED BY notices_by_facet "
          "WHERE n.facet = f.facet AND n.state = ?")) {}

Result<std::vector<NoticeSummary>> SqliteJournalReader::list(const NoticeFilter& filter) {
  return on_snapshot([&]() -> Result<std::vector<NoticeSummary>> {
    const auto numbers = list_.find(filter);
    if (!numbers.ok()) return numbers.error();
    std::vector<NoticeSummary> summaries;
    summaries.reserve(numbers->size());
    for (const NoticeNumber number : *numbers) {
      auto notice = rows::one(by_number_.bind(1, number), rows::read_notice);
      DN_ASSERT(notice.has_value());
      summaries.push_back({*std::move(notice),
                           rows::by_position(rows::all(deliveries_.bind(1, number), rows::read_delivery))});
    }
    return summaries;
  });
}

Result<NoticeFile> SqliteJournalReader::show(const std::string& notice_id) {
  return on_snapshot([&]() -> Result<NoticeFile> {
    auto notice = rows::one(by_id_.bind(1, notice_id), rows::read_notice);
    if (!notice) return Error{ErrorKind::not_found, "there is no notice " + notice_id};
    return files_.read(*std::move(notice));
  });
}

Result<NoticeFile> SqliteJournalReader::show(const std::string& source, const std::string& request_id) {
  return on_snapshot([&]() -> Result<NoticeFile> {
    auto notice = rows::one(by_request_.bind(1, source).bind(2, request_id), rows::read_notice);
    if (notice) return files_.read(*std::move(notice));
    return Error{ErrorKind::not_found, "no notice was accepted for request " + request_id + " of " + source};
  });
}

Result<std::string> SqliteJournalReader::rendering_content(const std::string& notice_id, Channel channel,
                                                           int revision) {
  return on_snapshot([&]() -> Result<std::string> {
    const auto notice = rows::one(by_id_.bind(1, notice_id), rows::read_notice);
    if (!notice) return Error{ErrorKind::not_found, "there is no notice " + notice_id};
    content_.bind(1, notice->number).bind(2, rows::code(channel)).bind(3, revision);
    auto content = rows::one(content_, [](const Statement& row) { return row.optional_text(0); });
    if (content && *content) return **std::move(content);
    if (content) {
      return notice->erased ? Error{ErrorKind::not_found,
                                    "what notice " + notice_id + " said was erased with its account"}
                            : sealed_from_us();
    }
    return Error{ErrorKind::not_found,
                 "notice " + notice_id + " has no " +
                     (revision == 0 ? "" : "revision " + std::to_string(revision) + " of a ") +
                     "message for " + std::string(to_text(channel))};
  });
}

Result<std::vector<InboxEntry>> SqliteJournalReader::inbox(const std::string& user_id, int limit) {
  return on_snapshot([&]() -> Result<std::vector<InboxEntry>> {
    return rows::all(inbox_.bind(1, user_id).bind(2, bounded(limit)), [](const Statement& row) {
      return InboxEntry{row.text(0), InSiteMessage{row.integer(1), row.text(2), row.text(3), row.text(4),
                                                   from_unix_ms(row.integer(5))}};
    });
  });
}

Result<std::vector<RejectedRequest>> SqliteJournalReader::rejected(int limit) {
  RejectionFilter filter;
  filter.limit = limit;
  return rejected(filter);
}

Result<std::vector<RejectedRequest>> SqliteJournalReader::rejected(const RejectionFilter& filter) {
  return on_snapshot([&] { return rejections_.find(filter); });
}

Result<AuditPage> SqliteJournalReader::audit(const AuditFilter& filter,
                                             const std::optional<std::string>& after, int limit) {
  return on_snapshot([&] { return audit_.page(filter, after, limit); });
}

Result<std::vector<SelectionCount>> SqliteJournalReader::count(const Selection& selection,
                                                               const ReplayTerms& terms, Instant now) {
  return on_snapshot([&]() -> Result<std::vector<SelectionCount>> {
    return JobList(database_).count(selection, terms, now);
  });
}

Result<Notice> SqliteJournalReader::notice(const std::string& notice_id) {
  return on_snapshot([&]() -> Result<Notice> {
    auto found = rows::one(by_id_.bind(1, notice_id), rows::read_notice);
    if (!found) return Error{ErrorKind::not_found, "there is no notice " + notice_id};
    return *std::move(found);
  });
}

Result<JobProgress> SqliteJournalReader::progress(const std::string& job_id, Instant now) {
  return on_snapshot([&]() -> Result<JobProgress> {
    auto progress = JobList(database_).progress(job_id, now);
    if (!progress) return Error{ErrorKind::not_found, "there is no replay " + job_id};
    return *std::move(progress);
  });
}

Result<std::vector<JobProgress>> SqliteJournalReader::jobs(const std::optional<std::string>& after, int limit,
                                                           Instant now) {
  return on_snapshot([&]() -> Result<std::vector<JobProgress>> {
    JobList jobs(database_);
    if (after && !jobs.has(*after)) return Error{ErrorKind::not_found, "there is no replay " + *after};
    return jobs.newest(after, bounded(limit), now);
  });
}

Result<std::string> SqliteJournalReader::evidence(const std::string& act_id) {
  return on_snapshot([&]() -> Result<std::string> {
    Statement statement = database_.prepare(
        "SELECT unsealed(subject, 'evidence', evidence) FROM acts WHERE id = ? AND evidence_digest IS NOT "
        "NULL");
    auto bytes =
        rows::one(statement.bind(1, act_id), [](const Statement& row) { return row.optional_text(0); });
    if (bytes && *bytes) return **std::move(bytes);
    if (bytes) return sealed_from_us();
    return Error{ErrorKind::not_found, "no evidence was kept with " + act_id};
  });
}

Result<std::optional<std::string>> SqliteJournalReader::job_like(const Digest& same_as) {
  return on_snapshot(
      [&]() -> Result<std::optional<std::string>> { return JobList(database_).job_like(same_as); });
}

Result<RejectionFile> SqliteJournalReader::rejection(const std::string& id) {
  return on_snapshot([&]() -> Result<RejectionFile> {
    auto rejection = rejections_.file(id);
    if (!rejection) return Error{ErrorKind::not_found, "there is no rejected request " + id};
    return *std::move(rejection);
  });
}

Result<std::unique_ptr<RowExport>> SqliteJournalReader::start_export(const ExportQuestion& question) {
  return start_sqlite_export(database_, question);
}

Result<std::vector<PublisherEvent>> SqliteJournalReader::publisher_events(std::int64_t after, int limit,
                                                                          std::string_view type) {
  return on_snapshot([&]() -> Result<std::vector<PublisherEvent>> {
    return publisher_events_.read(after, bounded(limit), type);
  });
}

Result<Waiting> SqliteJournalReader::waiting(const WaitingFilter& filter, Instant now) {
  return on_snapshot([&]() -> Result<Waiting> { return WaitingList(database_).read(filter, now); });
}

Result<std::vector<UsedVersion>> SqliteJournalReader::used_versions() {
  return on_snapshot([&]() -> Result<std::vector<UsedVersion>> {
    Statement all = database_.prepare(
        "SELECT agreement, agreement_version, agreement_digest, used_since FROM used_versions");
    return rows::all(all, [](const Statement& row) {
      return UsedVersion{row.text(0), row.text(1), rows::digest(row.view(2)), from_unix_ms(row.integer(3))};
    });
  });
}

/// Rows of these tables are numbered from 1 and never removed, so that the last number is the count.
/// Notices that are delivered are nearly all there are: they are what remains of it.
Result<JournalCounts> SqliteJournalReader::counts() {
  return on_snapshot([&]() -> Result<JournalCounts> {
    JournalCounts counts;
    std::int64_t remaining = database_.integer("SELECT max(number) FROM notices");
    for (std::int64_t code = 0; code <= rows::code(NoticeState::cancelled); ++code) {
      const NoticeState state = rows::notice_state(code);
      std::int64_t count = 0;
      if (state != NoticeState::deemed_delivered) {
        count = *rows::one(count_.bind(1, code), [](const Statement& row) { return row.integer(0); });
      }
      counts.notices.emplace_back(state, count);
      remaining -= count;
    }
    counts.notices[static_cast<std::size_t>(NoticeState::deemed_delivered)].second = remaining;
    counts.rejected = database_.integer("SELECT max(number) FROM rejections");
    counts.outbox = database_.integer("SELECT count(*) FROM outbox");
    counts.events = database_.integer("SELECT max(sequence) FROM events");
    return counts;
  });
}

Result<Backlog> SqliteJournalReader::backlog(Instant now) {
  return on_snapshot([&]() -> Result<Backlog> { return backlog_.read(now); });
}

Result<EventCheck> SqliteJournalReader::check_events(std::optional<int> last) {
  return on_snapshot([&]() -> Result<EventCheck> { return check_stored_events(database_, last, &keys_); });
}

Result<std::vector<FieldOpening>> SqliteJournalReader::openings(const StoredEvent& event) {
  const auto document = parse_json(event.bytes);
  if (!document) return Error{ErrorKind::broken, document.error().message};
  return on_snapshot([&]() -> Result<std::vector<FieldOpening>> {
    return EventOpenings(database_, keys_).of(event.sequence, *document).fields;
  });
}

Result<std::vector<LegalHold>> SqliteJournalReader::legal_holds() {
  return on_snapshot([&]() -> Result<std::vector<LegalHold>> {
    Statement holds = database_.prepare(rows::select(
        rows::legal_hold_columns, "legal_holds AS h JOIN acts AS a USING (act) ORDER BY h.account, h.act"));
    return rows::all(holds, rows::read_legal_hold);
  });
}

Result<std::vector<MasterKeyUse>> SqliteJournalReader::master_keys() {
  return on_snapshot([&]() -> Result<std::vector<MasterKeyUse>> {
    Statement used = database_.prepare(
        "SELECT m.id, (SELECT count(*) FROM subjects AS s WHERE s.master = m.number) FROM master_keys AS m "
        "ORDER BY m.number");
    return rows::all(used, [&](const Statement& row) {
      return MasterKeyUse{row.text(0), row.integer(1), keys_.has_master(row.text(0))};
    });
  });
}

Result<std::string> SqliteJournalReader::cannot_show() {
  return on_snapshot([&]() -> Result<std::string> {
    const auto missing = keys_.missing_master_key();
    if (!missing) return std::string();
    return "what is sealed in the journal (requests, messages, replies, reasons) cannot be shown: " +
           (why_no_keys_.empty() ? "the master key " + *missing + " is not among those that are configured"
                                 : why_no_keys_);
  });
}

}  // namespace

Result<std::unique_ptr<JournalReader>> open_journal_reader(const std::filesystem::path& path,
                                                           const MasterKeySource& source) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return Error{ErrorKind::not_found, "there is no journal at " + path.string() +
                                           " yet: `duenotice serve` makes it; if it runs elsewhere, name its "
                                           "configuration with --config"};
  }
  try {
    Database database(path, Database::Mode::read_only, limits::journal_busy_timeout.count());
    const Status schema = check_schema(database);
    if (!schema.ok()) return Error{schema.error().kind, path.string() + ": " + schema.error().message};
    database.run("PRAGMA mmap_size = 0");
    auto masters = read_master_keys(source, path);
    std::string why;
    if (!masters) why = masters.error().message;
    return std::unique_ptr<JournalReader>(std::make_unique<SqliteJournalReader>(
        std::move(database), masters ? *std::move(masters) : MasterKeys(), JournalKeys{source, path},
        std::move(why)));
  } catch (const SqliteError& error) {
    return unreadable(error);
  }
}

}  // namespace duenotice
