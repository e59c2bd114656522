#include "gateway/app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <sstream>

#include "gateway/app/command_line_audit.hpp"
#include "gateway/app/command_line_documents.hpp"
#include "gateway/app/command_line_log.hpp"
#include "gateway/app/command_line_operators.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/usage_error.hpp"
#include "gateway/app/version.hpp"

namespace duenotice::app {

namespace {

constexpr const char* description =
    "duenotice: sends the notices that an agreement obliges you to give, and records the date on which\n"
    "the agreement deems each one delivered.";

constexpr const char* footer = R"(
Examples
  duenotice serve                                   run the gateway in the foreground
  duenotice submit requests.jsonl                   publish requests to the queue
  duenotice failed                                  what needs a person, and the command to give
  duenotice show 01J2Z0V7N3KJ6Q8M4T5W9XYABC         one notice with everything about it
  duenotice audit --account acct-7 --to 2026-06-30  was this account told, and when?
  duenotice status                                  what waits, what is under way, what is stuck
  duenotice doctor                                  is everything in order?

Configuration: --config FILE, else $DUENOTICE_CONFIG, ./duenotice.toml, /etc/duenotice/duenotice.toml;
DUENOTICE_SECTION_KEY in the environment overrides a key.

Exit codes
  0 done   1 what you asked about has a mistake   2 command line or configuration has a mistake
  3 not found   4 somebody else is away or busy, try again
  74 a disk or a stored file is full or damaged, or this user has no right to it)";

constexpr const char* sent_anything_help =
    "\nIn JSON, sent_anything is true, false, or null where nobody knows: an attempt is under way, or ended\n"
    "without an answer. Only false says that nothing went out.\n";

constexpr const char* moments = "2026-07-01 (UTC) or 2026-07-01T09:00:00+08:00";

/// The subcommand that was parsed last wins; each fills its arguments and sets this when it is complete.
struct Parsed {
  CommandLine line;
  ServeArguments serve;
  StatusArguments status;
  SubmitArguments submit;
  ListArguments list;
  ShowArguments show;
  InboxArguments inbox;
  RejectedArguments rejected;
  OperatorWords operators;
  AuditWords audit;
  DocumentWords documents;
  EventsArguments events;
  AgreementsCheckArguments agreements_check;
  AgreementsShowArguments agreements_show;
  AgreementsDiffArguments agreements_diff;
  PreviewArguments preview;
  LogWords log;
  ConfigCheckArguments config_check;
  DoctorArguments doctor;
};

/// CLI11 wraps nothing; help texts are written as they should appear.
template <class Arguments>
CLI::App* add(CLI::App& app, const std::string& name, const std::string& help, Parsed& parsed,
              Arguments& arguments) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&parsed, &arguments] { parsed.line.command = arguments; });
  return command;
}

CLI::Option* add_limit(CLI::App& command, int& limit) {
  return command
      .add_option("--limit", limit,
                  "At most so many rows (1 to " + std::to_string(limits::list_rows_most) + ")")
      ->check(CLI::Range(1, limits::list_rows_most))
      ->capture_default_str();
}

void add_json(CLI::App& command, bool& json) { command.add_flag("--json", json, "Stable JSON for programs"); }

void add_running(CLI::App& app, Parsed& parsed) {
  add(app, "serve", "Run the gateway in the foreground until SIGTERM or Ctrl-C", parsed, parsed.serve)
      ->footer("\nExample: duenotice serve --config /etc/duenotice/duenotice.toml");
  CLI::App* submit =
      add(app, "submit", "Publish notice requests to the configured queue", parsed, parsed.submit);
  submit
      ->add_option("FILE", parsed.submit.file,
                   "JSON documents, one after the other or one a line; - reads stdin")
      ->required();
  submit->footer(
      "\nA document with specversion, type and data is published as a CloudEvent, any other as a plain "
      "request.\n"
      "The gateway checks them: see duenotice list and duenotice rejected.\n"
      "Example: duenotice submit - < requests.jsonl");
}

