#include "gateway/pipeline/operations.hpp"

#include <array>

#include "gateway/base/limits.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/pipeline/order_fields.hpp"
#include "gateway/pipeline/replay_order.hpp"

namespace duenotice {
namespace {

constexpr std::array decision_kinds{DecisionKind::cancel,         DecisionKind::retry,
                                    DecisionKind::retry_early,    DecisionKind::resend,
                                    DecisionKind::not_sent,       DecisionKind::provider_confirms,
                                    DecisionKind::effective_date, DecisionKind::accept_late};

bool is_about_a_delivery(DecisionKind kind) {
  return kind == DecisionKind::resend || kind == DecisionKind::not_sent ||
         kind == DecisionKind::provider_confirms;
}

void read_members(OrderFields& fields, Decision& decision) {
  decision.operator_name = fields.text("operator");
  decision.reason = fields.text("reason");
  decision.channel = fields.channel("channel");
  if (is_about_a_delivery(decision.kind) && !decision.channel) fields.wrong("channel", "must be given");
  if (decision.kind == DecisionKind::effective_date) {
    decision.effective_date = fields.date("effective_date");
    if (!decision.effective_date) fields.wrong("effective_date", "must be given");
  }
  if (decision.kind != DecisionKind::provider_confirms) return;
  decision.statement = fields.text("statement");
  decision.evidence_name = fields.text("evidence_name");
  decision.evidence = fields.bytes("evidence").value_or("");
  if (decision.evidence.empty()) fields.wrong("evidence", "must be given and not be empty");
}

Error no_such_notice(const std::string& id) {
  return Error{ErrorKind::not_found, "there is no notice " + id};
}

}  // namespace

Operations::Operations(Journal& journal, const NoticeLife& life, const Intake& intake, const Clock& clock,
                       Random& random, std::function<void(const AfterCommit&)> announce)
    : journal_(journal),
      life_(life),
      intake_(intake),
      clock_(clock),
      random_(random),
      announce_(std::move(announce)) {}

Result<Json> Operations::perform(const Json& order) {
  OrderFields fields(order);
  const std::string act = fields.text("act");
  if (fields.mistake()) return *fields.mistake();
  if (act == "replay") return replay(order);
  if (act == "stop_replay") return stop_replay(order);
  if (act == "release") return release(order);
  if (act == "discard") return discard(order);
  if (act == "erase") return erase(order);
  if (act == "end_account") return end_account(order);
  if (act == "add_legal_hold") return legal_hold(order, true);
  if (act == "remove_legal_hold") return legal_hold(order, false);
  if (act == "rotate_master_key") return rotate_master_key(order);
  for (const DecisionKind kind : decision_kinds) {
    if (act == to_text(kind)) return decide(kind, order);
  }
  return Error{ErrorKind::invalid, "'" + act + "' is nothing that an operator can do"};
}

Status Operations::commit(const std::function<Status(Transaction&, AfterCommit&)>& work) {
  AfterCommit after;
  Status done = Done{};
  const Committed committed = journal_.run(WorkClass::outcome, [&](Transaction& tx) {
    after = AfterCommit{};
    done = work(tx, after);
  });
  if (committed == Committed::no_space)
    return Error{ErrorKind::no_space,
                 "the disk is full: nothing was recorded; free some space and repeat it"};
  if (committed != Committed::yes)
    return Error{ErrorKind::unavailable, "the journal took nothing; repeat it when the gateway runs again"};
  if (done) announce_(after);
  return done;
}

Result<Json> Operations::decide(DecisionKind kind, const Json& order) {
  OrderFields fields(order);
  Decision decision{.kind = kind, .act_id = new_ulid(clock_.now(), random_)};
  const std::string id = fields.text("notice");
  read_members(fields, decision);
  if (fields.mistake()) return *fields.mistake();
  NoticeState state = NoticeState::accepted;
  const Status done = commit([&](Transaction& tx, AfterCommit& after) -> Status {
    const auto number = tx.find_notice(id);
    if (!number) return no_such_notice(id);
    decision.notice = *number;
    const Status decided = life_.decide(tx, decision, after);
    state = tx.notice(*number).state;
    return decided;
  });
  if (!done) return done.error();
  return Json(Json::Object{{"act_id", decision.act_id}, {"notice", id}, {"state", to_text(state)}});
}

Result<Json> Operations::replay(const Json& order) {
  OrderFields fields(order);
  (void)fields.text("reason");
  if (fields.mistake()) return *fields.mistake();
  const std::string job_id = new_ulid(clock_.now(), random_);
  const std::string act_id = new_ulid(clock_.now(), random_);
  ReplayMade made;
  const Status done = commit([&](Transaction& tx, AfterCommit&) -> Status {
    auto wanted = read_replay(order, [&](const std::string& id) -> Result<Notice> {
      const auto number = tx.find_notice(id);
      if (!number) return no_such_notice(id);
      return tx.notice(*number);
    });
    if (!wanted) return wanted.error();
    wanted->job_id = job_id;
    wanted->act_id = act_id;
    auto begun = life_.begin_replay(tx, *wanted);
    if (!begun) return begun.error();
    made = *begun;
    return Done{};
  });
  if (!done) return done.error();
  return to_json(made);
}

Result<Json> Operations::stop_replay(const Json& order) {
  OrderFields fields(order);
  const StopOrder wanted{.job_id = fields.text("job"),
                         .act_id = new_ulid(clock_.now(), random_),
                         .operator_name = fields.text("operator"),
                         .reason = fields.text("reason")};
  if (fields.mistake()) return *fields.mistake();
  const Status done =
      commit([&](Transaction& tx, AfterCommit&) -> Status { return life_.stop_replay(tx, wanted); });
  if (!done) return done.error();
  return Json(Json::Object{{"act_id", wanted.act_id}, {"job", wanted.job_id}});
}

Result<Json> Operations::release(const Json& order) {
  OrderFields fields(order);
  ReleaseOrder wanted{.rejection_id = fields.text("rejection"),
                      .act_id = new_ulid(clock_.now(), random_),
                      .operator_name = fields.text("operator"),
                      .reason = fields.text("reason"),
                      .edited = fields.bytes("body")};
  if (fields.mistake()) return *fields.mistake();
  queue::Message message;
  const Status found = commit([&](Transaction& tx, AfterCommit&) -> Status {
    const auto rejection = tx.rejection(wanted.rejection_id);
    if (!rejection) return Error{ErrorKind::not_found, "there is no rejected request " + wanted.rejection_id};
    if (!wanted.edited && rejection->body_bytes != static_cast<std::int64_t>(rejection->body.size()))
      return Error{ErrorKind::invalid,
                   "only the beginning of its body was kept; give a whole one with --edit"};
    message.content_type = rejection->content_type;
    message.body = wanted.edited.value_or(rejection->body);
    return Done{};
  });
  if (!found) return found.error();
  const Judgement judgement = intake_.judge(message);
  Released released;
  const Status done = commit([&](Transaction& tx, AfterCommit& after) -> Status {
    auto outcome = life_.release(tx, wanted, judgement, after);
    if (!outcome) return outcome.error();
    released = *outcome;
    return Done{};
  });
  if (!done) return done.error();
  return Json(Json::Object{{"act_id", wanted.act_id},
                           {"rejection", wanted.rejection_id},
                           {"notice", released.notice_id},
                           {"was_accepted_before", released.was_accepted_before}});
}

Result<Json> Operations::discard(const Json& order) {
  OrderFields fields(order);
  const ReleaseOrder wanted{.rejection_id = fields.text("rejection"),
                            .act_id = new_ulid(clock_.now(), random_),
                            .operator_name = fields.text("operator"),
                            .reason = fields.text("reason")};
  if (fields.mistake()) return *fields.mistake();
  const Status done =
      commit([&](Transaction& tx, AfterCommit&) -> Status { return life_.discard(tx, wanted); });
  if (!done) return done.error();
  return Json(Json::Object{{"act_id", wanted.act_id}, {"rejection", wanted.rejection_id}});
}

/// Each piece is a commit of its own; killed between two, the order given again goes on from there, and both
/// keys hold meanwhile. Whoever asks is answered before their patience ends, and asks again for what is left.
Result<Json> Operations::rotate_master_key(const Json& order) {
  OrderFields fields(order);
  Act act{.id = new_ulid(clock_.now(), random_), .what = "rotate_master_key"};
  act.operator_name = fields.text("operator");
  act.reason = fields.text("reason");
  if (fields.mistake()) return *fields.mistake();
  const auto renewed = commit([](Transaction& tx, AfterCommit&) { return tx.renew_master_key(); });
  if (!renewed) return renewed.error();
  int wrapped = 0;
  for (int piece = 0; piece < limits::key_pieces_an_order; ++piece) {
    int some = 0;
    const Status done = commit([&](Transaction& tx, AfterCommit&) -> Status {
      some = tx.rewrap_keys(limits::keys_rewrapped_at_once);
      return Done{};
    });
    if (!done) return done.error();
    wrapped += some;
    if (some < limits::keys_rewrapped_at_once) return end_rotation(act, wrapped);
  }
  return Json(Json::Object{{"wrapped", wrapped}, {"left", true}});
}

Result<Json> Operations::end_rotation(Act act, int wrapped) {
  act.at = clock_.now();
  const Status noted = commit([&](Transaction& tx, AfterCommit&) -> Status {
    tx.forget_older_master_keys();
    tx.insert_act(act);
    tx.append_event({.type = events::operator_act,
                     .notice_id = "",
                     .at = act.at,
                     .facts = Json::Object{{"act", act.id}, {"what", act.what}},
                     .protected_fields = {{"operator", act.operator_name}, {"reason", act.reason}}});
    return Done{};
  });
  if (!noted) return noted.error();
  Json aside = Json::array();
  const Status moved = commit([&](Transaction& tx, AfterCommit&) -> Status {
    const auto files = tx.set_older_master_keys_aside();
    if (!files) return files.error();
    aside = Json::array();
    for (const std::string& file : *files) aside.push_back(file);
    return Done{};
  });
  if (!moved) return moved.error();
  return Json(Json::Object{
      {"act_id", act.id}, {"wrapped", wrapped}, {"left", false}, {"set_aside", std::move(aside)}});
}

}  // namespace duenotice
