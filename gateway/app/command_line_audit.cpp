#include "gateway/app/command_line_audit.hpp"

#include <CLI/CLI.hpp>

namespace duenotice::app {
namespace {

void add_audit_filter(CLI::App& command, AuditFilterArguments& filter) {
  command.add_option("--account", filter.account, "The account that the notice is for");
  command.add_option("--address", filter.address,
                     "It was made out to exactly this email address, phone number or user id");
  command.add_option("--from", filter.from, "Its legal date is this one or later, such as 2026-07-01");
  command.add_option("--to", filter.to, "Its legal date is this one or earlier");
  command.add_option("--kind", filter.kind, "A kind of notice, such as fund_freeze");
  command.add_option("--clause", filter.clause, "The clause under which the notice is given, such as 8.2");
  command.add_option("--agreement", filter.agreement, "The id of an agreement");
  command.add_option("--channel", filter.channel, "With a delivery on this channel: email, in_site or sms");
  command.add_option("--state", filter.state,
                     "accepted, sending, deemed_delivered, held, failed or cancelled");
}

}  // namespace

void add_audit(CLI::App& app, AuditWords& words, const Chosen& chosen) {
  AuditArguments& audit = words.audit;
  CLI::App* command =
      app.add_subcommand("audit", "Answer for the record: which notices there are, by legal date");
  command->callback([&audit, chosen] { chosen(audit); });
  add_audit_filter(*command, audit.filter);
  command->add_flag("--unmasked", audit.unmasked, "Show addresses as they are");
  command->add_option("--after", audit.after, "Go on after this NOTICE_ID, the last one of the page before");
  command
      ->add_option("--limit", audit.limit,
                   "At most so many rows (1 to " + std::to_string(limits::list_rows_most) + ")")
      ->check(CLI::Range(1, limits::list_rows_most))
      ->capture_default_str();
  command->add_flag("--json", audit.json, "Stable JSON for programs");
  command->footer(
      "\nThe answer says what was looked for, what was found, and up to which event the record was read, so\n"
      "that it can be quoted whole. Notices without a legal date come first, then the latest date; --from\n"
      "and --to leave out those without one. A legal date is a day in the agreement's own time zone.\n"
      "\nWas account acct-7 told before 1 July 2026?\n"
      "  duenotice audit --account acct-7 --to 2026-06-30");
}

void add_export(CLI::App& app, AuditWords& words, const Chosen& chosen) {
  ExportArguments& arguments = words.export_;
  CLI::App* command =
      app.add_subcommand("export", "Write the record, or a part of it, to a file with a manifest");
  command->callback([&arguments, chosen] { chosen(arguments); });
  command->add_option("--rows", arguments.rows, "notices (one row a delivery) or events (one row an event)")
      ->required();
  command->add_option("--format", arguments.format, "csv or jsonl")->capture_default_str();
  CLI::Option* output = command->add_option("-o,--output", arguments.output, "The file; - writes to stdout");
  command->add_option("--manifest", arguments.manifest,
                      "Where the manifest goes; default: FILE.manifest.json, none with -");
  command->add_flag("--signed", arguments.is_signed, "Sign the manifest: FILE.manifest.note");
  command->add_flag("--force", arguments.force, "Overwrite the files that are there");
  command->add_flag("--columns", arguments.columns, "Only say what the columns are")->excludes(output);
  add_audit_filter(*command, arguments.filter);
  command->add_flag("--unmasked", arguments.unmasked, "Fill the column `address`");
  command->footer(
      "\nThe manifest has the query, the columns, the number of rows, the SHA-256 of the file and how far "
      "the\n"
      "record went. Without a filter it also says whether every event (or notice) from 1 on is there; where\n"
      "one is missing the command ends with 1. It may run beside the gateway, for as long as it takes.\n"
      "\ncsv is RFC 4180. A text that a spreadsheet could take for a formula (it begins with = + - @, a tab, "
      "a\n"
      "line end or an apostrophe) stands behind an apostrophe; jsonl has every text as it is. In both, "
      "bytes\n"
      "that are no text are base 64 behind `base64:`.\n"
      "\nExamples: duenotice export --rows events -o events.csv\n"
      "          duenotice export --rows notices --format jsonl --account acct-7 -o - | jq .legal_date\n"
      "          duenotice export --rows events --format jsonl --signed -o events.jsonl\n"
      "          duenotice export --rows notices --columns");
}

}  // namespace duenotice::app
