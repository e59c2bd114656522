#include "gateway/app/notice_json.hpp"

#include <algorithm>

#include "gateway/app/terminal.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice::app {

namespace {

Json word_list(std::string_view joined) {
  Json list = Json::array();
  for (const std::string& word : separated(joined)) list.push_back(word);
  return list;
}

template <class Value>
Json text_or_null(const std::optional<Value>& value) {
  return value ? Json(to_text(*value)) : Json();
}

Json word_or_null(const std::string& word) { return word.empty() ? Json() : Json(as_utf8(word)); }

Json deemed_by(const std::optional<DeemedDelivery>& deemed) {
  if (!deemed) return Json();
  Json basis = Json::object();
  basis["rule"] = deemed->rule;
  basis["clause"] = deemed->clause;
  basis["channel"] = to_text(deemed->channel);
  basis["attempt"] = deemed->attempt;
  return basis;
}

template <class Answer>
Json yes_no_or_null(const std::optional<Answer>& answer) {
  return answer ? Json(*answer) : Json();
}

/// Of somebody who was erased nothing can be sent, whatever became of it before.
Json safety_json(const ResendSafety& safety, bool erased) {
  return Json(Json::Object{{"safe", safety.safe && !erased},
                           {"why", erased ? std::string(erased_why) : std::string(safety.why)}});
}

/// What is erased is null, as what was never there; `erased` beside it tells the two apart.
Json unless_erased(bool erased, Json value) { return erased ? Json() : std::move(value); }

Json receipts_json(const NoticeFile& file, const Attempt& attempt) {
  Json list = Json::array();
  for (const Receipt& receipt : file.receipts) {
    if (receipt.attempt != attempt.id) continue;
    Json json = Json::object();
    json["kind"] = to_text(receipt.kind);
    json["at"] = to_text(receipt.at);
    json["provider_id"] = word_or_null(receipt.provider_id);
    json["report"] = word_or_null(receipt.report);
    list.push_back(std::move(json));
  }
  return list;
}

Json attempt_json(const NoticeFile& file, const Attempt& attempt) {
  Json json = Json::object();
  json["number"] = attempt.number;
  json["revision"] = attempt.revision;
  json["started_at"] = to_text(attempt.started_at);
  json["ended_at"] = text_or_null(attempt.ended_at);
  json["outcome"] = text_or_null(attempt.outcome);
  json["code"] = word_or_null(attempt.code);
  json["reply"] = word_or_null(attempt.reply);
  json["message_id"] = Json();
  for (const Rendering& rendering : file.renderings) {
    if (rendering.channel != attempt.channel || rendering.revision != attempt.revision) continue;
    json["message_id"] = word_or_null(rendering.message_id);
  }
  json["possible_duplicate"] = attempt.possible_duplicate;
  json["probe"] = attempt.probe;
  json["provider_id"] = word_or_null(attempt.provider_id);
  json["replay"] = Json();
  for (const Replay& replay : file.replays) {
    if (attempt.job == replay.number) json["replay"] = replay.id;
  }
  json["receipts"] = receipts_json(file, attempt);
  return json;
}

Json rendering_json(const NoticeFile& file, const Rendering& rendering) {
  Json json = Json::object();
  json["channel"] = to_text(rendering.channel);
  json["revision"] = rendering.revision;
  json["reason"] = rendering.reason;
  json["made_at"] = to_text(rendering.made_at);
  json["address_masked"] = word_or_null(rendering.address_masked);
  json["message_id"] = word_or_null(rendering.message_id);
  json["sha256"] = unless_erased(file.notice.erased, rendering.digest.hex());
  json["template_sha256"] = rendering.template_digest.hex();
  json["sent_by_attempts"] = Json::array();
  for (const Attempt& attempt : file.attempts) {
    const bool sent = attempt.channel == rendering.channel && attempt.revision == rendering.revision &&
                      attempt.outcome == Outcome::sent;
    if (sent) json["sent_by_attempts"].push_back(attempt.number);
  }
  return json;
}

Json act_json(const NoticeFile& file, const Act& act) {
  Json json = Json::object();
  json["act_id"] = act.id;
  json["at"] = to_text(act.at);
  json["what"] = act.what;
  json["operator"] = as_utf8(act.operator_name);
  json["erased"] = act.erased;
  json["reason"] = unless_erased(act.erased, as_utf8(act.reason));
  json["channel"] = text_or_null(act.channel);
  json["statement"] = word_or_null(act.statement);
  json["evidence_name"] = word_or_null(act.evidence_name);
  json["evidence_sha256"] =
      act.evidence_digest ? unless_erased(act.erased, act.evidence_digest->hex()) : Json();
  json["replay"] = Json();
  for (const Replay& replay : file.replays) {
    if (replay.act == act.number) json["replay"] = replay.id;
  }
  return json;
}

Json delivery_json(const NoticeFile& file, const Delivery& delivery) {
  Json json = Json::object();
  json["channel"] = to_text(delivery.channel);
  json["counts"] = delivery.counts;
  json["address_masked"] = word_or_null(delivery.address_masked);
  json["state"] = to_text(delivery.state);
  json["reason"] = word_or_null(delivery.reason);
  json["due_at"] = text_or_null(delivery.due_at);
  json["sandbox"] = delivery.sandbox;
  json["revision"] = delivery.revision;
  json["attempts"] = Json::array();
  for (const Attempt& attempt : file.attempts) {
    if (attempt.channel == delivery.channel) json["attempts"].push_back(attempt_json(file, attempt));
  }
  const DeliveryAnswers answers = answers_of(delivery, file.notice.state, is_late_unasked(file.notice));
  json["sent"] = yes_no_or_null(answers.sent);
  json["resend_safe"] = safety_json(answers.resend, file.notice.erased);
  json["next_actor"] = to_text(file.notice.erased ? NextActor::nobody : answers.actor);
  return json;
}

}  // namespace

