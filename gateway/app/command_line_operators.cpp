#include "gateway/app/command_line_operators.hpp"

#include <CLI/CLI.hpp>

namespace duenotice::app {
namespace {

constexpr const char* kept_with_it =
    "\nWho, when and why are kept with the record; nothing that was recorded before is changed.\n"
    "While no gateway runs, the order is written down and acted upon when one starts.\n";

constexpr const char* which = "Which deliveries";

template <class Arguments>
CLI::App* add(CLI::App& app, const std::string& name, const std::string& help, Arguments& arguments,
              const Chosen& chosen) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&arguments, chosen] { chosen(arguments); });
  return command;
}

CLI::Option* add_channel(CLI::App& command, std::optional<std::string>& channel, const std::string& help) {
  return command.add_option("--channel", channel, help + ": email, in_site or sms")->type_name("CHANNEL");
}

CLI::Option* add_name(CLI::App& command, const char* what, std::string& name, const std::string& help) {
  return command.add_option(what, name, help)->required()->type_name("");
}

void add_selection(CLI::App& command, ReplayArguments& replay) {
  const auto filter = [&](const char* name, std::optional<std::string>& value, const char* type,
                          const char* help) {
    return command.add_option(name, value, help)->type_name(type)->group(which);
  };
  command
      .add_option("NOTICE", replay.notices,
                  "Notice ids, and of them what failed or is held; or choose by the options below")
      ->type_name("");
  filter("--state", replay.state, "STATE", "Deliveries that are failed, held or sent");
  filter("--code", replay.code, "CODE", "Whose last attempt ended with this code, such as 550");
  filter("--kind", replay.kind, "KIND", "Of this kind of notice");
  filter("--agreement", replay.agreement, "ID", "Under this agreement");
  filter("--since", replay.since, "DATE", "Of notices accepted on or after: 2026-07-01 (UTC) or an instant");
  filter("--until", replay.until, "DATE",
         "Of notices accepted up to the end of a date (UTC), or before an instant");
  add_channel(command, replay.channel, "Only on this channel; of named notices also what was sent on it")
      ->group(which);
}

void add_failed(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  FailedArguments& failed = words.failed;
  CLI::App* command = add(
      app, "failed", "Group what waits for a person: why, how long, and the command to give", failed, chosen);
  command->add_option("--channel", failed.channel, "Only deliveries on this channel: email, in_site or sms");
  command->add_option("--code", failed.code, "Only those whose last attempt ended with this code");
  command->add_option("--kind", failed.kind, "Only of this kind of notice");
  command->add_option("--agreement", failed.agreement, "Only under this agreement");
  command->add_option("--since", failed.since,
                      "Only of notices accepted on or after: 2026-07-01 (UTC) or 2026-07-01T09:00:00+08:00");
  command->add_flag("--json", failed.json, "Stable JSON for programs");
  command->footer(
      "\nA group is what has the same channel, state, reason and code, and it says how many of it have "
      "waited\n"
      "for less than an hour, a day, seven days, or longer (in JSON: by_age). Each group answers: was it "
      "sent?\n"
      "is a resend safe, and why? who must act, and how? Rejected requests that are open, dead letters that\n"
      "wait for the broker and relays without a report stand below, whatever the filters. In JSON, sent is\n"
      "false, or null where nobody knows.\n"
      "\nExample: duenotice failed --channel email --since 2026-07-01");
}

