#include "gateway/pipeline/status_event.hpp"

#include <algorithm>
#include <array>

#include "gateway/base/assert.hpp"
#include "gateway/base/json_members.hpp"
#include "gateway/base/words.hpp"
#include "gateway/notice/delivery_answers.hpp"

namespace duenotice {
namespace {

constexpr std::array types{
    StatusType{"accepted", events::accepted},    StatusType{"rejected", events::rejected},
    StatusType{"held", events::notice_held},     StatusType{"deemed_delivered", events::deemed_delivered},
    StatusType{"failed", events::notice_failed}, StatusType{"cancelled", events::notice_cancelled}};

std::string published_type(std::string_view state) {
  return "duenotice.notice." + std::string(state) + ".v1";
}

/// The digits of the largest 64-bit number: sorted as texts, sequence numbers are in their order.
constexpr std::size_t sequence_digits = 19;

std::string sortable(std::int64_t sequence) {
  const std::string digits = std::to_string(sequence);
  return std::string(sequence_digits - digits.size(), '0') + digits;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json fact(const Json& facts, std::string_view name) {
  const Json* value = facts.find(name);
  return value == nullptr ? Json() : *value;
}

Json safety(const ResendSafety& safety) { return Json::Object{{"safe", safety.safe}, {"why", safety.why}}; }

Json words(std::string_view joined) {
  Json list = Json::array();
  for (const std::string& word : separated(joined)) list.push_back(word);
  return list;
}

void add_accepted(Json& data, const PublisherEvent::OfNotice& notice) {
  data["channels_left_out"] = words(notice.channels_left_out);
  data["sent_anything"] = false;
  data["resend_safe"] = safety(resend_safety(NoticeState::accepted, {}));
  data["next_actor"] = to_text(next_actor(NoticeState::accepted, false));
}

void add_deemed(Json& data, const Json& facts) {
  const bool broken = flag_at(facts, "lead_time_broken");
  data["deemed_delivered_at"] = fact(facts, "deemed_at");
  data["sandbox"] = fact(facts, "sandbox");
  data["deemed_delivered_on"] = fact(facts, "on");
  data["deemed_by"] = Json::Object{{"rule", fact(facts, "rule")},
                                   {"clause", fact(facts, "clause")},
                                   {"channel", fact(facts, "channel")},
                                   {"attempt", fact(facts, "attempt")}};
  data["lead_time_broken"] = broken;
  data["sent_anything"] = true;
  data["resend_safe"] = safety(resend_safety(NoticeState::deemed_delivered, {}));
  data["next_actor"] =
      to_text(next_actor(NoticeState::deemed_delivered, broken && !flag_at(facts, "late_accepted")));
}

/// Held, failed or cancelled: what was known about its deliveries at that moment stands in the event.
void add_stuck(Json& data, const Json& facts) {
  data["sent_anything"] = fact(facts, "sent_anything");
  data["resend_safe"] =
      Json::Object{{"safe", fact(facts, "resend_safe")}, {"why", fact(facts, "resend_why")}};
  data["next_actor"] = fact(facts, "next_actor");
  data["deliveries"] = fact(facts, "deliveries");
  Json::Array* deliveries = data["deliveries"].as_array();
  if (deliveries == nullptr) return;
  for (Json& delivery : *deliveries) {
    for (const std::string_view word : {"reason", "code"}) {
      const std::string* text = delivery[word].as_string();
      if (text != nullptr && text->empty()) delivery[word] = Json();
    }
  }
}

Json of_notice(const PublisherEvent::OfNotice& notice, const Json& facts, std::string_view type) {
  Json data = Json::Object{{"notice_id", notice.id},
                           {"source", notice.source},
                           {"request_id", notice.request_id},
                           {"reference", notice.reference ? Json(*notice.reference) : Json()},
                           {"agreement", notice.agreement},
                           {"agreement_version", notice.agreement_version},
                           {"kind", notice.kind},
                           {"clause", notice.clause},
                           {"also_clauses", words(notice.also_clauses)},
                           {"account_id", notice.account_id},
                           {"time_zone", notice.time_zone},
                           {"effective_date", fact(facts, "effective_date")},
                           {"must_be_sent_by", fact(facts, "must_be_sent_by")},
                           {"sandbox", notice.sandbox}};
  if (type == events::accepted) {
    add_accepted(data, notice);
  } else if (type == events::deemed_delivered) {
    add_deemed(data, facts);
  } else {
    add_stuck(data, facts);
  }
  return data;
}

Json of_rejection(const PublisherEvent::OfRejection& rejection) {
  return Json::Object{{"rejection_id", rejection.id},
                      {"source", text_or_null(rejection.source)},
                      {"request_id", text_or_null(rejection.request_id)},
                      {"code", rejection.code},
                      {"pointer", rejection.pointer},
                      {"message", rejection.message},
                      {"sent_anything", false},
                      {"resend_safe", safety(rejected_resend())},
                      {"next_actor", to_text(NextActor::publisher)}};
}

}  // namespace

std::span<const StatusType> status_types() { return types; }

std::optional<StatusType> find_status_type(std::string_view word) {
  for (const StatusType& type : types) {
    if (word == type.state || word == published_type(type.state)) return type;
  }
  return std::nullopt;
}

Result<queue::StatusEvent> status_event(const PublisherEvent& event, std::string_view source) {
  const auto type = std::find_if(types.begin(), types.end(),
                                 [&](const StatusType& each) { return each.in_history == event.type; });
  DN_ASSERT(type != types.end() && event.notice.has_value() != event.rejection.has_value());
  const auto facts = parse_json(event.bytes);
  if (!facts) {
    return Error{ErrorKind::broken, "event " + std::to_string(event.sequence) +
                                        " of the journal is damaged: " + facts.error().message +
                                        "; `duenotice doctor --deep` checks all of them"};
  }
  const std::string& subject = event.notice ? event.notice->id : event.rejection->id;
  Json data = event.notice ? of_notice(*event.notice, *facts, event.type) : of_rejection(*event.rejection);
  data["state"] = type->state;
  data["sequence"] = event.sequence;
  queue::StatusEvent out{
      .id = subject + "-" + std::to_string(event.sequence), .type = published_type(type->state), .body = {}};
  out.body = canonical_json(Json::Object{{"specversion", "1.0"},
                                         {"id", out.id},
                                         {"source", source},
                                         {"type", out.type},
                                         {"subject", subject},
                                         {"time", to_text(event.at)},
                                         {"datacontenttype", queue::json_type},
                                         {"sequence", sortable(event.sequence)},
                                         {"data", std::move(data)}});
  return out;
}

}  // namespace duenotice
