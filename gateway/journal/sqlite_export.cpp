#include "gateway/journal/sqlite_export.hpp"

#include <array>
#include <limits>

#include "gateway/base/limits.hpp"
#include "gateway/journal/event_rows.hpp"
#include "gateway/journal/notice_rows.hpp"
#include "gateway/journal/notice_walk.hpp"
#include "gateway/journal/snapshot.hpp"

namespace duenotice {
namespace {

using sqlite::Database;
using sqlite::SqliteError;

/// Numbers that should run from 1 on without a gap.
class Numbers {
 public:
  explicit Numbers(ExportStanding& standing) : standing_(standing) { standing_.gap_free = true; }

  void saw(std::int64_t number) {
    if (number > expected_) missing(expected_, number - 1);
    if (number < expected_) standing_.gap_free = false;
    expected_ = number + 1;
  }
  /// Nothing behind the last one may be missing either.
  void end(std::int64_t last) {
    if (last >= expected_) missing(expected_, last);
    expected_ = last + 1;
  }

 private:
  void missing(std::int64_t first, std::int64_t last) {
    standing_.gap_free = false;
    if (standing_.gaps.size() < limits::export_gaps_named) standing_.gaps.emplace_back(first, last);
  }

  ExportStanding& standing_;
  std::int64_t expected_ = 1;
};

class SqliteExport : public RowExport {
 public:
  SqliteExport(Database& database, const ExportQuestion& question) : database_(database) {
    const Snapshot snapshot(database_);
    standing_.schema = static_cast<int>(database_.integer("PRAGMA user_version"));
    standing_.up_to_notice = database_.integer("SELECT max(number) FROM notices");
    auto last = database_.prepare("SELECT sequence, at FROM events ORDER BY sequence DESC LIMIT 1");
    if (last.step()) standing_.up_to_event = {last.integer(0), from_unix_ms(last.integer(1))};
    standing_.read_until = standing_.up_to_event.sequence;
    if (question.filter.filters_nothing()) numbers_.emplace(standing_);
  }

  Result<bool> step(const Sink& sink) final {
    try {
      const Snapshot snapshot(database_);
      const bool more = read(sink);
      standing_.read_until = database_.integer("SELECT max(sequence) FROM events");
      return more;
    } catch (const SqliteError& error) {
      const bool busy = error.kind() == SqliteError::Kind::busy;
      return Error{busy ? ErrorKind::unavailable : ErrorKind::broken,
                   std::string("the journal cannot be read: ") + error.what()};
    }
  }
  const ExportStanding& standing() const final { return standing_; }

 protected:
  virtual bool read(const Sink& sink) = 0;

  Database& database_;
  ExportStanding standing_;
  std::optional<Numbers> numbers_;  ///< where nothing is filtered, so that all must be there
};

/// What goes notice by notice.
class NoticeByNotice : public SqliteExport {
 public:
  NoticeByNotice(Database& database, const ExportQuestion& question)
      : SqliteExport(database, question), walk_(database, question.filter, standing_.up_to_notice) {
    if (!question.filter.account && !question.filter.address) standing_.total = standing_.up_to_notice;
  }

 protected:
  /// Hands on what belongs to one notice; false: that was enough for this step.
  virtual bool rows_of(NoticeNumber number, const Sink& sink) = 0;

 private:
  bool read(const Sink& sink) final {
    if (next_ == numbers_to_read_.size() && !walk_.ended()) {
      numbers_to_read_ = walk_.next();
      next_ = 0;
    }
    bool enough = false;
    while (next_ < numbers_to_read_.size() && !enough) {
      const NoticeNumber number = numbers_to_read_[next_++];
      if (numbers_) numbers_->saw(number);
      enough = !rows_of(number, sink);
      standing_.done = number;
    }
    const bool more = next_ < numbers_to_read_.size() || !walk_.ended();
    if (!more) {
      standing_.done = standing_.total;
      if (numbers_) numbers_->end(standing_.up_to_notice);
    }
    return more;
  }

  NoticeWalk walk_;
  std::vector<NoticeNumber> numbers_to_read_;
  std::size_t next_ = 0;
};

class NoticeExport final : public NoticeByNotice {
 public:
  NoticeExport(Database& database, const ExportQuestion& question)
      : NoticeByNotice(database, question), rows_(database, question.unmasked) {}

 private:
  bool rows_of(NoticeNumber number, const Sink& sink) override {
    bool go_on = true;
    rows_.of(number, [&](std::span<const ExportValue> row) { go_on = sink(row); });
    return go_on;
  }

  NoticeRows rows_;
};

void note(ExportStanding& standing, std::int64_t sequence) {
  if (standing.first_sequence == 0) standing.first_sequence = sequence;
  standing.first_sequence = std::min(standing.first_sequence, sequence);
  standing.last_sequence = std::max(standing.last_sequence, sequence);
}

class EventsOfNotices final : public NoticeByNotice {
 public:
  EventsOfNotices(Database& database, const ExportQuestion& question)
      : NoticeByNotice(database, question), rows_(database) {}

 private:
  bool rows_of(NoticeNumber number, const Sink& sink) override {
    bool go_on = true;
    rows_.of(number, standing_.up_to_event.sequence,
             [&](std::int64_t sequence, std::span<const ExportValue> row) {
               note(standing_, sequence);
               go_on = sink(row);
               return true;
             });
    return go_on;
  }

  EventRows rows_;
};

class AllEvents final : public SqliteExport {
 public:
  AllEvents(Database& database, const ExportQuestion& question)
      : SqliteExport(database, question), rows_(database) {
    standing_.total = standing_.up_to_event.sequence;
  }

 private:
  bool read(const Sink& sink) override {
    int count = 0;
    bool enough = false;
    rows_.behind(at_, standing_.total, limits::export_window,
                 [&](std::int64_t sequence, std::span<const ExportValue> row) {
                   ++count;
                   at_ = sequence;
                   numbers_->saw(sequence);
                   note(standing_, sequence);
                   enough = !sink(row);
                   return !enough;
                 });
    standing_.done = std::max<std::int64_t>(at_, 0);
    const bool more = enough || count == limits::export_window;
    if (!more) numbers_->end(standing_.total);
    return more;
  }

  EventRows rows_;
  std::int64_t at_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace

Result<std::unique_ptr<RowExport>> start_sqlite_export(Database& database, const ExportQuestion& question) {
  try {
    std::unique_ptr<RowExport> started;
    if (question.rows == ExportRows::notices) {
      started = std::make_unique<NoticeExport>(database, question);
    } else if (!question.filter.filters_nothing()) {
      started = std::make_unique<EventsOfNotices>(database, question);
    } else {
      started = std::make_unique<AllEvents>(database, question);
    }
    return started;
  } catch (const SqliteError& error) {
    return Error{ErrorKind::broken, std::string("the journal cannot be read: ") + error.what()};
  }
}

}  // namespace duenotice