void add_replay(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  ReplayArguments& replay = words.replay;
  CLI::App* command =
      add(app, "replay", "Send again what failed, is held, or was sent: one notice or ten thousand", replay,
          chosen);
  add_selection(*command, replay);
  CLI::Option* email = command->add_option("--email", replay.email,
                                           "To this corrected address; for named notices of one account");
  email->type_name("ADDRESS");
  command->add_option("--phone", replay.phone, "To this corrected number; for named notices of one account")
      ->type_name("NUMBER")
      ->excludes(email);
  command
      ->add_option("--rate", replay.rate, "At most so many deliveries a second; default: as fast as they go")
      ->check(CLI::Range(1, limits::rate_most))
      ->type_name("N");
  command->add_flag("--accept-late", replay.accept_late,
                    "Send what is too late for its date as it is; it is marked lead_time_broken");
  command->add_flag("--dry-run", replay.dry_run, "Only count and warn");
  command->add_flag("--yes", replay.yes, "Do not ask");
  add_order(*command, replay);
  command->footer(
      std::string(kept_with_it) +
      "\nOf notices that are named, what was sent already is left out, unless --state sent, --channel,\n"
      "--email or --phone says that it goes out once more.\n"
      "The selection is frozen when you say yes. The same command again goes on with the same replay and\n"
      "sends nothing twice; for another round give another reason. The first legal date never moves.\n"
      "duenotice jobs lists the replays, and duenotice jobs stop ends one.\n"
      "The command looks on until each was tried; Ctrl-C ends the looking, not the replay. It ends with 0,\n"
      "also where some failed again: the summary says so. It ends with 4 when the gateway stops meanwhile "
      "or\n"
      "nothing moves: the replay goes on by itself.\n"
      "\nExamples:\n"
      "  duenotice replay --state failed --channel email --since 2026-07-01 --dry-run\n"
      "  duenotice replay --state failed --channel email --since 2026-07-01 --reason \"relay was down\"\n"
      "  duenotice replay NOTICE_ID --channel email --reason \"they lost it\"\n"
      "  duenotice replay NOTICE_ID --email new@example.com --reason \"moved\"");
}

void add_jobs(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  CLI::App* jobs = app.add_subcommand("jobs", "List replays, the newest first, and how far each has come");
  jobs->callback([&words, jobs, chosen] {
    if (jobs->get_subcommands().empty()) chosen(words.jobs);
  });
  jobs->add_option("--after", words.jobs.after, "What comes after this replay of the page before")
      ->type_name("JOB");
  jobs->add_option("--limit", words.jobs.limit, "At most so many; each costs a look at all its deliveries")
      ->check(CLI::Range(1, limits::list_rows_most))
      ->type_name("N")
      ->capture_default_str();
  jobs->add_flag("--json", words.jobs.json, "Stable JSON for programs");
  CLI::App* show =
      add(*jobs, "show", "Show one replay: who, when, why, what, how far", words.jobs_show, chosen);
  add_name(*show, "JOB", words.jobs_show.job, "The replay's id");
  show->add_flag("--json", words.jobs_show.json, "Stable JSON for programs");
  show->footer("\nExample: duenotice jobs show JOB_ID");
  CLI::App* stop =
      add(*jobs, "stop", "Stop a replay: nothing of it is started any more", words.jobs_stop, chosen);
  add_name(*stop, "JOB", words.jobs_stop.job, "The replay's id");
  add_order(*stop, words.jobs_stop)->required();
  stop->footer(std::string(kept_with_it) +
               "\nWhat it had not sent is as it was before the replay: failed or held, with its reason, its "
               "address and\n"
               "its words. What is under way is finished, its outcome counts, and it is not tried again. "
               "What was sent\n"
               "stays sent; what may have been is held, for a person to find out about. A stopped replay "
               "never goes on:\n"
               "the same replay command again is refused, and sends only when it is given another --reason.\n"
               "\nExample: duenotice jobs stop JOB_ID --reason \"the wrong notices\"");
  jobs->footer("\nExample: duenotice jobs\n         duenotice jobs show JOB_ID");
}

void add_resolve(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  ResolveArguments& resolve = words.resolve;
  CLI::App* command = add(app, "resolve", "Decide about a delivery that is held or whose outcome is unknown",
                          resolve, chosen);
  constexpr const char* decisions = "What is decided, one of";
  add_name(*command, "NOTICE", resolve.notice, "The notice id");
  add_channel(*command, resolve.channel, "Which delivery, with the first three");
  command
      ->add_flag("--resend", resolve.resend, "Send it again; marked as a possible duplicate if it may be one")
      ->group(decisions);
  command->add_flag("--not-sent", resolve.not_sent, "It certainly never went out: send it")->group(decisions);
  CLI::Option* confirms = command->add_option(
      "--provider-confirms", resolve.provider_confirms,
      "The provider has it: what it says. Ends the delivery without a legal date; needs --evidence");
  confirms->type_name("TEXT")->group(decisions);
  command
      ->add_option("--effective-date", resolve.effective_date,
                   "Give a notice that is held because it is late this lawful date")
      ->type_name("DATE")
      ->group(decisions);
  command
      ->add_flag("--accept-late", resolve.accept_late,
                 "Send a notice that is held because it is late as it is; marked lead_time_broken")
      ->group(decisions);
  command->add_option("--evidence", resolve.evidence, "The file that proves what the provider says")
      ->type_name("FILE")
      ->needs(confirms);
  add_order(*command, resolve)->required();
  command->footer(
      std::string(kept_with_it) +
      "\nExamples:\n"
      "  duenotice resolve NOTICE_ID --channel email --not-sent --reason \"not in the relay's log\"\n"
      "  duenotice resolve NOTICE_ID --channel sms --provider-confirms \"delivered 09:12\" \\\n"
      "    --evidence reply.eml --reason \"asked the carrier\"\n"
      "  duenotice resolve NOTICE_ID --effective-date 2026-09-01 --reason \"agreed with legal\"");
}

}  // namespace

