#include "gateway/app/age.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/status_report.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/used_versions.hpp"
#include "gateway/base/limits.hpp"

namespace duenotice::app {

namespace {

std::string age(const Terminal& terminal, Milliseconds age) {
  return say(terminal.language, age_in_words(age));
}

void print_line(const Terminal& terminal, const char* label, const std::string& text,
                Tone tone = Tone::plain) {
  const std::string shown(terminal.say(label));
  terminal.out << terminal.paint(shown, Tone::faint) << padding(shown, 14) << " "
               << terminal.paint(visible(text), tone) << "\n";
}

/// A member of the gateway's answer in words.
std::string member(const Json& answer, std::string_view key) {
  const Json* found = answer.find(key);
  if (found == nullptr) return "-";
  return found->as_string() != nullptr ? *found->as_string() : canonical_json(*found);
}

/// A part of the gateway's answer; null where an older gateway has none.
const Json& part(const Json& answer, std::string_view key) {
  static const Json none;
  const Json* found = answer.find(key);
  return found == nullptr ? none : *found;
}

Milliseconds since(const Json& answer, std::string_view key, Instant now) {
  const auto instant = parse_instant(member(answer, key));
  return instant ? now - *instant : Milliseconds(0);
}

void print_agreements(const Terminal& terminal, const Json& agreements, Instant now) {
  if (agreements.is_null()) return;
  const auto line = [&](const Sentence& sentence, Tone tone) {
    print_line(terminal, "Agreements", say(terminal.language, sentence), tone);
  };
  line({"{0} versions, loaded {1} ago",
        {member(agreements, "versions"), age(terminal, since(agreements, "loaded_at", now))}},
       Tone::plain);
  const Json& last = part(agreements, "last_reload");
  if (last.is_null() || part(last, "replaced") == Json(true)) return;
  line({"the reload {0} ago was REFUSED (mistakes: {1}), those before it stay in use; first {2}",
        {age(terminal, since(last, "at", now)), member(last, "mistakes"), member(last, "first_mistake")}},
       Tone::bad);
}

void print_gateway(const Terminal& terminal, const StatusReport& report) {
  const auto line = [&](const Sentence& sentence, Tone tone) {
    print_line(terminal, "Gateway", say(terminal.language, sentence), tone);
  };
  switch (report.gateway.presence) {
    case Presence::away:
      if (report.gateway.holder) {
        return line(
            {"starting or stopping: process {0} has the journal", {std::to_string(*report.gateway.holder)}},
            Tone::warn);
      }
      return line("not running", Tone::bad);
    case Presence::not_ours:
      return line({"{0}", {report.gateway.answer.error().message}}, Tone::bad);
    case Presence::hangs:
      line("HANGS: it runs and does nothing; `duenotice doctor` says what to do", Tone::bad);
      if (!report.gateway.answer) return;
      break;
    case Presence::running:
      break;
  }
  const Json& answer = *report.gateway.answer;
  line({"running for {0} (since {1}), version {2}, process {3}",
        {age(terminal, since(answer, "since", report.at)), member(answer, "since"), member(answer, "version"),
         member(answer, "pid")}},
       Tone::plain);
  print_agreements(terminal, part(answer, "agreements"), report.at);
  print_line(terminal, "Last commit", member(answer, "last_commit_ms") + " ms");
}

void print_intake(const Terminal& terminal, const StatusReport& report) {
  const std::string_view word = intake_word(report);
  const auto line = [&](const char* phrase, Tone tone) {
    print_line(terminal, "Intake", std::string(terminal.say(phrase)), tone);
  };
  if (word == "running") line("takes requests", Tone::good);
  if (word == "paused") line("paused: enough is due already, the rest waits in the queue", Tone::warn);
  if (word == "no_space") line("STOPPED: the disk is nearly full; make room", Tone::bad);
  if (word == "queue_away") line("STOPPED: the gateway cannot reach its queue", Tone::bad);
  if (word == "hangs") line("STOPPED: the gateway hangs", Tone::bad);
  if (word == "unknown") line("cannot be seen by this user", Tone::warn);
  if (word == "stopped") line("nobody takes requests", Tone::bad);
}

void print_queue(const Terminal& terminal, const StatusReport& report) {
  if (!report.queue) {
    print_line(terminal, "Queue", report.queue.error().message, Tone::warn);
    return;
  }
  print_line(terminal, "Queue",
             say(terminal.language, Sentence(std::string(plural(static_cast<std::size_t>(*report.queue),
                                                                "{0} request waits", "{0} requests wait")),
                                             {std::to_string(*report.queue)})));
}

/// `3 accepted, 1 failed`: the states that there are notices in.
std::string states_in_words(const Terminal& terminal, const JournalCounts& counts) {
  std::string words;
  for (const auto& [state, count] : counts.notices) {
    if (count == 0) continue;
    words +=
        (words.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(terminal.say(to_text(state)));
  }
  return words.empty() ? std::string(terminal.say("none yet")) : words;
}

void print_journal(const Terminal& terminal, const StatusReport& report, bool is_embedded) {
  const auto& [counts, backlog] = *report.journal;
  print_line(terminal, "Notices", states_in_words(terminal, counts));
  if (backlog.oldest_open) {
    print_line(terminal, "Oldest open",
               say(terminal.language, Sentence("on its way for {0} (since {1})",
                                               {age(terminal, report.at - *backlog.oldest_open),
                                                to_text(*backlog.oldest_open)})));
  }
  const auto count = [&](const char* label, std::int64_t number, const char* phrase) {
    if (number > 0)
      print_line(terminal, label, say(terminal.language, Sentence(phrase, {std::to_string(number)})),
                 Tone::warn);
  };
  count("Too late", backlog.lead_times_broken, "{0} sent too late for their date: duenotice failed");
  count("Rejected", backlog.rejections_open, "{0} open: duenotice rejected");
  count("Dead letters", backlog.dead_letters, "{0} wait for the queue");
  const auto& untold = backlog.oldest_untold;
  if (untold && !is_embedded && report.at - *untold > limits::status_event_patience) {
    print_line(terminal, "Status events",
               say(terminal.language,
                   Sentence("not confirmed by the broker for {0}", {age(terminal, report.at - *untold)})),
               Tone::warn);
  }
  count("Replays", backlog.replays, "{0} running");
}

std::string breaker_in_words(const Terminal& terminal, const ChannelStatus& status, Instant now) {
  if (status.breaker.empty()) return "-";
  // "open" alone is the word for a rejection, and has another translation.
  const std::string word(terminal.say(status.breaker == "open" ? "open (probes)" : status.breaker));
  const auto since = parse_instant(status.breaker_open_since);
  return since ? say(terminal.language, Sentence("{0} for {1}", {word, age(terminal, now - *since)})) : word;
}

Cell number(std::int64_t count, Tone tone = Tone::plain) {
  return {std::to_string(count), count == 0 ? Tone::plain : tone};
}

void print_channels(const Terminal& terminal, const StatusReport& report,
                    const Configuration& configuration) {
  Table table({"CHANNEL", "BREAKER", "DUE", "LATER", "IN FLIGHT", "RELAYED", "FAILED", "HELD", "OLDEST DUE"});
  table.give_way({"LATER", "RELAYED", "IN FLIGHT"});
  for (const ChannelStatus& status :
       channel_statuses(report.journal->backlog, report.gateway, configuration)) {
    const ChannelBacklog& backlog = status.backlog;
    std::string name(terminal.say(to_text(backlog.channel)));
    if (status.sandbox) name += " " + std::string(terminal.say("SANDBOX"));
    if (!status.configured) name += " " + std::string(terminal.say("(not configured)"));
    table.add({Cell(name, status.sandbox || !status.configured ? Tone::warn : Tone::plain),
               Cell(breaker_in_words(terminal, status, report.at),
                    status.breaker_open_since.empty() ? Tone::plain : Tone::bad),
               number(backlog.due), number(backlog.later), number(backlog.in_flight), number(backlog.relayed),
               number(backlog.failed, Tone::bad), number(backlog.held, Tone::warn),
               backlog.oldest_due ? age(terminal, report.at - *backlog.oldest_due) : std::string("-")});
  }
  terminal.out << "\n";
  table.print(terminal);
}

void print_log(const Terminal& terminal, const StatusReport& report) {
  if (!report.log) return;
  const auto line = [&](const Sentence& sentence, Tone tone) {
    print_line(terminal, "Evidence log", say(terminal.language, sentence), tone);
  };
  const Result<Json>& answer = report.gateway.answer;
  const LogFaultReport fault = answer ? log_fault(*answer) : LogFaultReport{};
  if (fault.stopped) line({"STOPPED, while notices go on being sent: {0}", {fault.fault}}, Tone::bad);
  if (!fault.stopped && !fault.fault.empty())
    line({"the last checkpoint failed: {0}", {fault.fault}}, Tone::bad);
  if (!*report.log) {
    if (report.journal) line({"{0}", {report.log->error().message}}, Tone::warn);
    return;
  }
  const LogStanding& log = **report.log;
  const std::string size = std::to_string(log.size);
  if (log.unpublished_since) {
    line({"{0} events; {1} are not in it yet, the oldest for {2}",
          {size, std::to_string(log.unpublished()), age(terminal, report.at - *log.unpublished_since)}},
         Tone::plain);
  } else {
    line({"{0} events", {size}}, Tone::plain);
  }
}

void print_seals(const Terminal& terminal, const StatusReport& report) {
  if (!report.seals) return;
  const auto line = [&](const Sentence& sentence, Tone tone) {
    print_line(terminal, "Seals", say(terminal.language, sentence), tone);
  };
  const LogSealing::Standing sealing =
      report.gateway.answer ? sealing_standing(*report.gateway.answer) : LogSealing::Standing();
  const auto since = [&](const LogSealing::Party& party) {
    return age(terminal, report.at - party.failing_since.value_or(report.at));
  };
  if (!sealing.sealing.fault.empty())
    line({"not sealed for {0}: {1}", {since(sealing.sealing), sealing.sealing.fault}}, Tone::bad);
  for (const LogSealing::Party& tsa : sealing.tsas) {
    if (!tsa.fault.empty())
      line({"{0} has not stamped for {1}: {2}", {tsa.name, since(tsa), tsa.fault}}, Tone::warn);
  }
  for (const LogSealing::Party& witness : sealing.witnesses) {
    if (!witness.fault.empty())
      line({"{0} has not cosigned for {1}: {2}", {witness.name, since(witness), witness.fault}}, Tone::warn);
  }
  if (!*report.seals) return line({"{0}", {report.seals->error().message}}, Tone::warn);
  const SealStanding& seals = **report.seals;
  if (!seals.newest) return line("none yet", Tone::plain);
  const SealConfirmation& by = seals.confirmation;
  line({"{0}, the newest {1} ago over {2} events; stamped by {3} of {4}, cosigned by {5} of {6}",
        {std::to_string(seals.seals), age(terminal, report.at - seals.newest->at),
         std::to_string(seals.newest->sealed.checkpoint.size), std::to_string(by.stamped.size()),
         std::to_string(by.stamped.size() + by.unstamped.size()), std::to_string(by.cosigned.size()),
         std::to_string(by.cosigned.size() + by.uncosigned.size())}},
       by.quorum ? Tone::plain : Tone::warn);
}

/// The gateway's absence matters less than a journal that cannot be read.
int end(const Terminal& terminal, const StatusReport& report) {
  const bool damaged = !report.journal && report.journal.error().kind != ErrorKind::not_found;
  if (damaged) return terminal.fail(report.journal.error());
  if (!report.gateway.answer) return terminal.fail(report.gateway.answer.error());
  if (report.gateway.presence == Presence::hangs)
    return terminal.fail({ErrorKind::unavailable, "the gateway hangs: these threads stand still: " +
                                                      report.gateway.standing_still()});
  return report.journal ? exit_ok : terminal.fail(report.journal.error());
}

}  // namespace

int run_status(const Context& context, const StatusArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const StatusReport report = ask_for_status(context.configuration());
  if (arguments.json) {
    terminal.out << pretty_json(status_json(report, context.configuration())) << "\n";
    return end(terminal, report);
  }
  print_gateway(terminal, report);
  for (const UsedVersion& changed : report.changed_versions)
    print_line(terminal, "Agreements", say(terminal.language, in_words(changed)), Tone::warn);
  print_intake(terminal, report);
  print_queue(terminal, report);
  print_log(terminal, report);
  print_seals(terminal, report);
  if (report.journal) {
    print_journal(terminal, report, context.configuration().queue.embedded.has_value());
    print_channels(terminal, report, context.configuration());
  }
  return end(terminal, report);
}

}  // namespace duenotice::app
