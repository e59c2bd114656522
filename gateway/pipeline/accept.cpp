// Step 5: a judged message becomes a notice, a duplicate or a rejection.
#include <algorithm>

#include "gateway/base/words.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

Json accepted_facts(const Draft& draft) {
  const Notice& notice = draft.notice;
  Json deliveries = Json::array();
  for (std::size_t i = 0; i < draft.deliveries.size(); ++i) {
    const Delivery& delivery = draft.deliveries[i];
    deliveries.push_back(Json::Object{{"channel", to_text(delivery.channel)},
                                      {"counts", delivery.counts},
                                      {"sandbox", delivery.sandbox},
                                      {"template", draft.renderings[i].template_digest.hex()}});
  }
  Json facts = Json::Object{{"agreement", notice.agreement},
                            {"agreement_version", notice.agreement_version},
                            {"agreement_digest", notice.agreement_digest.hex()},
                            {"kind", notice.kind},
                            {"clause", notice.clause},
                            {"required", notice.required},
                            {"deliveries", std::move(deliveries)}};
  Json also = Json::array();
  for (const std::string& clause : separated(notice.also_clauses)) also.push_back(clause);
  if (!notice.also_clauses.empty()) facts["also_clauses"] = std::move(also);
  add_dates(facts, notice);
  if (notice.must_be_sent_by) facts["calendar"] = notice.calendar;
  return facts;
}

}  // namespace

TakenIn NoticeLife::take_in(Transaction& tx, const queue::Message& message, const Judgement& judgement,
                            AfterCommit& after) const {
  if (const auto known = take_in_again(tx, message, judgement)) return *known;
  if (const auto* ended = std::get_if<AccountEnded>(&judgement.verdict))
    return take_in_end(tx, message, judgement, *ended);
  if (judgement.sequence) tx.note_sequence(*judgement.sequence);
  if (judgement.identity) {
    // A claimed identity decides first: a late redelivery of an accepted notice is its duplicate, whatever
    // the agreement would say about it today.
    if (const auto claimed = tx.claimed(judgement.identity->source, judgement.identity->id)) {
      if (claimed->request_digest == judgement.identity->digest) return TakenIn::duplicate;
      return reject(
          tx, message,
          {RejectionCode::conflict, "",
           "notice " + claimed->notice_id +
               " was accepted under this source and id with another content; publish the new content "
               "under an id of its own"},
          judgement);
    }
  }
  if (const auto* rejection = std::get_if<Rejection>(&judgement.verdict)) {
    return reject(tx, message, *rejection, judgement);
  }
  return accept(tx, std::get<Draft>(judgement.verdict), after);
}

/// Nobody can say any more what it asked for: it was answered once, and that is all that is known.
std::optional<TakenIn> NoticeLife::take_in_again(Transaction& tx, const queue::Message& message,
                                                 const Judgement& judgement) const {
  if (!judgement.identity) return std::nullopt;
  const auto& [source, id, digest] = *judgement.identity;
  const Remains remains = tx.remains_of(source, id, digest);
  if (remains == Remains::nothing) return std::nullopt;
  if (judgement.sequence) tx.note_sequence({source, judgement.sequence->number, tx.nameless(source, id)});
  if (remains == Remains::same) return TakenIn::duplicate;
  return reject(
      tx, message,
      {RejectionCode::conflict, "",
       "something with another content was taken under this source and id before; publish this under an "
       "id of its own"},
      judgement);
}

