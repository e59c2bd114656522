#pragma once
#include <functional>
#include <string>

#include "gateway/base/clock.hpp"
#include "gateway/base/random.hpp"
#include "gateway/journal/journal.hpp"
#include "gateway/pipeline/notice_life.hpp"

namespace duenotice {

class OrderFields;

/// What operators ask for, as JSON from the control socket or from a command that holds the journal itself.
/// Every order is one durable unit of work: when `perform` returns a value, it is done and recorded.
///
// clang-format off
/// An order is an object with `act`, `operator`, `reason` (never blank) and, by `act`:
///
/// | act | members | answer |
/// |---|---|---|
/// | `cancel`, `accept_late` | `notice` | `act_id`, `notice`, `state` |
/// | `retry`, `retry_early` | `notice`; perhaps `channel` | the same |
/// | `resolve_resend`, `resolve_not_sent` | `notice`, `channel` | the same |
/// | `resolve_provider_confirms` | and `statement`, `evidence_name`, `evidence` (base64) | the same |
/// | `resolve_effective_date` | `notice`, `effective_date` | the same |
/// | `replay` | `select`, `rate`, `accept_late`, `email` or `phone` | `job`, `deliveries`, `asked_before` |
/// | `stop_replay` | `job` | `act_id`, `job` |
/// | `release` | `rejection`, `body` (base64) | `act_id`, `rejection`, `notice`, `was_accepted_before` |
/// | `discard` | `rejection` | `act_id`, `rejection` |
/// | `rotate_master_key` | | `wrapped`, `left`: to be ordered again; at the end `act_id`, `set_aside` |
/// | `end_account` | `account`, `on` | `act_id`, `account`, `ended_on` |
/// | `add_legal_hold` | `account` | `act_id`, `account`, `hold_id` |
/// | `remove_legal_hold` | `account`; perhaps `hold` | `act_id`, `account` |
/// | `erase` | `account`, `order` | `act_id`, `account`, `state`, `notices`, `rejections` |
///
/// `state` of an erasure is `erased`, and then `scrubbed` says whether the file holds nothing of it any
/// more; or `restricted`, and then `holds` and `until` say why and until when.
/// `select` is described in replay_order.hpp; `body` is there when it was edited.
/// Any thread but the journal's.
// clang-format on
class Operations {
 public:
  /// Everything must outlive it. `announce` is told what a commit made due.
  Operations(Journal& journal, const NoticeLife& life, const Intake& intake, const Clock& clock,
             Random& random, std::function<void(const AfterCommit&)> announce);

  /// `invalid` when the order is wrong or its notice's state forbids it, `not_found`, or `unavailable` when
  /// the journal takes nothing.
  Result<Json> perform(const Json& order);

 private:
  Result<Json> decide(DecisionKind kind, const Json& order);
  Result<Json> replay(const Json& order);
  Result<Json> stop_replay(const Json& order);
  Result<Json> release(const Json& order);
  Result<Json> discard(const Json& order);
  AccountOrder read_account_order(OrderFields& fields) const;
  Result<Json> end_account(const Json& order);
  Result<Json> legal_hold(const Json& order, bool add);
  Result<Json> erase(const Json& order);
  Result<bool> wait_for_scrubbing();
  Result<Json> rotate_master_key(const Json& order);
  Result<Json> end_rotation(Act act, int wrapped);
  /// Runs `work` to its durable end; its error, or that of the journal.
  Status commit(const std::function<Status(Transaction&, AfterCommit&)>& work);

  Journal& journal_;
  const NoticeLife& life_;
  const Intake& intake_;
  const Clock& clock_;
  Random& random_;
  const std::function<void(const AfterCommit&)> announce_;
};

}  // namespace duenotice
