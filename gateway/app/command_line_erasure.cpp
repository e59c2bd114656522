#include <CLI/CLI.hpp>

#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {
namespace {

template <class Arguments>
CLI::App* add(CLI::App& app, const char* name, const char* help, Arguments& arguments, const Chosen& chosen) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&arguments, chosen] { chosen(arguments); });
  return command;
}

void add_account(CLI::App& command, std::string& account) {
  command.add_option("ACCOUNT", account, "The account's id")->required()->type_name("");
}

void add_legal_hold(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  CLI::App* hold = app.add_subcommand("legal-hold", "Forbid to erase what is kept about an account");
  hold->require_subcommand(1);
  CLI::App* put = add(*hold, "add", "Put a legal hold on an account", words.hold_add, chosen);
  add_account(*put, words.hold_add.account);
  add_order(*put, words.hold_add)->required();
  put->footer("\nExample: duenotice legal-hold add acct-10086 --reason \"case 2026-118\"");
  CLI::App* lift = add(*hold, "remove", "Remove a legal hold from an account", words.hold_remove, chosen);
  add_account(*lift, words.hold_remove.account);
  lift->add_option("--hold", words.hold_remove.hold, "Which one, where there are several")->type_name("ID");
  add_order(*lift, words.hold_remove)->required();
  lift->footer("\nExample: duenotice legal-hold remove acct-10086 --reason \"case 2026-118 is closed\"");
  CLI::App* list = add(*hold, "list", "List the legal holds, by account", words.hold_list, chosen);
  list->add_flag("--json", words.hold_list.json, "Stable JSON for programs");
}

void add_account_end(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  CLI::App* account = app.add_subcommand("account", "What is to be known about an account");
  account->require_subcommand(1);
  CLI::App* end =
      add(*account, "end", "Report that the relation with an account ended", words.account_end, chosen);
  add_account(*end, words.account_end.account);
  end->add_option("--on", words.account_end.on, "The day on which it ended")->required()->type_name("DATE");
  words.account_end.reason = account_end_reason;
  add_order(*end, words.account_end)->capture_default_str();
  end->footer(
      "\nThe retention of its notices runs from that day; another day that is reported later takes its "
      "place.\n"
      "\nExample: duenotice account end acct-10086 --on 2026-06-30");
}

}  // namespace

void add_erasure(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  add_legal_hold(app, words, chosen);
  add_account_end(app, words, chosen);
  CLI::App* erase = add(app, "erase", "Destroy what can be read about an account", words.erase, chosen);
  add_account(*erase, words.erase.account);
  erase
      ->add_option("--order", words.erase.order,
                   "The order to erase: a letter, a ticket; without a name in it")
      ->required()
      ->type_name("REF");
  erase->add_flag("--yes", words.erase.yes, "Do not ask");
  add_order(*erase, words.erase)->required();
  erase->footer(
      "\nRefused while a legal hold or a retention runs: then the account is restricted, and you are told "
      "until\n"
      "when and why. Refused too while its relation has not ended (`duenotice account end`), and while "
      "something\n"
      "of it waits, is under way, held or without an answer. Nobody can take an erasure back.\n"
      "The history and its proofs stay whole; whom they were about nobody can tell any more. Who ordered it "
      "and\n"
      "why stay readable, so write no name into --order and --reason.\n"
      "\nExample: duenotice erase acct-10086 --order TICKET-7 --reason \"asked for on 2029-07-02\"");
}

}  // namespace duenotice::app
