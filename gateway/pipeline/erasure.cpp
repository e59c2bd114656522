// What is kept about an account: until when, and how it ends.
#include "gateway/pipeline/erasure.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/base/words.hpp"
#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

Error refused(std::string message) { return Error{ErrorKind::invalid, std::move(message)}; }

/// Civil Code, article 202: a period of years ends on the corresponding day, without one on the month's last.
CalendarDate years_after(CalendarDate date, int years) {
  const std::chrono::year_month_day day(date);
  const std::chrono::year_month_day later(day.year() + std::chrono::years(years), day.month(), day.day());
  if (later.ok()) return CalendarDate(std::chrono::local_days(later));
  return CalendarDate(std::chrono::local_days(later.year() / later.month() / std::chrono::last));
}

/// What people must settle before an account can be erased.
Status is_settled(const Holdings& holdings) {
  if (holdings.unsettled > 0) {
    return refused(
        std::to_string(holdings.unsettled) +
        " of its notices are waiting, under way, held or without an answer; wait for them, or cancel or "
        "resolve them (`duenotice show` says how): " +
        joined(holdings.unsettled_ids) +
        (holdings.unsettled > static_cast<std::int64_t>(holdings.unsettled_ids.size()) ? ", …" : ""));
  }
  if (holdings.dead_letters > 0)
    return refused("rejected requests of it wait to be given back to the broker; repeat it when they are");
  return Done{};
}

Json ids_of(const std::vector<LegalHold>& holds) {
  Json ids = Json::array();
  for (const LegalHold& hold : holds) ids.push_back(hold.id);
  return ids;
}

}  // namespace

/// The last day on which some notice is retained: of each kind, counted from the end of the relation, or from
/// its newest notice where that came later; with 0 years until the relation has ended. Nothing when all of
/// them are over. A kind that no loaded agreement has any more counts as the default.
std::optional<CalendarDate> NoticeLife::retained_until(const Holdings& holdings, CalendarDate ended) const {
  const auto library = maker_.library();
  const Instant now = clock_.now();
  std::optional<CalendarDate> until;
  const auto keep = [&](CalendarDate newest, int years, CalendarDate today) {
    const CalendarDate last =
        years == 0 ? ended - std::chrono::days(1) : years_after(std::max(ended, newest), years);
    if (today <= last && (!until || *until < last)) until = last;
  };
  for (const KindHeld& held : holdings.kinds) {
    const Agreement* agreement = library->agreements().version(held.agreement, held.version);
    if (agreement == nullptr) agreement = library->agreements().in_force(held.agreement, now);
    int years = limits::retain_years_default;
    if (agreement != nullptr) {
      const auto kind = agreement->kinds.find(held.kind);
      if (kind != agreement->kinds.end()) years = kind->second.retain_years;
    }
    const auto zone = TimeZone::load(held.time_zone);
    DN_ASSERT(zone.ok());
    keep(zone->date_of(held.last_accepted), years, zone->date_of(now));
  }
  if (holdings.kinds.empty()) keep(ended, limits::retain_years_default, TimeZone::utc().date_of(now));
  return until;
}

Result<ErasureOutcome> NoticeLife::erase(Transaction& tx, const AccountOrder& order) const {
  const auto subject = tx.find_subject(order.account);
  if (!subject)
    return Error{ErrorKind::not_found, "nothing is kept about this account, or it was erased already"};
  const Holdings holdings = tx.holdings(*subject);
  ErasureOutcome outcome{.erased = false,
                         .notices = holdings.notices,
                         .rejections = holdings.rejections,
                         .holds = tx.legal_holds(order.account)};
  const auto ended = tx.account_ended(order.account);
  if (ended) outcome.until = retained_until(holdings, *ended);
  if (!outcome.holds.empty() || outcome.until) {
    Json facts = Json::Object{{"holds", ids_of(outcome.holds)}};
    if (outcome.until) facts["until"] = to_text(*outcome.until);
    (void)note_account_act(tx, order, events::restricted, *subject, std::move(facts));
    return outcome;
  }
  if (!ended)
    return refused(
        "nobody has reported that the relation with this account ended, and its retention begins then; "
        "`duenotice account end` reports it");
  if (const Status settled = is_settled(holdings); !settled) return settled.error();
  outcome.erased = true;
  // Who ordered it, and why, must outlive it.
  tx.erase(*subject,
           note_account_act(tx, order, events::erased, gateway_subject,
                            Json::Object{{"notices", outcome.notices}, {"rejections", outcome.rejections}}));
  return outcome;
}

Status NoticeLife::add_legal_hold(Transaction& tx, const AccountOrder& order) const {
  const SubjectNumber subject = tx.subject_of_account(order.account);
  tx.add_legal_hold(order.account,
                    note_account_act(tx, order, events::legal_hold_added, subject, Json::object()));
  return Done{};
}

Status NoticeLife::remove_legal_hold(Transaction& tx, const AccountOrder& order,
                                     const std::string& hold_id) const {
  const std::vector<LegalHold> holds = tx.legal_holds(order.account);
  if (holds.empty()) return Error{ErrorKind::not_found, "there is no legal hold on this account"};
  if (hold_id.empty() && holds.size() > 1)
    return refused("there are " + std::to_string(holds.size()) +
                   " legal holds on this account; name one with --hold (`duenotice legal-hold list`)");
  const auto hold = std::find_if(holds.begin(), holds.end(), [&](const LegalHold& each) {
    return hold_id.empty() || each.id == hold_id;
  });
  if (hold == holds.end())
    return Error{ErrorKind::not_found,
                 "there is no such legal hold on this account; `duenotice legal-hold list`"};
  tx.remove_legal_hold(hold->act);
  (void)note_account_act(tx, order, events::legal_hold_removed, tx.subject_of_account(order.account),
                         Json::Object{{"hold", hold->id}});
  return Done{};
}

void NoticeLife::end_account(Transaction& tx, const AccountOrder& order, CalendarDate on) const {
  const SubjectNumber subject = tx.subject_of_account(order.account);
  tx.set_account_ended(order.account, on);
  (void)note_account_act(tx, order, events::account_ended, subject, Json::Object{{"on", to_text(on)}});
}

/// `event` is also what the act is called. The event of an erasure does not name the account, in no way.
std::int64_t NoticeLife::note_account_act(Transaction& tx, const AccountOrder& order, std::string_view event,
                                          SubjectNumber subject, Json facts) const {
  const Instant now = clock_.now();
  const std::int64_t act = tx.insert_act({.id = order.act_id,
                                          .at = now,
                                          .what = std::string(event),
                                          .operator_name = order.operator_name,
                                          .reason = order.reason,
                                          .subject = subject,
                                          .statement = order.order_reference});
  facts["act"] = order.act_id;
  std::vector<ProtectedField> fields = {{"operator", order.operator_name}, {"reason", order.reason}};
  if (!order.order_reference.empty()) fields.push_back({"order", order.order_reference});
  if (subject != gateway_subject) fields.push_back({"account", order.account});
  tx.append_event({.type = event,
                   .notice_id = "",
                   .at = now,
                   .facts = std::move(facts),
                   .protected_fields = std::move(fields),
                   .subject = subject});
  return act;
}

}  // namespace duenotice