/// Of the event itself nothing is kept but that it came.
TakenIn NoticeLife::take_in_end(Transaction& tx, const queue::Message& message, const Judgement& judgement,
                                const AccountEnded& ended) const {
  if (tx.claimed(ended.source, ended.id)) {
    if (judgement.sequence) tx.note_sequence(*judgement.sequence);
    return reject(tx, message,
                  {RejectionCode::conflict, "",
                   "a notice was accepted under this source and id; publish this under an id of its own"},
                  judgement);
  }
  tx.leave_tombstone(ended.source, ended.id, ended.digest);
  if (judgement.sequence) {
    tx.note_sequence({ended.source, judgement.sequence->number, tx.nameless(ended.source, ended.id)});
  }
  tx.set_account_ended(ended.account, ended.on);
  const std::string identity = canonical_json(Json::Array{ended.source, ended.id});
  tx.append_event({.type = events::account_ended,
                   .notice_id = "",
                   .at = clock_.now(),
                   .facts = Json::Object{{"on", to_text(ended.on)}},
                   .protected_fields = {{"account", ended.account}, {"request_id", identity}},
                   .subject = tx.subject_of_account(ended.account)});
  return TakenIn::noted;
}

TakenIn NoticeLife::accept(Transaction& tx, const Draft& draft, AfterCommit& after) const {
  Scene scene{.notice = draft.notice, .deliveries = draft.deliveries};
  Notice& notice = scene.notice;
  notice.state = notice_state(false, scene.standings());
  if (notice.must_be_sent_by || notice.dates_hold_until) scene.zone = zone_of(notice);
  notice.number = tx.insert_notice(notice, draft.request_json);
  for (Delivery& delivery : scene.deliveries) {
    delivery.notice = notice.number;
    delivery.state_since = notice.accepted_at;
    delivery.start_by = last_start(scene, delivery);
    tx.insert_delivery(delivery);
  }
  const std::string identity = canonical_json(Json::Array{notice.source, notice.request_id});
  std::vector<ProtectedField> fields = {
      {"account", notice.account_id},
      {"request_id", identity},
      {"request", draft.request_json, PayloadPlace::request, notice.number}};
  std::vector<Rendering> renderings = draft.renderings;
  for (Rendering& rendering : renderings) {
    rendering.notice = notice.number;
    protect(fields, rendering, tx.insert_rendering(rendering));
  }
  note(tx, scene, events::accepted, accepted_facts(draft), std::move(fields));
  for (const Draft::LeftOut& left_out : draft.left_out) {
    note(tx, scene, events::channel_left_out,
         Json::Object{{"channel", to_text(left_out.channel)},
                      {"counts", left_out.counts},
                      {"reason", reasons::does_not_fit}});
  }
  if (draft.moved_from) {
    note(tx, scene, events::effective_date_moved,
         Json::Object{{"from", to_text(*draft.moved_from)},
                      {"to", to_text(*notice.effective_date)},
                      {"calendar", notice.calendar}});
  }
  if (notice.state != NoticeState::accepted) note_state(tx, scene);
  const Instant now = clock_.now();
  for (const Delivery& delivery : scene.deliveries) {
    const std::string_view channel = to_text(delivery.channel);
    if (delivery.state == DeliveryState::held) {
      note(tx, scene, events::delivery_held, Json::Object{{"channel", channel}, {"reason", delivery.reason}});
    } else if (delivery.due_at && delivery.channel == Channel::in_site && *delivery.due_at <= now) {
      start(tx, delivery, false, after);
    } else if (delivery.due_at) {
      after.due.push_back({delivery.channel, *delivery.due_at});
    }
  }
  return TakenIn::accepted;
}

TakenIn NoticeLife::reject(Transaction& tx, const queue::Message& message, const Rejection& rejection,
                           const Judgement& judgement) const {
  const RejectedRequest row = intake_.rejected_row(message, rejection, judgement);
  if (tx.was_erased(row.body_digest)) return TakenIn::duplicate;
  const auto number = tx.insert_rejection(row);
  if (!number) return TakenIn::rejected_before;
  tx.append_event(
      {.type = events::rejected,
       .notice_id = "",
       .at = row.at,
       .facts = Json::Object{{"rejection", row.id}, {"code", row.code}, {"bytes", row.body_bytes}},
       .protected_fields = {{"body", row.body, PayloadPlace::body, *number}},
       .subject = tx.subject_of_rejection(*number)});
  return TakenIn::rejected;
}

}  // namespace duenotice
