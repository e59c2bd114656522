#include "gateway/journal/notice_walk.hpp"

#include <algorithm>
#include <limits>

#include "gateway/base/limits.hpp"
#include "gateway/journal/notice_terms.hpp"

namespace duenotice {
namespace {

/// `?1` and `?2` are the place behind which it goes on, `?3` the last number, `?4` the most rows, `?5` the
/// address.
constexpr int first_of_terms = 6;

std::string statement(const AuditFilter& filter) {
  const std::string terms = NoticeTerms(filter, first_of_terms).sql();
  if (filter.address) {
    return "SELECT 0, n.number FROM (SELECT DISTINCT notice FROM renderings INDEXED BY renderings_by_address "
           "WHERE address = ?5 AND notice > ?2 AND notice <= ?3) AS a "
           "CROSS JOIN notices AS n ON n.number = a.notice WHERE true" +
           terms + " ORDER BY n.number LIMIT ?4";
  }
  if (filter.account) {
    return "SELECT n.accepted_at, n.number FROM notices AS n INDEXED BY notices_by_account "
           "WHERE (n.accepted_at, n.number) > (?1, ?2) AND n.number <= ?3" +
           terms + " ORDER BY n.accepted_at, n.number LIMIT ?4";
  }
  return "SELECT 0, n.number FROM notices AS n WHERE n.number > ?2 AND n.number <= ?3" + terms +
         " ORDER BY n.number LIMIT ?4";
}

}  // namespace

NoticeWalk::NoticeWalk(sqlite::Database& database, const AuditFilter& filter, NoticeNumber last)
    : filter_(filter),
      last_(last),
      statement_(database.prepare(statement(filter))),
      key_(filter.account && !filter.address ? std::numeric_limits<std::int64_t>::min() : 0) {}

std::vector<NoticeNumber> NoticeWalk::next() {
  return filter_.account || filter_.address ? of_index() : of_window();
}

/// At most `export_window` notices are looked at, whether they fit or not.
std::vector<NoticeNumber> NoticeWalk::of_window() {
  const NoticeNumber end = std::min(last_, window_ + limits::export_window);
  statement_.bind(1, 0).bind(2, window_).bind(3, end).bind(4, limits::export_window);
  NoticeTerms(filter_, first_of_terms).bind(statement_);
  std::vector<NoticeNumber> numbers;
  while (statement_.step()) numbers.push_back(statement_.integer(1));
  window_ = end;
  ended_ = window_ >= last_;
  return numbers;
}

std::vector<NoticeNumber> NoticeWalk::of_index() {
  statement_.bind(1, key_).bind(2, number_).bind(3, last_).bind(4, limits::export_window);
  if (filter_.address) statement_.bind(5, *filter_.address);
  NoticeTerms(filter_, first_of_terms).bind(statement_);
  std::vector<NoticeNumber> numbers;
  while (statement_.step()) {
    key_ = statement_.integer(0);
    numbers.push_back(statement_.integer(1));
  }
  if (!numbers.empty()) number_ = numbers.back();
  ended_ = numbers.size() < static_cast<std::size_t>(limits::export_window);
  return numbers;
}

}  // namespace duenotice
