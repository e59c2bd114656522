// A rejected request that a person has looked at: submitted again, or left for good.
#include "gateway/base/json_patch.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

Status still_open(const StoredRejection& rejection) {
  if (rejection.state == RejectionState::open) return Done{};
  return Error{ErrorKind::invalid, rejection.state == RejectionState::discarded
                                       ? "it was discarded already"
                                       : "it was released already and became " + rejection.became};
}

Error would_be_rejected(const Rejection& rejection) {
  return Error{ErrorKind::invalid, "it would be rejected again: " + std::string(to_text(rejection.code)) +
                                       (rejection.pointer.empty() ? "" : " at " + rejection.pointer) + ": " +
                                       rejection.message};
}

}  // namespace

Result<Released> NoticeLife::release(Transaction& tx, const ReleaseOrder& order, const Judgement& judgement,
                                     AfterCommit& after) const {
  const auto rejection = tx.rejection(order.rejection_id);
  if (!rejection) return Error{ErrorKind::not_found, "there is no rejected request " + order.rejection_id};
  if (const Status open = still_open(*rejection); !open) return open.error();
  Released released;
  const auto claimed =
      judgement.identity ? tx.claimed(judgement.identity->source, judgement.identity->id) : std::nullopt;
  if (claimed && claimed->request_digest != judgement.identity->digest) {
    return Error{ErrorKind::invalid, "notice " + claimed->notice_id +
                                         " was accepted under this source and id with another content; give "
                                         "it an id of its own with --edit"};
  }
  if (judgement.identity && !claimed &&
      tx.remains_of(judgement.identity->source, judgement.identity->id, judgement.identity->digest) !=
          Remains::nothing) {
    return Error{
        ErrorKind::invalid,
        "something was taken under this source and id before and is not kept any more; give it an id of its "
        "own with --edit"};
  }
  if (claimed) {
    released = {claimed->notice_id, true};
  } else if (const auto* refusal = std::get_if<Rejection>(&judgement.verdict)) {
    return would_be_rejected(*refusal);
  } else if (std::holds_alternative<AccountEnded>(judgement.verdict)) {
    return Error{ErrorKind::invalid,
                 "it reports that an account ended; use `duenotice account end` and discard it"};
  } else {
    const Draft& draft = std::get<Draft>(judgement.verdict);
    (void)accept(tx, draft, after);
    released = {draft.notice.id, false};
  }
  std::string difference;
  std::vector<ProtectedField> fields;
  if (order.edited) {
    difference = json_patch(rejection->body, *order.edited);
    tx.insert_release(rejection->number, difference, *order.edited);
    fields.push_back({"body", *order.edited, PayloadPlace::released_body, rejection->number});
    fields.push_back({"difference", difference, PayloadPlace::difference, rejection->number});
  }
  const std::int64_t act =
      note_rejection_act(tx, order, rejection->number, "release", events::rejection_released,
                         released.notice_id, std::move(fields));
  tx.settle_rejection(rejection->number, act, released.notice_id);
  return released;
}

Status NoticeLife::discard(Transaction& tx, const ReleaseOrder& order) const {
  const auto rejection = tx.rejection(order.rejection_id);
  if (!rejection) return Error{ErrorKind::not_found, "there is no rejected request " + order.rejection_id};
  if (const Status open = still_open(*rejection); !open) return open.error();
  const std::int64_t act =
      note_rejection_act(tx, order, rejection->number, "discard", events::rejection_discarded, "", {});
  tx.settle_rejection(rejection->number, act, "");
  return Done{};
}

std::int64_t NoticeLife::note_rejection_act(Transaction& tx, const ReleaseOrder& order,
                                            std::int64_t rejection, std::string_view what,
                                            std::string_view event, const std::string& notice_id,
                                            std::vector<ProtectedField> fields) const {
  const Instant now = clock_.now();
  const SubjectNumber subject = tx.subject_of_rejection(rejection);
  const std::int64_t act = tx.insert_act({.id = order.act_id,
                                          .at = now,
                                          .what = std::string(what),
                                          .operator_name = order.operator_name,
                                          .reason = order.reason,
                                          .subject = subject});
  Json facts = Json::Object{{"rejection", order.rejection_id}, {"act", order.act_id}};
  if (!notice_id.empty()) facts["became"] = notice_id;
  if (order.edited) facts["edited"] = true;
  fields.push_back({"operator", order.operator_name});
  fields.push_back({"reason", order.reason});
  tx.append_event({.type = event,
                   .notice_id = "",
                   .at = now,
                   .facts = std::move(facts),
                   .protected_fields = std::move(fields),
                   .subject = subject});
  return act;
}

}  // namespace duenotice
