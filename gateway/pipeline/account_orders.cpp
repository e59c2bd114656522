// What operators order about an account: that its relation ended, a legal hold, that it is erased.
#include <chrono>
#include <thread>

#include "gateway/base/limits.hpp"
#include "gateway/base/ulid.hpp"
#include "gateway/pipeline/operations.hpp"
#include "gateway/pipeline/order_fields.hpp"

namespace duenotice {
namespace {

Json to_json(const std::vector<LegalHold>& holds) {
  Json list = Json::array();
  for (const LegalHold& hold : holds) {
    list.push_back(Json::Object{{"hold_id", hold.id},
                                {"since", to_text(hold.since)},
                                {"operator", hold.operator_name},
                                {"reason", hold.reason}});
  }
  return list;
}

}  // namespace

AccountOrder Operations::read_account_order(OrderFields& fields) const {
  return {.act_id = new_ulid(clock_.now(), random_),
          .account = fields.text("account"),
          .operator_name = fields.text("operator"),
          .reason = fields.text("reason")};
}

Result<Json> Operations::end_account(const Json& order) {
  OrderFields fields(order);
  const AccountOrder wanted = read_account_order(fields);
  const auto on = fields.date("on");
  if (!on) fields.wrong("on", "must be given");
  if (fields.mistake()) return *fields.mistake();
  const Status done = commit([&](Transaction& tx, AfterCommit&) -> Status {
    life_.end_account(tx, wanted, *on);
    return Done{};
  });
  if (!done) return done.error();
  Json answer = Json::Object{{"act_id", wanted.act_id}, {"account", wanted.account}};
  answer["ended_on"] = to_text(*on);
  return answer;
}

Result<Json> Operations::legal_hold(const Json& order, bool add) {
  OrderFields fields(order);
  const AccountOrder wanted = read_account_order(fields);
  const std::string hold = add ? wanted.act_id : fields.optional_text("hold");
  if (fields.mistake()) return *fields.mistake();
  const Status done = commit([&](Transaction& tx, AfterCommit&) -> Status {
    return add ? life_.add_legal_hold(tx, wanted) : life_.remove_legal_hold(tx, wanted, hold);
  });
  if (!done) return done.error();
  Json answer = Json::Object{{"act_id", wanted.act_id}, {"account", wanted.account}};
  if (add) answer["hold_id"] = hold;
  return answer;
}

/// Between two commits the journal keeps house. Readers look at an old state for moments only.
Result<bool> Operations::wait_for_scrubbing() {
  const auto end = std::chrono::steady_clock::now() + limits::journal_busy_timeout;
  for (;;) {
    bool scrubbed = false;
    const Status looked = commit([&](Transaction& tx, AfterCommit&) -> Status {
      scrubbed = tx.is_scrubbed();
      return Done{};
    });
    if (!looked) return looked.error();
    if (scrubbed || std::chrono::steady_clock::now() >= end) return scrubbed;
    std::this_thread::sleep_for(limits::scrubbing_pause);
  }
}

Result<Json> Operations::erase(const Json& order) {
  OrderFields fields(order);
  AccountOrder wanted = read_account_order(fields);
  wanted.order_reference = fields.text("order");
  if (fields.mistake()) return *fields.mistake();
  ErasureOutcome outcome;
  const Status done = commit([&](Transaction& tx, AfterCommit&) -> Status {
    auto erased = life_.erase(tx, wanted);
    if (!erased) return erased.error();
    outcome = *std::move(erased);
    return Done{};
  });
  if (!done && done.error().kind != ErrorKind::not_found) return done.error();
  // Also after an erasure that was interrupted there.
  const auto scrubbed = wait_for_scrubbing();
  if (!done) return done.error();
  if (!scrubbed) return scrubbed.error();
  Json answer = Json::Object{{"act_id", wanted.act_id}, {"account", wanted.account}};
  answer["state"] = outcome.erased ? "erased" : "restricted";
  answer["notices"] = outcome.notices;
  answer["rejections"] = outcome.rejections;
  if (outcome.erased) {
    answer["scrubbed"] = *scrubbed;
  } else {
    answer["holds"] = to_json(outcome.holds);
    answer["until"] = outcome.until ? Json(to_text(*outcome.until)) : Json();
  }
  return answer;
}

}  // namespace duenotice
