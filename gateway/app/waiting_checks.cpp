#include "gateway/app/waiting_checks.hpp"

namespace duenotice::app {

namespace {

void add(std::vector<Finding>& findings, const WaitingSpan& span, const char* check, const char* one,
         const char* many) {
  if (span.count == 0) return;
  findings.push_back({check,
                      Health::warning,
                      {std::string(plural(static_cast<std::size_t>(span.count), one, many)),
                       {std::to_string(span.count), to_text(span.oldest)}}});
}

/// Only those that an operator must act on: a copy that failed beside a legal date needs nobody.
WaitingSpan of_operators(const Waiting& waiting, DeliveryState state) {
  WaitingSpan all;
  for (const StuckGroup& group : waiting.groups) {
    if (group.actor != NextActor::operator_ || group.state != state) continue;
    if (all.count == 0 || group.span.oldest < all.oldest) all.oldest = group.span.oldest;
    all.count += group.span.count;
  }
  return all;
}

}  // namespace

std::vector<Finding> waiting_findings(const Waiting& waiting) {
  std::vector<Finding> findings;
  add(findings, of_operators(waiting, DeliveryState::failed), "failed",
      "{0} delivery failed, since {1}; `duenotice failed` says what to do",
      "{0} deliveries failed, the first at {1}; `duenotice failed` says what to do");
  add(findings, of_operators(waiting, DeliveryState::held), "held",
      "{0} delivery is held, since {1}: a person must decide; `duenotice failed` says what",
      "{0} deliveries are held, the first since {1}: a person must decide; `duenotice failed` says what");
  add(findings, of_operators(waiting, DeliveryState::sent), "too late",
      "{0} notice was sent too late for its date, at {1}; `duenotice failed` says what to do",
      "{0} notices were sent too late for their dates, the first at {1}; `duenotice failed` says what to do");
  add(findings, waiting.rejected, "rejected",
      "{0} rejected request is open, since {1}; `duenotice rejected --open` says what to change in it",
      "{0} rejected requests are open, the first since {1}; `duenotice rejected --open` says what to "
      "change in each");
  add(findings, waiting.dead_letters, "dead letters",
      "{0} dead letter waits for the broker, since {1}; it goes out by itself when the broker answers",
      "{0} dead letters wait for the broker, the first since {1}; they go out by themselves when it answers");
  add(findings, waiting.overdue_relays, "relays",
      "{0} relayed message has no report, which was due at {1}; see the log of Kannel, and that it reaches "
      "[channels.sms] report_url",
      "{0} relayed messages have no report, the first was due at {1}; see the log of Kannel, and that it "
      "reaches [channels.sms] report_url");
  if (waiting.erasing) {
    findings.push_back(
        {"erasure",
         Health::warning,
         {"what was erased is not written over everywhere in the journal's file yet: somebody reads "
          "it, the disk is full, or it is too large for a running gateway; stop the gateway, make "
          "room, and give that `duenotice erase` once more"}});
  }
  if (findings.empty()) findings.push_back({"decisions", Health::ok, "nothing waits for a person"});
  return findings;
}

}  // namespace duenotice::app
