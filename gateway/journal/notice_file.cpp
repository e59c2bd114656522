#include "gateway/journal/notice_file.hpp"

#include <algorithm>
#include <set>

#include "gateway/journal/rows.hpp"

namespace duenotice {
namespace {

using sqlite::Statement;

Statement prepared(sqlite::Database& database, std::string_view columns, const std::string& from) {
  return database.prepare(rows::select(columns, from));
}

}  // namespace

NoticeFileReader::NoticeFileReader(sqlite::Database& database)
    : deliveries_(prepared(database, rows::delivery_columns, "deliveries WHERE notice = ?")),
      attempts_(
          prepared(database, rows::attempt_columns, "attempts WHERE notice = ? ORDER BY channel, number")),
      renderings_(prepared(database, rows::rendering_columns,
                           "renderings WHERE notice = ? ORDER BY channel, revision")),
      receipts_(prepared(database, rows::receipt_columns, "receipts WHERE attempt = ? ORDER BY at, receipt")),
      further_sendings_(database.prepare("SELECT job FROM resends WHERE notice = ?")),
      job_(database.prepare("SELECT j.id, j.act, a.id FROM jobs AS j JOIN acts AS a USING (act) "
                            "WHERE j.job = ?")),
      act_(prepared(database, rows::act_columns, "acts WHERE act = ?")),
      acts_(prepared(database, rows::act_columns, "acts WHERE notice = ?")),
      released_(database.prepare("SELECT act FROM rejections WHERE became = ? AND act IS NOT NULL")),
      events_(database.prepare(
          "SELECT sequence, at, type, bytes FROM events WHERE notice = ? ORDER BY sequence")) {}

NoticeFile NoticeFileReader::read(Notice notice) {
  const NoticeNumber number = notice.number;
  NoticeFile file;
  file.notice = std::move(notice);
  file.deliveries = rows::by_position(rows::all(deliveries_.bind(1, number), rows::read_delivery));
  file.attempts = rows::all(attempts_.bind(1, number), rows::read_attempt);
  file.renderings = rows::all(renderings_.bind(1, number), rows::read_rendering);
  for (const Attempt& attempt : file.attempts) {
    for (Receipt& receipt : rows::all(receipts_.bind(1, attempt.id), rows::read_receipt))
      file.receipts.push_back(std::move(receipt));
  }
  file.replays = replays(file);
  file.acts = acts(file);
  file.events = rows::all(events_.bind(1, number), [](const Statement& row) {
    return StoredEvent{row.integer(0), from_unix_ms(row.integer(1)), row.text(2), row.text(3)};
  });
  return file;
}

std::vector<Replay> NoticeFileReader::replays(const NoticeFile& file) {
  std::set<JobNumber> jobs;
  for (const Attempt& attempt : file.attempts) {
    if (attempt.job) jobs.insert(*attempt.job);
  }
  for (const Delivery& delivery : file.deliveries) {
    if (delivery.job) jobs.insert(*delivery.job);
  }
  further_sendings_.bind(1, file.notice.number);
  while (further_sendings_.step()) jobs.insert(further_sendings_.integer(0));
  std::vector<Replay> replays;
  for (const JobNumber job : jobs) {
    auto replay = rows::one(job_.bind(1, job), [&](const Statement& row) {
      return Replay{job, row.text(0), row.integer(1), row.text(2)};
    });
    if (replay) replays.push_back(*std::move(replay));
  }
  return replays;
}

/// Those about this notice, those that asked for a replay it was in, and the release of the rejected request
/// that became it.
std::vector<Act> NoticeFileReader::acts(const NoticeFile& file) {
  std::vector<Act> acts = rows::all(acts_.bind(1, file.notice.number), rows::read_act);
  for (const Replay& replay : file.replays) {
    const auto same = [&](const Act& act) { return act.number == replay.act; };
    if (std::any_of(acts.begin(), acts.end(), same)) continue;
    if (auto act = rows::one(act_.bind(1, replay.act), rows::read_act)) acts.push_back(*std::move(act));
  }
  released_.bind(1, file.notice.id);
  while (released_.step()) {
    if (auto act = rows::one(act_.bind(1, released_.integer(0)), rows::read_act))
      acts.push_back(*std::move(act));
  }
  std::sort(acts.begin(), acts.end(), [](const Act& a, const Act& b) { return a.number < b.number; });
  return acts;
}

}  // namespace duenotice
