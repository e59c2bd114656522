#pragma once
#include "gateway/base/sqlite.hpp"
#include "gateway/journal/journal_reader.hpp"

namespace duenotice {

/// Reads a notice with everything that hangs on it. What it costs depends on that notice alone.
class NoticeFileReader {
 public:
  /// `database` outlives this object.
  explicit NoticeFileReader(sqlite::Database& database);

  /// Everything about `notice`, which a statement with `rows::notice_columns` has just read.
  NoticeFile read(Notice notice);

 private:
  std::vector<Replay> replays(const NoticeFile& file);
  std::vector<Act> acts(const NoticeFile& file);

  sqlite::Statement deliveries_, attempts_, renderings_, receipts_, further_sendings_, job_, act_, acts_;
  sqlite::Statement released_, events_;
};

}  // namespace duenotice