void add_list(CLI::App& app, Parsed& parsed) {
  ListArguments& list = parsed.list;
  CLI::App* command = add(app, "list", "List notices, the newest first", parsed, list);
  command->add_option("--state", list.state,
                      "accepted, sending, deemed_delivered, held, failed or cancelled");
  command->add_option("--kind", list.kind, "A kind of notice, such as fund_freeze");
  command->add_option("--agreement", list.agreement, "The id of an agreement");
  command->add_option("--account", list.account, "The account that the notice is for");
  command->add_option("--channel", list.channel, "With a delivery on this channel: email, in_site or sms");
  command->add_option("--since", list.since, std::string("Accepted on or after: ") + moments);
  command->add_option("--until", list.until, "Accepted up to the end of a date (UTC), or before an instant");
  command->add_option("--after", list.after, "Go on after this NOTICE_ID, the last one of the page before");
  add_limit(*command, list.limit);
  add_json(*command, list.json);
  command->footer(std::string(sent_anything_help) +
                  "\nExample: duenotice list --state held --agreement flashduty-user-agreement --json");
}

void add_reading(CLI::App& app, Parsed& parsed) {
  CLI::App* show =
      add(app, "show", "Show one notice: state, legal date, deliveries, history", parsed, parsed.show);
  show->add_option("NOTICE", parsed.show.names, "NOTICE_ID, or SOURCE and REQUEST_ID")
      ->required()
      ->expected(1, 2);
  CLI::Option* raw =
      show->add_option("--raw", parsed.show.raw,
                       "Write the exact bytes that were sent on this channel to stdout, nothing else; on\n"
                       "stderr their recorded SHA-256 and which revision they are");
  show->add_option("--revision", parsed.show.revision,
                   "With --raw: this revision; default: the one that was sent, else the newest")
      ->check(CLI::Range(1, 1'000'000))
      ->needs(raw);
  CLI::Option* evidence =
      show->add_option("--evidence", parsed.show.evidence,
                       "The same with the file that a person kept as evidence (resolve --evidence): of this\n"
                       "channel the newest, or that of this decision's id")
          ->excludes(raw);
  show->add_flag("--digest", parsed.show.digest,
                 "With --raw or --evidence: the recorded SHA-256 of those bytes instead, which\n"
                 "`sha256sum --check DIGEST <BYTES` reads: DIGEST and BYTES are the files of both");
  show->add_flag("--json", parsed.show.json, "Stable JSON for programs")->excludes(raw)->excludes(evidence);
  show->footer(std::string(sent_anything_help) +
               "\nExamples: duenotice show billing req-4711\n"
               "          duenotice show NOTICE_ID --raw email > sent.eml\n"
               "          duenotice show NOTICE_ID --evidence email > reply.eml");

  CLI::App* inbox =
      add(app, "inbox", "Show a user's in-site messages, the newest first", parsed, parsed.inbox);
  inbox->add_option("USER", parsed.inbox.user, "The recipient's user_id")->required();
  add_limit(*inbox, parsed.inbox.limit);
  add_json(*inbox, parsed.inbox.json);
  inbox->footer("\nExample: duenotice inbox user-1001 --limit 5");
}

/// Those that change something stand in a file of their own.
Chosen chosen(Parsed& parsed) {
  return [&parsed](CommandArguments command) { parsed.line.command = std::move(command); };
}

void add_rejected(CLI::App& app, Parsed& parsed) {
  RejectedArguments& rejected = parsed.rejected;
  CLI::App* command =
      add(app, "rejected", "List requests that were refused, the newest first, and what to change in each",
          parsed, rejected);
  command->add_flag("--open", rejected.open, "Only those that nobody released or discarded yet");
  command->add_option("--code", rejected.code, "Refused with this code, such as missing_field");
  command->add_option("--since", rejected.since, std::string("Refused on or after: ") + moments);
  command->add_option("--until", rejected.until,
                      "Refused up to the end of a date (UTC), or before an instant");
  command->add_option("--after", rejected.after,
                      "Go on after this REJECTION_ID, the last one of the page before");
  add_limit(*command, rejected.limit);
  add_json(*command, rejected.json);
  // Its own callback runs after those of the commands below it.
  command->callback([&parsed, command] {
    if (command->get_subcommands().empty()) parsed.line.command = parsed.rejected;
  });
  add_rejected_decisions(*command, parsed.operators, chosen(parsed));
  command->footer(
      "\nExample: duenotice rejected --open --code lead_time_too_short --since 2026-07-01\n"
      "         duenotice rejected show REJECTION_ID");
}

