#include "gateway/pipeline/notice_life.hpp"

#include "gateway/pipeline/scene.hpp"

namespace duenotice {

NoticeLife::Scene NoticeLife::load(Transaction& tx, NoticeNumber number) const {
  Scene scene{.notice = tx.notice(number), .deliveries = tx.deliveries(number)};
  scene.as_stored = scene.deliveries;
  scene.state_as_stored = scene.notice.state;
  scene.zone = zone_of(scene.notice);
  return scene;
}

void NoticeLife::save(Transaction& tx, Scene& scene) const {
  for (std::size_t i = 0; i < scene.deliveries.size(); ++i) {
    Delivery& delivery = scene.deliveries[i];
    if (delivery.state != scene.as_stored[i].state) delivery.state_since = clock_.now();
    delivery.start_by = last_start(scene, delivery);
    if (delivery != scene.as_stored[i]) tx.update_delivery(delivery);
  }
  scene.notice.state = notice_state(scene.notice.deemed.has_value(), scene.standings());
  tx.update_notice(scene.notice);
  if (scene.notice.state != scene.state_as_stored) note_state(tx, scene);
}

/// For the states that a publisher acts on and that no other event names.
void NoticeLife::note_state(Transaction& tx, const Scene& scene) const {
  std::string_view type;
  switch (scene.notice.state) {
    case NoticeState::held:
      type = events::notice_held;
      break;
    case NoticeState::failed:
      type = events::notice_failed;
      break;
    case NoticeState::cancelled:
      type = events::notice_cancelled;
      break;
    default:
      return;
  }
  const std::vector<DeliveryStanding> standings = scene.standings();
  const auto sent = anything_sent(standings);
  Json deliveries = Json::array();
  for (const Delivery& delivery : scene.deliveries) {
    deliveries.push_back(Json::Object{{"channel", to_text(delivery.channel)},
                                      {"state", to_text(delivery.state)},
                                      {"reason", delivery.reason},
                                      {"code", delivery.last_code}});
  }
  const ResendSafety safety = resend_safety(scene.notice.state, standings);
  Json facts = Json::Object{{"sent_anything", sent ? Json(*sent) : Json()},
                            {"resend_safe", safety.safe},
                            {"resend_why", safety.why},
                            {"next_actor", to_text(next_actor(scene.notice))},
                            {"deliveries", std::move(deliveries)}};
  add_dates(facts, scene.notice);
  note(tx, scene, type, std::move(facts));
}

void NoticeLife::note(Transaction& tx, const Scene& scene, std::string_view type, Json facts,
                      std::vector<ProtectedField> protected_fields) const {
  tx.append_event({.type = type,
                   .notice_id = scene.notice.id,
                   .at = clock_.now(),
                   .facts = std::move(facts),
                   .protected_fields = std::move(protected_fields)});
}

void NoticeLife::protect(std::vector<ProtectedField>& fields, const Rendering& rendering,
                         std::int64_t content) {
  const std::string channel(to_text(rendering.channel));
  fields.push_back({channel + ".address", rendering.address});
  fields.push_back({channel + ".content", rendering.content, PayloadPlace::content, content});
}

void NoticeLife::record_overrun(Transaction& tx, Instant shown_at, Instant committed_at) const {
  tx.append_event(
      {.type = events::commit_overran,
       .notice_id = "",
       .at = committed_at,
       .facts = Json::Object{{"shown_at", to_text(shown_at)}, {"committed_at", to_text(committed_at)}}});
}

}  // namespace duenotice
