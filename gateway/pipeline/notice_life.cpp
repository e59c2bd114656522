#include "gateway/pipeline/notice_life.hpp"

#include "gateway/pipeline/scene.hpp"

namespace duenotice {

NoticeLife::Scene NoticeLife::load(Transaction& tx, NoticeNumber number) const {
  Scene scene{.notice = tx.notice(number), .deliveries = tx.deliveries(number)};
  scene.as_stored = scene.deliveries;
  auto zone = TimeZone::load(scene.notice.time_zone);
  DN_ASSERT(zone.ok());
  scene.zone = std::move(*zone);
  return scene;
}

void NoticeLife::save(Transaction& tx, Scene& scene) const {
  for (std::size_t i = 0; i < scene.deliveries.size(); ++i) {
    if (scene.deliveries[i] != scene.as_stored[i]) tx.update_delivery(scene.deliveries[i]);
  }
  scene.notice.state = notice_state(scene.notice.deemed.has_value(), scene.standings());
  tx.update_notice(scene.notice);
}

void NoticeLife::note(Transaction& tx, const Scene& scene, std::string_view type, Json facts) const {
  tx.append_event(
      {.type = type, .notice_id = scene.notice.id, .at = clock_.now(), .facts = std::move(facts)});
}

int NoticeLife::recover(Transaction& tx, int most, AfterCommit& after) const {
#ifdef DUENOTICE_SABOTAGE_SKIP_INTENT_COMMIT
  // What a restart would see without the intent's commit: a due delivery that nobody tried. The kill test
  // must notice.
  constexpr Outcome interrupted_outcome = Outcome::not_started;
#else
  constexpr Outcome interrupted_outcome = Outcome::unknown;
#endif
  const std::vector<Attempt> interrupted = tx.interrupted_attempts(most);
  for (const Attempt& attempt : interrupted) {
    record_outcome(tx, attempt.id,
                   {.outcome = interrupted_outcome, .code = "interrupted", .reply = {}, .retry_after = {}},
                   clock_.now(), after);
  }
  return static_cast<int>(interrupted.size());
}

void NoticeLife::record_overrun(Transaction& tx, Instant shown_at, Instant committed_at) const {
  tx.append_event(
      {.type = events::commit_overran,
       .notice_id = "",
       .at = committed_at,
       .facts = Json::Object{{"shown_at", to_text(shown_at)}, {"committed_at", to_text(committed_at)}}});
}

}  // namespace duenotice
