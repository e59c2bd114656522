#include <set>
#include <tuple>

#include "gateway/app/audit_filter.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/next_page.hpp"
#include "gateway/app/notice_json.hpp"
#include "gateway/app/notice_page.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/table.hpp"
#include "gateway/app/unknown_words.hpp"
#include "gateway/base/clock.hpp"

namespace duenotice::app {

namespace {

struct Answer {
  const AuditFilter& filter;
  const AuditPage& page;
  Instant read_at;
  bool unmasked = false;
};

Json record_json(const Answer& answer) {
  Json json = Json::object();
  json["read_at"] = to_text(answer.read_at);
  json["last_sequence"] = answer.page.record.sequence;
  json["last_event_at"] = answer.page.record.sequence == 0 ? Json() : Json(to_text(answer.page.record.at));
  return json;
}

Json sending_json(const AuditEntry& entry, bool unmasked) {
  if (!entry.sending || !entry.message) return Json();
  const Attempt& attempt = *entry.sending;
  const bool erased = entry.notice.erased;  // beside it in the answer
  const auto text = [&](const std::string& said) { return erased ? Json() : Json(said); };
  Json json = Json::object();
  json["channel"] = to_text(attempt.channel);
  json["attempt"] = attempt.number;
  json["started_at"] = to_text(attempt.started_at);
  json["ended_at"] = attempt.ended_at ? Json(to_text(*attempt.ended_at)) : Json();
  json["code"] = as_utf8(attempt.code);
  json["reply"] = text(as_utf8(attempt.reply));
  json["provider_id"] = attempt.provider_id.empty() ? Json() : Json(as_utf8(attempt.provider_id));
  json["sandbox"] = attempt.sandbox;
  json["revision"] = entry.message->revision;
  json["sha256"] = text(entry.message->digest.hex());
  json["message_id"] = entry.message->message_id.empty() ? Json() : Json(entry.message->message_id);
  json["address_masked"] = text(entry.message->address_masked);
  if (unmasked) json["address"] = text(entry.message->address);
  return json;
}

Json entry_json(const AuditEntry& entry, bool unmasked) {
  Json json = summary_json(entry.notice, entry.deliveries);
  json["sending"] = sending_json(entry, unmasked);
  json["deliveries"] = Json::array();
  for (const Delivery& delivery : entry.deliveries) {
    Json each = Json::object();
    each["channel"] = to_text(delivery.channel);
    each["counts"] = delivery.counts;
    each["state"] = to_text(delivery.state);
    each["reason"] = delivery.reason.empty() ? Json() : Json(delivery.reason);
    each["sandbox"] = delivery.sandbox;
    const bool erased = entry.notice.erased;
    each["address_masked"] = erased ? Json() : Json(delivery.address_masked);
    if (unmasked) each["address"] = erased ? Json() : Json(delivery.address);
    json["deliveries"].push_back(std::move(each));
  }
  return json;
}

void print_json(const Terminal& terminal, const Answer& answer) {
  Json json = Json::object();
  json["looked_for"] = audit_filter_json(answer.filter, answer.unmasked);
  json["record"] = record_json(answer);
  json["notices"] = Json::array();
  for (const AuditEntry& entry : answer.page.notices)
    json["notices"].push_back(entry_json(entry, answer.unmasked));
  json["next_after"] = answer.page.more ? Json(answer.page.notices.back().notice.id) : Json();
  terminal.out << pretty_json(json) << "\n";
}

/// The three lines that make the answer one that can be quoted.
void print_question(const Terminal& terminal, const Answer& answer) {
  const Language language = terminal.language;
  const auto line = [&](const char* label, const std::string& text) {
    const std::string shown(terminal.say(label));
    terminal.out << terminal.paint(shown, Tone::faint) << padding(shown, 12) << " " << visible(text) << "\n";
  };
  line("Looked for", in_words(language, answer.filter, answer.unmasked));
  const std::size_t count = answer.page.notices.size();
  const std::string number = std::to_string(count);
  line("Found",
       count == 0 ? std::string(terminal.say("nothing"))
       : answer.page.more
           ? say(language, Sentence("{0} notices on this page, more follow", {number}))
           : say(language, Sentence(std::string(plural(count, "{0} notice", "{0} notices")), {number})));
  const std::string sequence = std::to_string(answer.page.record.sequence);
  line("Record",
       answer.page.record.sequence == 0
           ? say(language, Sentence("read at {0}, when it was empty", {to_text(answer.read_at)}))
           : say(language, Sentence("read at {0}, up to event {1} of {2}",
                                    {to_text(answer.read_at), sequence, to_text(answer.page.record.at)})));
}

std::string address_of(const AuditEntry& entry, bool unmasked) {
  if (!entry.message) return "-";
  return unmasked ? entry.message->address : entry.message->address_masked;
}

/// The versions that the notices are under, each with the digest of the one that was used.
void print_agreements(const Terminal& terminal, const AuditPage& page) {
  std::set<std::tuple<std::string, std::string, std::string>> versions;
  for (const AuditEntry& entry : page.notices) {
    versions.emplace(entry.notice.agreement, entry.notice.agreement_version,
                     entry.notice.agreement_digest.hex());
  }
  Table table({"AGREEMENT", "VERSION", "SHA-256"});
  for (const auto& [agreement, version, digest] : versions) table.add({agreement, version, digest});
  terminal.out << "\n";
  table.print(terminal);
}

/// What no date is shown without.
std::string marks(const Terminal& terminal, const Notice& notice) {
  std::string marks;
  if (notice.sandbox) marks += " " + std::string(terminal.say("SANDBOX"));
  if (notice.lead_time_broken) marks += " " + std::string(terminal.say("TOO LATE"));
  return marks;
}

void print_table(const Terminal& terminal, const Answer& answer) {
  Table table({"LEGAL DATE", "ZONE", "ACCOUNT", "KIND", "CLAUSE", "SENT ON", "TO", "BY RULE", "STATE",
               "AGREEMENT", "NOTICE"});
  // Never the date with its mark of a sandbox, nor the name by which the rest is found.
  table.give_way({"AGREEMENT", "TO", "BY RULE", "KIND", "ACCOUNT", "CLAUSE", "ZONE", "SENT ON", "STATE"});
  for (const AuditEntry& entry : answer.page.notices) {
    const Notice& notice = entry.notice;
    const auto& deemed = notice.deemed;
    table.add({Cell((deemed ? to_text(deemed->on) : "-") + marks(terminal, notice),
                    notice.lead_time_broken ? Tone::bad
                    : notice.sandbox        ? Tone::warn
                                            : Tone::plain),
               notice.time_zone, notice.erased ? std::string(terminal.say("ERASED")) : notice.account_id,
               notice.kind, clauses(notice),
               std::string(deemed ? terminal.say(to_text(deemed->channel)) : "-"),
               notice.erased ? std::string(terminal.say("ERASED")) : address_of(entry, answer.unmasked),
               deemed ? std::string(terminal.say(deemed->rule)) + " (" + deemed->clause + ")" : "-",
               Cell(std::string(terminal.say(to_text(notice.state))), tone_of(notice)),
               notice.agreement + " " + notice.agreement_version, notice.id});
  }
  terminal.out << "\n";
  table.print(terminal);
  print_agreements(terminal, answer.page);
}

/// What the answer `nothing` leaves open: notices that fit but for the period, among them those without a
/// legal date.
void explain_nothing(const Terminal& terminal, JournalReader& reader, AuditFilter filter) {
  if (!filter.from && !filter.to) return;
  filter.from.reset();
  filter.to.reset();
  const auto others = reader.audit(filter, {}, 1);
  if (!others || others->notices.empty()) return;
  terminal.err << terminal.say(
                      "Others match without a legal date in that period: leave out --from and --to "
                      "to see them.")
               << "\n";
}

}  // namespace

int run_audit(const Context& context, const AuditArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto filter = make_audit_filter(arguments.filter);
  const auto after =
      ulid_option("--after", "NOTICE_ID, the last column of `duenotice audit`", arguments.after);
  if (!filter || !after) {
    terminal.fail(filter ? after.error() : filter.error());
    return exit_usage;
  }
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const Instant read_at = SystemClock().now();
  const auto page = (*reader)->audit(*filter, *after, arguments.limit);
  if (!page) return terminal.fail(page.error());
  const Answer answer{.filter = *filter, .page = *page, .read_at = read_at, .unmasked = arguments.unmasked};
  if (page->notices.empty()) {
    explain_unknown_words(context, **reader, arguments.filter.kind, arguments.filter.agreement);
    if (filter->clause) explain_unknown_clause(context, **reader, *filter->clause);
  }
  if (arguments.json) {
    print_json(terminal, answer);
    return exit_ok;
  }
  print_question(terminal, answer);
  if (page->notices.empty()) {
    explain_nothing(terminal, **reader, *filter);
    return exit_ok;
  }
  print_table(terminal, answer);
  if (page->more) say_more(terminal, next_page(context.common, arguments, page->notices.back().notice.id));
  return exit_ok;
}

}  // namespace duenotice::app