std::vector<DeliveryStanding> standings(const std::vector<Delivery>& deliveries) {
  std::vector<DeliveryStanding> all;
  for (const Delivery& delivery : deliveries) all.push_back(standing_of(delivery));
  return all;
}

Json summary_json(const Notice& notice, const std::vector<Delivery>& deliveries) {
  const std::vector<DeliveryStanding> all = standings(deliveries);
  const ResendSafety safety = resend_safety(notice.state, all);
  Json json = Json::object();
  json["notice_id"] = notice.id;
  json["erased"] = notice.erased;
  json["source"] = unless_erased(notice.erased, notice.source);
  json["request_id"] = unless_erased(notice.erased, notice.request_id);
  json["agreement"] = notice.agreement;
  json["agreement_version"] = notice.agreement_version;
  json["agreement_sha256"] = notice.agreement_digest.hex();
  json["kind"] = notice.kind;
  json["clause"] = notice.clause;
  json["also_clauses"] = word_list(notice.also_clauses);
  json["channels_left_out"] = word_list(notice.channels_left_out);
  json["account_id"] = unless_erased(notice.erased, notice.account_id);
  json["reference"] = notice.reference ? Json(*notice.reference) : Json();
  json["state"] = to_text(notice.state);
  json["sandbox"] = notice.sandbox;
  json["accepted_at"] = to_text(notice.accepted_at);
  json["effective_date"] = text_or_null(notice.effective_date);
  json["earliest_effective_date"] = text_or_null(notice.earliest_effective_date);
  json["must_be_sent_by"] = text_or_null(notice.must_be_sent_by);
  json["dates_hold_until"] = text_or_null(notice.dates_hold_until);
  json["lead_time_broken"] = notice.lead_time_broken;
  json["deemed_delivered_at"] = notice.deemed ? Json(to_text(notice.deemed->at)) : Json();
  json["deemed_delivered_on"] = notice.deemed ? Json(to_text(notice.deemed->on)) : Json();
  json["time_zone"] = notice.time_zone;
  json["deemed_by"] = deemed_by(notice.deemed);
  json["calendar"] = notice.calendar;
  json["late_accepted"] = notice.late_accepted;
  json["late_known"] = notice.late_known;
  json["send_not_before"] = notice.not_before ? Json(to_text(*notice.not_before)) : Json();
  json["sent_anything"] = yes_no_or_null(anything_sent(all));
  json["resend_safe"] = safety_json(safety, notice.erased);
  json["next_actor"] = to_text(next_actor(notice));
  return json;
}

