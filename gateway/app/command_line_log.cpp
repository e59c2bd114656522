#include "gateway/app/command_line_log.hpp"

#include <CLI/CLI.hpp>

namespace duenotice::app {
namespace {

template <class Arguments>
CLI::App* add(CLI::App& app, const std::string& name, const std::string& help, Arguments& arguments,
              const Chosen& chosen) {
  CLI::App* command = app.add_subcommand(name, help);
  command->callback([&arguments, chosen] { chosen(arguments); });
  return command;
}

void add_proofs(CLI::App& log, LogWords& words, const Chosen& chosen) {
  CLI::App* proof = add(log, "proof", "Prove that each event of a notice is in the log", words.proof, chosen);
  proof->add_option("NOTICE", words.proof.names, "NOTICE_ID, or SOURCE and REQUEST_ID")
      ->required()
      ->expected(1, 2)
      ->type_name("");
  proof
      ->add_option("-o,--output", words.proof.output,
                   "Write leaf-N.json and leaf-N.tlog-proof into this folder; default: print them")
      ->type_name("FOLDER");
  proof->footer(
      "\nA leaf is the exact bytes of an event; its proof (C2SP tlog-proof) leads to the signed checkpoint "
      "in\n"
      "it. Ends with 4 when an event is too new to be in the log: then those before it are proved.\n"
      "\nExample: duenotice log proof 01J2Z0V7N3KJ6Q8M4T5W9XYABC -o proofs");

  CLI::App* consistency = add(log, "consistency", "Prove that the log only grew since it had OLD_SIZE events",
                              words.consistency, chosen);
  consistency
      ->add_option("OLD_SIZE", words.consistency.old_size, "The second line of the checkpoint that you kept")
      ->required()
      ->type_name("");
  consistency->footer(
      "\nPrints `old SIZE`, the hashes in base64, an empty line and the checkpoint: what a witness takes "
      "(C2SP\n"
      "tlog-witness, add-checkpoint).\n"
      "\nExample: duenotice log consistency 4711");
}

}  // namespace

void add_log(CLI::App& app, LogWords& words, const Chosen& chosen) {
  CLI::App* log = app.add_subcommand("log", "Keep, show, prove and verify the evidence log");
  log->require_subcommand(1);
  log->footer(
      "\nEvery event is a leaf of a log that only grows, under signed checkpoints ([evidence] in the\n"
      "configuration): whoever has its public key can check that nothing was changed, dropped or added.\n"
      "\nExample: duenotice log verify");
  add(*log, "init", "Make the key that signs the log, and print its public half", words.init, chosen)
      ->footer(
          "\nThe key goes into [evidence] key_file, which only its owner can read; none is ever "
          "overwritten.\n"
          "Publish the line that is printed: with it anybody can check the log. Without the key file the "
          "log\n"
          "cannot go on, so keep a copy of it apart from the journal.\n"
          "\nExample: duenotice log init > log.vkey");
  add(*log, "checkpoint", "Print the newest signed checkpoint", words.checkpoint, chosen)
      ->footer("\nExample: duenotice log checkpoint > checkpoint");
  add_proofs(*log, words, chosen);
  CLI::App* verify = add(*log, "verify", "Recompute the whole log from the journal and name every difference",
                         words.verify, chosen);
  verify
      ->add_option("--key", words.verify.key,
                   "The log's public key, as `log init` printed it; default: that of the key file")
      ->type_name("VKEY");
  verify->add_flag("--json", words.verify.json, "Stable JSON for programs");
  verify->footer(
      "\nEnds with 0 when journal, files and signed checkpoint agree, and with 1 when something differs. It\n"
      "may run beside the gateway, and changes nothing.\n"
      "\nExample: duenotice log verify --json");
}

}  // namespace duenotice::app