void add_events(CLI::App& app, Parsed& parsed) {
  EventsArguments& events = parsed.events;
  CLI::App* command =
      add(app, "events", "Print what became of requests, one CloudEvent in JSON a line, the oldest first",
          parsed, events);
  command->add_flag("--follow", events.follow,
                    "Wait for new ones until Ctrl-C, SIGTERM, or until nobody reads them any more");
  command->add_option("--after", events.after, "Only those behind this SEQUENCE");
  command->add_option("--type", events.type,
                      "accepted, rejected, held, deemed_delivered, failed or cancelled");
  command->add_option("--limit", events.limit, "End after so many events")->check(CLI::PositiveNumber);
  command->footer(
      "\nThe same events go to the broker's exchange ([queue] events); these come from the journal, with\n"
      "either queue. asyncapi.yaml describes every field.\n"
      "\nTo go on after a break, give --after the `sequence` of the last line that you have dealt with.\n"
      "Note it after that, not before: then none is missed, and one may come twice, with the same `id`.\n"
      "\nExample: duenotice events --follow --after 4711");
}

void add_agreements(CLI::App& app, Parsed& parsed) {
  CLI::App* agreements = app.add_subcommand("agreements", "Check, show or compare the agreements");
  agreements->require_subcommand(1);
  CLI::App* check = add(*agreements, "check", "Find every mistake in a folder of agreements", parsed,
                        parsed.agreements_check);
  check->add_option("DIR", parsed.agreements_check.folder, "The folder; default: that of the configuration");
  check->footer("\nExample: duenotice agreements check templates/agreements");
  CLI::App* show = add(*agreements, "show", "Show agreements, their kinds and what each kind demands", parsed,
                       parsed.agreements_show);
  add_json(*show, parsed.agreements_show.json);
  show->footer("\nExample: duenotice agreements show --json");
  CLI::App* diff = add(*agreements, "diff", "Show what changed between two versions of an agreement", parsed,
                       parsed.agreements_diff);
  diff->add_option("A", parsed.agreements_diff.before, "ID@VERSION, or the folder of a version")->required();
  diff->add_option("B", parsed.agreements_diff.after, "The other one")->required();
  add_json(*diff, parsed.agreements_diff.json);
  diff->footer(
      "\nWhat changed for all kinds, kind by kind, and in the texts line by line.\n"
      "Ends with 0 when they say the same, 1 when they differ, 2 when one has mistakes, 3 when there is "
      "none.\n"
      "\nExample: duenotice agreements diff terms@2025-01-01 drafts/terms/2026-01-01");
  agreements->footer("\nExample: duenotice agreements show");
}

void add_preview(CLI::App& app, Parsed& parsed) {
  PreviewArguments& preview = parsed.preview;
  CLI::App* command =
      add(app, "preview", "Print the exact messages that a request would become", parsed, preview);
  command->add_option("KIND", preview.kind, "A kind of notice, such as fund_freeze")->required();
  command->add_option("--agreement", preview.agreement, "The id of the agreement")->required();
  command->add_option("--agreement-version", preview.version, "Its version; default: the one in force today");
  command->add_option("--locale", preview.locale,
                      "zh-CN, en; default: the request's, or the agreement's own language");
  CLI::Option* channel = command->add_option("--channel", preview.channel, "Only this channel");
  CLI::Option* raw =
      command->add_option("--raw", preview.raw, "Write the exact bytes of this channel to stdout")
          ->excludes(channel);
  command->add_flag("--json", preview.json, "Stable JSON for programs: words and exact bytes")->excludes(raw);
  command
      ->add_option("--data", preview.data,
                   "A request, or an object with its variables, as JSON; - reads stdin")
      ->required();
  command->footer(
      "\nExamples: duenotice preview fund_freeze --agreement flashduty-user-agreement --locale en --data "
      "request.json\n          duenotice preview fund_freeze --agreement flashduty-user-agreement --data "
      "request.json --raw email");
}