Json file_json(const NoticeFile& file) {
  Json json = summary_json(file.notice, file.deliveries);
  json["deliveries"] = Json::array();
  for (const Delivery& delivery : file.deliveries)
    json["deliveries"].push_back(delivery_json(file, delivery));
  json["renderings"] = Json::array();
  for (const Rendering& rendering : file.renderings)
    json["renderings"].push_back(rendering_json(file, rendering));
  json["acts"] = Json::array();
  for (const Act& act : file.acts) json["acts"].push_back(act_json(file, act));
  json["events"] = Json::array();
  for (const StoredEvent& event : file.events) {
    Json entry = Json::object();
    entry["sequence"] = event.sequence;
    entry["at"] = to_text(event.at);
    entry["type"] = event.type;
    json["events"].push_back(std::move(entry));
  }
  return json;
}

Json inbox_json(const std::vector<InboxEntry>& entries) {
  Json list = Json::array();
  for (const InboxEntry& entry : entries) {
    Json json = Json::object();
    json["notice_id"] = entry.notice_id;
    json["shown_at"] = to_text(entry.message.shown_at);
    json["title"] = entry.message.title;
    json["body"] = entry.message.body;
    list.push_back(std::move(json));
  }
  return list;
}

NextActor actor_of(const RejectedRequest& request) {
  const bool open = request.state == RejectionState::open && !request.erased;
  return open ? NextActor::publisher : NextActor::nobody;
}

Json rejected_json(const std::vector<RejectedRequest>& requests) {
  Json list = Json::array();
  for (const RejectedRequest& request : requests) {
    Json json = Json::object();
    json["rejection_id"] = request.id;
    json["at"] = to_text(request.at);
    json["state"] = to_text(request.state);
    json["became"] = word_or_null(request.became);
    json["code"] = request.code;
    json["erased"] = request.erased;
    json["pointer"] = unless_erased(request.erased, as_utf8(request.pointer));
    json["message"] = unless_erased(request.erased, as_utf8(request.message));
    json["source"] = word_or_null(request.source);
    json["request_id"] = word_or_null(request.request_id);
    json["content_type"] = word_or_null(request.content_type);
    json["sent_anything"] = false;
    json["resend_safe"] = safety_json(rejected_resend(), request.erased);
    json["next_actor"] = to_text(actor_of(request));
    json["body_bytes"] = request.body_bytes;
    json["body_sha256"] = unless_erased(request.erased, request.body_digest.hex());
    list.push_back(std::move(json));
  }
  return list;
}

Json rejection_json(const RejectionFile& file) {
  Json json = std::move(rejected_json({file.request}).as_array()->front());
  json["body"] = unless_erased(file.request.erased, as_utf8(file.request.body));
  json["decision"] = Json();
  if (!file.act) return json;
  json["decision"] = Json::Object{{"act_id", file.act->id},
                                  {"at", to_text(file.act->at)},
                                  {"what", file.act->what},
                                  {"operator", as_utf8(file.act->operator_name)},
                                  {"reason", unless_erased(file.act->erased, as_utf8(file.act->reason))},
                                  {"edited", file.difference.has_value()},
                                  {"difference", Json()}};
  if (!file.difference) return json;
  if (auto patch = parse_json(*file.difference)) json["decision"]["difference"] = std::move(*patch);
  return json;
}

}  // namespace duenotice::app
