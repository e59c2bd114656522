#include "gateway/app/command_line_operators.hpp"

#include <CLI/CLI.hpp>

namespace duenotice::app {
namespace {

constexpr const char* kept_with_it =
    "\nWho, when and why are kept with the record; nothing that was recorded before is changed. While no "
    "gateway\n"
    "runs, the order is written down and acted upon when one starts.\n";

template <class Arguments>
CLI::App* add(CLI::App& app, const std::string& name, const std::string& help, Arguments& arguments,
              const Chosen& chosen) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&arguments, chosen] { chosen(arguments); });
  return command;
}

CLI::Option* add_order(CLI::App& command, OrderArguments& order) {
  command.add_option("--operator", order.operator_name, "Who orders it; default: the user of this shell");
  command.add_flag("--json", order.json, "Stable JSON for programs");
  return command.add_option("--reason", order.reason, "Why, in your own words; auditors read it");
}

void add_replay(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  ReplayArguments& replay = words.replay;
  CLI::App* command =
      add(app, "replay", "Send again what failed, is held, or was sent: one notice or ten thousand", replay,
          chosen);
  CLI::Option* notices = command->add_option("NOTICE", replay.notices, "Notice ids; else the filters below");
  const auto filter = [&](const char* name, std::optional<std::string>& value, const char* help) {
    command->add_option(name, value, help)->excludes(notices);
  };
  filter("--state", replay.state, "Deliveries that are failed, held or sent");
  filter("--kind", replay.kind, "Of this kind of notice");
  filter("--agreement", replay.agreement, "Under this agreement");
  filter("--code", replay.code, "Whose last attempt ended with this code (see duenotice failed)");
  filter("--since", replay.since, "Of notices accepted on or after: 2026-07-01 (UTC) or an instant");
  filter("--until", replay.until, "Of notices accepted up to the end of a date (UTC), or before an instant");
  command->add_option("--channel", replay.channel, "Only on this channel: email, in_site or sms");
  CLI::Option* email =
      command->add_option("--email", replay.email, "To this corrected address (notices of one account)");
  command->add_option("--phone", replay.phone, "To this corrected number (notices of one account)")
      ->excludes(email);
  command
      ->add_option("--rate", replay.rate, "At most so many deliveries a second; default: as fast as they go")
      ->check(CLI::Range(1, limits::rate_most));
  command->add_flag("--accept-late", replay.accept_late,
                    "Send what is too late for its date as it is; it is marked lead_time_broken");
  command->add_flag("--dry-run", replay.dry_run, "Only count and warn");
  command->add_flag("--yes", replay.yes, "Do not ask");
  add_order(*command, replay);
  command->footer(
      std::string(kept_with_it) +
      "\nThe selection is frozen when you say yes. The same command given again goes on with the same replay "
      "and\n"
      "sends nothing twice; for another round give another reason. The first legal date never moves.\n"
      "\nExamples: duenotice replay --state failed --channel email --since 2026-07-01 --reason \"relay was "
      "down\" "
      "--dry-run\n          duenotice replay 01J2Z0V7N3KJ6Q8M4T5W9XYABC --email new@example.com --reason "
      "\"moved\"");
}

void add_resolve(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  ResolveArguments& resolve = words.resolve;
  CLI::App* command = add(app, "resolve", "Decide about a delivery that is held or whose outcome is unknown",
                          resolve, chosen);
  command->add_option("NOTICE", resolve.notice, "The notice id")->required();
  command->add_option("--channel", resolve.channel, "Which delivery: email, in_site or sms");
  command->add_flag("--resend", resolve.resend,
                 "Send it again; marked as a possible duplicate if it may be one");
  command->add_flag("--not-sent", resolve.not_sent, "It certainly never went out: send it");
  CLI::Option* confirms =
      command->add_option("--provider-confirms", resolve.provider_confirms,
                       "The provider has it: what it says. Ends the delivery without a legal date");
  command->add_option("--effective-date", resolve.effective_date,
                   "Give a notice that is held for lateness this lawful date");
  command->add_flag("--accept-late", resolve.accept_late, "Send a notice that is held for lateness as it is");
  command->add_option("--evidence", resolve.evidence, "With --provider-confirms: the file that proves it")
      ->needs(confirms);
  add_order(*command, resolve)->required();
  command->footer(
      std::string(kept_with_it) +
      "\nExample: duenotice resolve NOTICE_ID --channel sms --provider-confirms \"delivered 09:12\" "
      "--evidence reply.eml --reason \"asked the carrier\"");
}

}  // namespace

void add_operators(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  add_replay(app, words, chosen);
  add_resolve(app, words, chosen);
  CLI::App* retry = add(app, "retry", "Try now what waits for its due time", words.retry, chosen);
  retry->add_option("NOTICE", words.retry.notice, "The notice id")->required();
  retry->add_option("--channel", words.retry.channel, "Only this channel");
  words.retry.reason = "brought forward";
  add_order(*retry, words.retry);
  retry->footer("\nExample: duenotice retry NOTICE_ID");
  CLI::App* cancel = add(app, "cancel", "Send a notice no more, while nothing of it can have gone out",
                         words.cancel, chosen);
  cancel->add_option("NOTICE", words.cancel.notice, "The notice id")->required();
  add_order(*cancel, words.cancel)->required();
  cancel->footer(std::string(kept_with_it) +
                 "\nExample: duenotice cancel NOTICE_ID --reason \"published by mistake\"");
}

void add_rejected_decisions(CLI::App& rejected, OperatorWords& words, const Chosen& chosen) {
  CLI::App* show =
      add(rejected, "show", "Show a rejected request and where its fault is", words.rejected_show, chosen);
  show->add_option("REJECTION", words.rejected_show.rejection, "The rejection's id")->required();
  show->add_flag("--json", words.rejected_show.json, "Stable JSON for programs");
  show->footer("\nExample: duenotice rejected show REJECTION_ID");
  CLI::App* release = add(rejected, "release", "Submit a rejected request again, as it came or edited",
                          words.rejected_release, chosen);
  release->add_option("REJECTION", words.rejected_release.rejection, "The rejection's id")->required();
  release->add_option("--edit", words.rejected_release.edit,
                      "Submit this file in its place; the difference is recorded");
  add_order(*release, words.rejected_release)->required();
  release->footer(
      std::string(kept_with_it) +
      "\nIt is accepted, or it stays rejected and you are told why.\n"
      "\nExample: duenotice rejected release REJECTION_ID --edit fixed.json --reason \"wrong kind\"");
  CLI::App* discard = add(rejected, "discard", "Say that a rejected request needs nothing more",
                          words.rejected_discard, chosen);
  discard->add_option("REJECTION", words.rejected_discard.rejection, "The rejection's id")->required();
  add_order(*discard, words.rejected_discard)->required();
  discard->footer("\nExample: duenotice rejected discard REJECTION_ID --reason \"was a test\"");
}

}  // namespace duenotice::app