void add_checks(CLI::App& app, Parsed& parsed) {
  CLI::App* config = app.add_subcommand("config", "Check the configuration");
  config->require_subcommand(1);
  config->footer("\nExample: duenotice config check");
  add(*config, "check", "Find every mistake in the configuration, or show what holds and where it was set",
      parsed, parsed.config_check)
      ->footer(
          "\n[retry] attempts ends a delivery whose attempts fail, or the channel's own retry_attempts. An "
          "attempt whose outcome is unknown "
          "follows\n"
          "only [channels.email] on_unknown and unknown_resends.\n"
          "\nExample: duenotice config check --config /etc/duenotice/duenotice.toml");
  CLI::App* status =
      add(app, "status", "Show how the gateway, its queue and its channels are doing", parsed, parsed.status);
  add_json(*status, parsed.status.json);
  status->footer(
      "\nAsks the running gateway, the queue and the journal, and changes nothing. Ends with 4 when no "
      "gateway\n"
      "runs, or one that hangs; then it shows what queue and journal know.\n"
      "Example: watch -n 5 duenotice status");
  CLI::App* doctor =
      add(app, "doctor", "Try out everything the gateway depends on; ends with 1 when there is a problem",
          parsed, parsed.doctor);
  add_json(*doctor, parsed.doctor.json);
  doctor->add_flag("--deep", parsed.doctor.deep,
                   "Check every event of the journal, not only the last thousand");
  doctor->footer(
      "\nA problem: notices are not taken, not sent or not dated rightly, also because the gateway hangs, or "
      "is\n"
      "stopped while requests wait. A warning: it works, and a person should know. Each says what to do "
      "next.\n"
      "\nExample: duenotice doctor --deep");
}

}  // namespace

Result<CommandLine, EarlyEnd> parse_command_line(const std::vector<std::string>& words) {
  Parsed parsed;
  CLI::App app(description, "duenotice");
  app.set_version_flag("--version", std::string("duenotice ") + version);
  app.add_option("--config", parsed.line.common.config, "The configuration file (TOML)")->type_name("FILE");
  const CLI::Option* language = app.add_option("--lang", parsed.line.common.language,
                                               "Language of what people read: en or zh; default: $LANG")
                                    ->check(CLI::IsMember({"en", "zh", "zh-CN"}));
  app.fallthrough();
  app.require_subcommand(1);
  add_running(app, parsed);
  add_list(app, parsed);
  add_reading(app, parsed);
  add_rejected(app, parsed);
  add_audit(app, parsed.audit, chosen(parsed));
  add_operators(app, parsed.operators, chosen(parsed));
  add_export(app, parsed.audit, chosen(parsed));
  add_documents(app, parsed.documents, chosen(parsed));
  add_events(app, parsed);
  add_log(app, parsed.log, chosen(parsed));
  add_agreements(app, parsed);
  add_preview(app, parsed);
  add_checks(app, parsed);
  refuse_blank_words(app);
  app.footer(footer);  // last, because a subcommand without one of its own would inherit it
  try {
    // CLI11 takes the words from the back.
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& end) {
    std::ostringstream out;
    std::ostringstream err;
    if (app.exit(end, out, err) == 0) return EarlyEnd{exit_ok, out.str(), "", ""};
    return EarlyEnd{exit_usage, "", explain(app, end), language->empty() ? "" : language->results().front()};
  }
  return parsed.line;
}

}  // namespace duenotice::app
