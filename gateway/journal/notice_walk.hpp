#pragma once
#include <vector>

#include "gateway/base/sqlite.hpp"
#include "gateway/journal/audit.hpp"

namespace duenotice {

/// Goes through the notices that fit a filter in the order of acceptance, a few at a time, up to a number
/// that is fixed at its beginning. An account or an address is walked along its own index; any other filter
/// looks at every notice, a bounded number of them a step. Its place is a key that never changes, so that a
/// notice comes once however much is committed meanwhile.
class NoticeWalk {
 public:
  /// `database` outlives this object.
  NoticeWalk(sqlite::Database& database, const AuditFilter& filter, NoticeNumber last);

  /// The next ones; they may be none though there are more. To be called in a snapshot.
  std::vector<NoticeNumber> next();
  bool ended() const { return ended_; }
  /// Every notice up to this number has been looked at; 0 along an index.
  NoticeNumber looked_at() const { return window_; }

 private:
  std::vector<NoticeNumber> of_window();
  std::vector<NoticeNumber> of_index();

  const AuditFilter filter_;
  const NoticeNumber last_;
  sqlite::Statement statement_;
  NoticeNumber window_ = 0;
  std::int64_t key_;  ///< along an index: where it has come, with `number_`
  NoticeNumber number_ = 0;
  bool ended_ = false;
};

}  // namespace duenotice
