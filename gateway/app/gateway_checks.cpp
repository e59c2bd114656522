#include "gateway/app/gateway_checks.hpp"

#include <algorithm>

#include "gateway/app/journal_access.hpp"
#include "gateway/app/wiring.hpp"
#include "gateway/base/clock.hpp"
#include "gateway/base/json_members.hpp"

namespace duenotice::app {

namespace {

Finding about_absence(const GatewayPresence& gateway, const WaitingWork& waiting) {
  if (gateway.holder) {
    return {
        "gateway",
        waiting.anything_now() ? Health::problem : Health::warning,
        {"process {0} has the journal and does not answer: a gateway that starts or stops. Look again in a "
         "minute; if it stays so, `journalctl -u duenotice -n 50` says what it is at",
         {std::to_string(*gateway.holder)}}};
  }
  if (!waiting.anything_now() && waiting.later > 0) {
    return {
        "gateway", Health::warning,
        "it is not running, and nothing is due yet; `systemctl start duenotice` or `duenotice serve` starts "
        "it"};
  }
  if (!waiting.anything_now()) {
    return {"gateway", Health::warning,
            "it is not running, and nothing waits for it; `systemctl start duenotice` or `duenotice serve` "
            "starts it"};
  }
  if (waiting.replay_items > 0) {
    return {"gateway",
            Health::problem,
            {"it is not running: {0} requests wait in the queue, {1} deliveries are due, {2} are still to be "
             "made due by a replay (`duenotice jobs`), and nobody sends them. Start it with `systemctl start "
             "duenotice` or `duenotice serve`; if it ends again, its last lines say why: `journalctl -u "
             "duenotice -n 50`",
             {std::to_string(waiting.requests), std::to_string(waiting.deliveries),
              std::to_string(waiting.replay_items)}}};
  }
  return {"gateway",
          Health::problem,
          {"it is not running: {0} requests wait in the queue and {1} deliveries are due, and nobody sends "
           "them. Start it with `systemctl start duenotice` or `duenotice serve`; if it ends again, its last "
           "lines say why: `journalctl -u duenotice -n 50`",
           {std::to_string(waiting.requests), std::to_string(waiting.deliveries)}}};
}

/// What nobody sends if it is away then too.
void add_later(std::vector<Finding>& findings, const WaitingWork& waiting) {
  if (waiting.later == 0 || !waiting.next_due) return;
  findings.push_back({"gateway",
                      Health::warning,
                      {"deliveries that wait for a later time: {0}, the first for {1}; they go out only if "
                       "the gateway runs then",
                       {std::to_string(waiting.later), to_text(*waiting.next_due)}}});
}

/// A reload that changed nothing: what somebody wanted to bring into force is not.
void add_refused_reload(std::vector<Finding>& findings, const Json& answer) {
  const Json* agreements = answer.find("agreements");
  const Json* last = agreements == nullptr ? nullptr : agreements->find("last_reload");
  const Json* replaced = last == nullptr ? nullptr : last->find("replaced");
  if (replaced == nullptr || *replaced != Json(false)) return;
  const Json* mistakes = last->find("mistakes");
  findings.push_back(
      {"agreements",
       Health::problem,
       {"the reload at {0} was REFUSED (mistakes: {1}), so what came before it stays in use; first {2}; mend "
        "it and reload again (`systemctl reload duenotice`, or SIGHUP)",
        {text_at(*last, "at"), mistakes == nullptr ? "" : canonical_json(*mistakes),
         text_at(*last, "first_mistake")}}});
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
    const std::string since = text_at(desk, "breaker_open_since");
    if (since.empty()) continue;
    findings.push_back({"breaker",
                        Health::problem,
                        {"{0} sends nothing since {1}: its provider failed again and again, and only single "
                         "probes go out, the "
                         "next at {2}. See the check of {0} below; when its provider is back, it goes on by "
                         "itself, or at once "
                         "after `duenotice retry NOTICE_ID`",
                         {text_at(desk, "channel"), since, text_at(desk, "breaker_probe_at")}}});
  }
}

}  // namespace

WaitingWork waiting_work(const Configuration& configuration) {
  WaitingWork waiting;
  if (const auto requests = count_requests(configuration)) waiting.requests = *requests;
  const auto reader = open_journal(configuration.journal);
  if (!reader) return waiting;
  const auto backlog = (*reader)->backlog(SystemClock().now());
  if (!backlog) return waiting;
  waiting.replay_items = backlog->replay_items;
  for (const ChannelBacklog& channel : backlog->channels) {
    waiting.deliveries += channel.due + channel.in_flight;
    waiting.later += channel.later;
    if (channel.next_due)
      waiting.next_due = std::min(*channel.next_due, waiting.next_due.value_or(*channel.next_due));
  }
  return waiting;
}

std::vector<Finding> gateway_findings(const GatewayPresence& gateway, const WaitingWork& waiting) {
  switch (gateway.presence) {
    case Presence::away: {
      std::vector<Finding> absence = {about_absence(gateway, waiting)};
      add_later(absence, waiting);
      return absence;
    }
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
  } else if (const std::string fault = text_at(answer, "queue_fault"); !fault.empty()) {
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
         {"running since {0}, version {1}", {text_at(answer, "since"), text_at(answer, "version")}}});
  }
  const Json* events = answer.find("events");
  if (const std::string fault = events == nullptr ? "" : text_at(*events, "fault"); !fault.empty()) {
    findings.push_back({"status events",
                        Health::warning,
                        {"publishers are told nothing at present: {0}; they are told everything when that is "
                         "mended",
                         {fault}}});
  }
  add_refused_reload(findings, answer);
  add_breakers(findings, answer);
  return findings;
}

}  // namespace duenotice::app
