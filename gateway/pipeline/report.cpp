// After step 8: what a relay or a provider says later about an attempt, and what it means that nobody does.
#include <algorithm>

#include "gateway/pipeline/scene.hpp"

namespace duenotice {
namespace {

const Receipt* find(const std::vector<Receipt>& receipts, ReceiptKind kind) {
  const auto found = std::find_if(receipts.begin(), receipts.end(),
                                  [&](const Receipt& receipt) { return receipt.kind == kind; });
  return found == receipts.end() ? nullptr : &*found;
}

/// The first word of the next hop that it has the message. What reached the recipient's device was accepted
/// on its way there, also when that report was lost.
const Receipt* acceptance(const std::vector<Receipt>& receipts) {
  const Receipt* accepted = find(receipts, ReceiptKind::accepted);
  const Receipt* delivered = find(receipts, ReceiptKind::delivered);
  if (accepted == nullptr || delivered == nullptr) return accepted != nullptr ? accepted : delivered;
  return delivered->at < accepted->at ? delivered : accepted;
}

bool waits_for_word(const Attempt& attempt) {
  return attempt.outcome == Outcome::relayed || attempt.outcome == Outcome::unknown;
}

}  // namespace

bool NoticeLife::record_report(Transaction& tx, const channels::Report& report, Instant at,
                               AfterCommit& after) const {
  const auto number = tx.find_notice(report.notice_id);
  if (!number) return false;
  auto attempt = tx.find_attempt(*number, report.channel, report.attempt);
  if (!attempt) return false;
  // Of somebody who was erased nothing more is kept, and nobody is sent anything.
  if (tx.notice(*number).erased) return true;
  const auto news = tx.insert_receipt({.attempt = attempt->id,
                                       .kind = report.kind,
                                       .at = at,
                                       .provider_id = report.provider_id,
                                       .report = report.text});
  if (!news) return true;
  Scene scene = load(tx, *number);
  std::vector<ProtectedField> fields = {{"report", report.text, PayloadPlace::report, *news}};
  if (!report.provider_id.empty()) fields.push_back({"provider_id", report.provider_id});
  note(tx, scene, events::receipt,
       Json::Object{{"channel", to_text(report.channel)},
                    {"attempt", attempt->number},
                    {"receipt", to_text(report.kind)},
                    {"read_at", to_text(at)},
                    {"sandbox", attempt->sandbox}},
       std::move(fields));
  // Faster than the answer to the hand-over itself: it is looked at when that is recorded.
  if (attempt->outcome) apply_receipts(tx, scene, *attempt, report.kind, after);
  take_leave_back(tx, scene, attempt->job);
  save(tx, scene);
  return true;
}

void NoticeLife::apply_receipts(Transaction& tx, Scene& scene, Attempt& attempt,
                                std::optional<ReceiptKind> news, AfterCommit& after) const {
  const std::vector<Receipt> receipts = tx.receipts(attempt.id);
  const Receipt* accepted = acceptance(receipts);
  const Receipt* refused = find(receipts, ReceiptKind::refused);
  bool is_settled_now = false;
  if (attempt.outcome != Outcome::sent && accepted != nullptr) {
    settle_as_sent(tx, scene, attempt, *accepted, after);
    is_settled_now = true;
  } else if (waits_for_word(attempt) && refused != nullptr) {
    settle_as_refused(tx, scene, attempt, *refused, after);
  }
  const Receipt* undelivered = find(receipts, ReceiptKind::undelivered);
  if (attempt.outcome != Outcome::sent || undelivered == nullptr) return;
  if (is_settled_now || news == ReceiptKind::undelivered) start_courtesy(tx, scene, undelivered->at, after);
}

/// The relay's own answer stays with the attempt; when and how it ended is the report's.
void NoticeLife::end_by_report(Transaction& tx, const Scene& scene, Attempt& attempt, Outcome outcome,
                               std::string code, const Receipt& receipt) const {
  attempt.outcome = outcome;
  attempt.code = std::move(code);
  attempt.ended_at = receipt.at;
  if (!receipt.provider_id.empty()) attempt.provider_id = receipt.provider_id;
  tx.finish_attempt(attempt);
  note(tx, scene, to_text(outcome),
       Json::Object{{"channel", to_text(attempt.channel)},
                    {"attempt", attempt.number},
                    {"code", attempt.code},
                    {"receipt", to_text(receipt.kind)},
                    {"ended_at", to_text(receipt.at)},
                    {"sandbox", attempt.sandbox}});
  const auto further = tx.resend(attempt.notice, attempt.channel);
  if (further && further->relayed && attempt.job == further->job)
    end_resend(tx, scene, attempt.channel, to_text(outcome));
}

/// The next hop has had it since `receipt` was read.
void NoticeLife::settle_as_sent(Transaction& tx, Scene& scene, Attempt& attempt, const Receipt& receipt,
                                AfterCommit& after) const {
  end_by_report(tx, scene, attempt, Outcome::sent, "reported_" + std::string(to_text(receipt.kind)), receipt);
  Delivery& delivery = scene.delivery(attempt.channel);
  const bool settled_before = delivery.state == DeliveryState::sent;
  if (settled_before || !may_move(delivery.state, DeliveryState::sent)) return;
  delivery.last_code = attempt.code;
  move_to(delivery, DeliveryState::sent);
  fix_legal_date(tx, scene, delivery, attempt, after);
}

void NoticeLife::settle_as_refused(Transaction& tx, Scene& scene, Attempt& attempt, const Receipt& receipt,
                                   AfterCommit& after) const {
  Delivery& delivery = scene.delivery(attempt.channel);
  end_by_report(tx, scene, attempt, Outcome::permanent_failure, "reported_refused", receipt);
  recount_unknowns(tx, delivery);  // what was unknown is known now: this attempt reached nobody
  const bool is_last = attempt.number == delivery.attempts;
  const bool waits = delivery.state == DeliveryState::relayed || delivery.state == DeliveryState::waiting ||
                     delivery.state == DeliveryState::held;
  if (!is_last || !waits) return;
  delivery.last_code = attempt.code;
  if (delivery.state == DeliveryState::waiting) return;  // its resend is due anyway, and no duplicate now
  give_up(tx, scene, delivery, DeliveryState::failed, reasons::refused, receipt.at, after);
}

/// The date stays; the recipient is told on another way if there is one that was not tried.
void NoticeLife::start_courtesy(Transaction& tx, Scene& scene, Instant at, AfterCommit& after) const {
  if (!scene.notice.deemed) return;  // the channels that still have to make the date come in their turn
  for (Delivery& next : scene.deliveries) {
    const bool untried = next.attempts == 0 && (next.state == DeliveryState::not_needed ||
                                                (next.state == DeliveryState::waiting && !next.due_at));
    if (!untried) continue;
    move_to(next, DeliveryState::waiting);
    next.due_at = at;
    after.due.push_back({next.channel, at});
    note(tx, scene, events::courtesy_due, Json::Object{{"channel", to_text(next.channel)}});
    return;
  }
}

int NoticeLife::settle_overdue(Transaction& tx, Channel channel, AfterCommit& after) const {
  const Instant now = clock_.now();
  const std::vector<Delivery> late = tx.too_late(channel, now, limits::overdue_at_once);
  for (const Delivery& each : late) {
    Scene scene = load(tx, each.notice);
    (void)settle_lateness(tx, scene, scene.delivery(channel), now, after);
    save(tx, scene);
  }
  const std::vector<Delivery> silent = tx.overdue_relays(channel, now, limits::overdue_at_once);
  for (const Delivery& each : silent) settle_unreported(tx, each, after);
  const std::vector<Resend> further = tx.overdue_resends(channel, now, limits::overdue_at_once);
  for (const Resend& each : further) settle_unreported(tx, each);
  return static_cast<int>(late.size() + silent.size() + further.size());
}

void NoticeLife::settle_unreported(Transaction& tx, const Delivery& due, AfterCommit& after) const {
  Scene scene = load(tx, due.notice);
  Delivery& delivery = scene.delivery(due.channel);
  auto attempt = tx.find_attempt(due.notice, due.channel, delivery.attempts);
  DN_ASSERT(attempt && attempt->outcome == Outcome::relayed);
  call_unknown(tx, scene, *attempt);
  delivery.last_code = attempt->code;
  decide_after_failure(tx, scene, delivery, {.outcome = Outcome::unknown, .code = attempt->code},
                       *attempt->ended_at, after);
  save(tx, scene);
}

/// Of a further sending: it is over, and its delivery stays as it was.
void NoticeLife::settle_unreported(Transaction& tx, const Resend& due) const {
  Scene scene = load(tx, due.notice);
  for (Attempt& attempt : tx.attempts(due.notice)) {
    const bool is_its_own = attempt.channel == due.channel && attempt.job == due.job;
    if (is_its_own && attempt.outcome == Outcome::relayed) call_unknown(tx, scene, attempt);
  }
  end_resend(tx, scene, due.channel, to_text(Outcome::unknown));
}

void NoticeLife::call_unknown(Transaction& tx, const Scene& scene, Attempt& attempt) const {
  attempt.outcome = Outcome::unknown;
  attempt.code = codes::no_report;
  attempt.ended_at = clock_.now();
  tx.finish_attempt(attempt);
  note(tx, scene, events::relay_overdue,
       Json::Object{{"channel", to_text(attempt.channel)},
                    {"attempt", attempt.number},
                    {"bound_ms", maker_.report_bound(attempt.channel).count()}});
}

}  // namespace duenotice
