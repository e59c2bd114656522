#include "gateway/app/gateway_checks.hpp"

#include "gateway/app/journal_access.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/clock.hpp"

namespace duenotice::app {

namespace {

std::string text(const Json& object, std::string_view key) {
  const Json* member = object.find(key);
  return member != nullptr && member->as_string() != nullptr ? *member->as_string() : std::string();
}

Finding about_absence(const GatewayPresence& gateway, const WaitingWork& waiting) {
  if (gateway.holder) {
    return {
        "gateway",
        waiting.requests + waiting.deliveries == 0 ? Health::warning : Health::problem,
        {"process {0} has the journal and does not answer: a gateway that starts or stops. Look again in a "
         "minute; if it stays so, `journalctl -u duenotice -n 50` says what it is at",
         {std::to_string(*gateway.holder)}}};
  }
  if (waiting.requests + waiting.deliveries == 0) {
    return {"gateway", Health::warning,
            "it is not running, and nothing waits for it; `systemctl start duenotice` or `duenotice serve` "
            "starts it"};
  }
  return {"gateway",
          Health::problem,
          {"it is not running: {0} requests wait in the queue and {1} deliveries are due, and nobody sends "
           "them. Start it with `systemctl start duenotice` or `duenotice serve`; if it ends again, its last "
           "lines say why: `journalctl -u duenotice -n 50`",
           {std::to_string(waiting.requests), std::to_string(waiting.deliveries)}}};
}

Finding about_hanging(const GatewayPresence& gateway) {
  const std::string still = gateway.standing_still();
  return {
      "gateway",
      Health::problem,
      {still.empty()
           ? "it HANGS: it runs and does not answer. See first whether its disk hangs (`dmesg`, `df`); else "
             "restart it with `systemctl restart duenotice`, or end its process with SIGKILL and run "
             "`duenotice serve`. Nothing that it acknowledged is lost"
           : "it HANGS: it runs, and {0} stand still. See first whether its disk hangs (`dmesg`, `df`); "
             "else restart it with `systemctl restart duenotice`, or end its process with SIGKILL and run "
             "`duenotice serve`. Nothing that it acknowledged is lost",
       {still}}};
}

void add_breakers(std::vector<Finding>& findings, const Json& answer) {
  const Json* desks = answer.find("channels");
  if (desks == nullptr || desks->as_array() == nullptr) return;
  for (const Json& desk : *desks->as_array()) {
    const std::string since = text(desk, "breaker_open_since");
    if (since.empty()) continue;
    findings.push_back({"breaker",
                        Health::problem,
                        {"{0} sends nothing since {1}: its provider failed again and again, and only single "
                         "probes go out, the "
                         "next at {2}. See the check of {0} below; when its provider is back, it goes on by "
                         "itself, or at once "
                         "after `duenotice retry NOTICE_ID`",
                         {text(desk, "channel"), since, text(desk, "breaker_probe_at")}}});
  }
}

}  // namespace

WaitingWork waiting_work(const Configuration& configuration) {
  WaitingWork waiting;
  if (const auto requests = count_requests(configuration)) waiting.requests = *requests;
  const auto reader = open_journal(configuration.journal.path);
  if (!reader) return waiting;
  const auto backlog = (*reader)->backlog(SystemClock().now());
  if (!backlog) return waiting;
  for (const ChannelBacklog& channel : backlog->channels)
    waiting.deliveries += channel.due + channel.in_flight;
  return waiting;
}

std::vector<Finding> gateway_findings(const GatewayPresence& gateway, const WaitingWork& waiting) {
  switch (gateway.presence) {
    case Presence::away:
      return {about_absence(gateway, waiting)};
    case Presence::hangs:
      return {about_hanging(gateway)};
    case Presence::not_ours:
      return {{"gateway", Health::problem, {"{0}", {gateway.answer.error().message}}}};
    case Presence::running:
      break;
  }
  const Json& answer = *gateway.answer;
  std::vector<Finding> findings;
  const Json* low = answer.find("space_is_low");
  if (low != nullptr && *low == Json(true)) {
    findings.push_back(
        {"gateway", Health::problem,
         "it takes no notices because its disk is nearly full; make room (the check of the disk "
         "below says how much)"});
  } else if (const std::string fault = text(answer, "queue_fault"); !fault.empty()) {
    findings.push_back(
        {"gateway",
         Health::problem,
         {"it takes no notices because it cannot reach its queue: {0}; see the check of the queue "
          "below",
          {fault}}});
  } else {
    findings.push_back(
        {"gateway",
         Health::ok,
         {"running since {0}, version {1}", {text(answer, "since"), text(answer, "version")}}});
  }
  const Json* events = answer.find("events");
  if (const std::string fault = events == nullptr ? "" : text(*events, "fault"); !fault.empty()) {
    findings.push_back({"status events",
                        Health::warning,
                        {"publishers are told nothing at present: {0}; they are told everything when that is "
                         "mended",
                         {fault}}});
  }
  add_breakers(findings, answer);
  return findings;
}

}  // namespace duenotice::app