CLI::Option* add_order(CLI::App& command, OrderArguments& order) {
  command.add_option("--operator", order.operator_name, "Who orders it; default: the user of this shell")
      ->type_name("NAME");
  command.add_flag("--json", order.json, "Stable JSON for programs");
  return command.add_option("--reason", order.reason, "Why, in your own words; auditors read it");
}

void add_operators(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  add_failed(app, words, chosen);
  add_replay(app, words, chosen);
  add_jobs(app, words, chosen);
  add_resolve(app, words, chosen);
  CLI::App* retry = add(app, "retry", "Try now what waits for its due time", words.retry, chosen);
  retry->add_option("NOTICE", words.retry.notices, "Notice ids")->required()->type_name("");
  add_channel(*retry, words.retry.channel, "Only this channel");
  retry->add_flag("--before-its-time", words.retry.before_its_time,
                  "Send it also before its publisher's send_not_before; needs a --reason of your own");
  words.retry.reason = retry_reason;
  add_order(*retry, words.retry)->capture_default_str();
  retry->footer(
      std::string(kept_with_it) +
      "\nWhere the provider was away, one attempt probes at once whether it is back.\n"
      "What its publisher wants sent later (send_not_before) is refused without --before-its-time.\n"
      "Of several notices each is an order of its own: one that does not wait keeps no other from\n"
      "being tried, and the command ends with the first failure's code. --json is a list then.\n"
      "\nExample: duenotice retry NOTICE_ID NOTICE_ID");
  CLI::App* cancel = add(app, "cancel", "Send a notice no more, while nothing of it can have gone out",
                         words.cancel, chosen);
  add_name(*cancel, "NOTICE", words.cancel.notice, "The notice id");
  add_order(*cancel, words.cancel)->required();
  cancel->footer(std::string(kept_with_it) +
                 "\nExample: duenotice cancel NOTICE_ID --reason \"published by mistake\"");
  add_keys(app, words, chosen);
  add_erasure(app, words, chosen);
}

void add_rejected_decisions(CLI::App& rejected, OperatorWords& words, const Chosen& chosen) {
  CLI::App* show =
      add(rejected, "show", "Show a rejected request and where its fault is", words.rejected_show, chosen);
  add_name(*show, "REJECTION", words.rejected_show.rejection, "The rejection's id");
  CLI::Option* raw = show->add_flag("--raw", words.rejected_show.raw,
                                    "Write the request as it came to stdout, to be edited and released");
  show->add_flag("--json", words.rejected_show.json, "Stable JSON for programs")->excludes(raw);
  show->footer(
      "\nExamples:\n  duenotice rejected show REJECTION_ID\n"
      "  duenotice rejected show REJECTION_ID --raw > request.json");
  CLI::App* release = add(rejected, "release", "Submit a rejected request again, as it came or edited",
                          words.rejected_release, chosen);
  add_name(*release, "REJECTION", words.rejected_release.rejection, "The rejection's id");
  release
      ->add_option("--edit", words.rejected_release.edit,
                   "Submit this file in its place; the difference is recorded")
      ->type_name("FILE");
  add_order(*release, words.rejected_release)->required();
  release->footer(
      std::string(kept_with_it) +
      "\nIt is accepted, or it stays rejected and you are told why; then the command ends with 1.\n"
      "\nExample: duenotice rejected release REJECTION_ID --edit request.json --reason \"wrong kind\"");
  CLI::App* discard = add(rejected, "discard", "Say that a rejected request needs nothing more",
                          words.rejected_discard, chosen);
  add_name(*discard, "REJECTION", words.rejected_discard.rejection, "The rejection's id");
  add_order(*discard, words.rejected_discard)->required();
  discard->footer(std::string(kept_with_it) +
                  "\nExample: duenotice rejected discard REJECTION_ID --reason \"was a test\"");
}

}  // namespace duenotice::app
