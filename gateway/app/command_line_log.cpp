#include "gateway/app/command_line_log.hpp"

#include <CLI/CLI.hpp>

#include "gateway/base/limits.hpp"

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

void add_seals(CLI::App& log, LogWords& words, const Chosen& chosen) {
  CLI::App* seals = add(log, "seals", "List the seals: who stamped and cosigned each, and what is missing",
                        words.seals, chosen);
  CLI::Option* seal =
      seals->add_option("SEAL", words.seals.seal, "Only the seal with this number")->type_name("");
  seals
      ->add_option("-o,--output", words.seals.output,
                   "Write its seal-N, seal-N.cosigned and seal-N.TSA.token into this folder")
      ->type_name("FOLDER")
      ->needs(seal);
  words.seals.limit = 20;
  seals
      ->add_option("--limit", words.seals.limit,
                   "At most so many (1 to " + std::to_string(limits::list_rows_most) + "), the newest first")
      ->check(CLI::Range(1, limits::list_rows_most))
      ->capture_default_str();
  seals->add_flag("--json", words.seals.json, "Stable JSON for programs");
  seals->footer(
      "\nA seal is a signed checkpoint that time-stamping authorities stamp (RFC 3161) and witnesses cosign\n"
      "([evidence] in the configuration). To check a stamp with openssl alone, with the authority's root:\n"
      "\n  duenotice log seals 12 -o seals\n"
      "  openssl ts -verify -token_in -in seals/seal-12.TSA.token -data seals/seal-12 -CAfile root.pem");
}

void add_witness(CLI::App& app, LogWords& words, const Chosen& chosen) {
  CLI::App* witness = app.add_subcommand("witness", "Witness the evidence logs of others");
  witness->require_subcommand(1);
  witness->footer(
      "\nAn auditor runs a witness on a host of their own. It remembers the newest checkpoint of each log "
      "and\n"
      "cosigns only those that hold everything it has seen before: a log that shows others another history\n"
      "cannot get its cosignature for both. It needs no journal and no configuration.\n"
      "\nExample: duenotice witness init --name witness.example.org --key witness.key");

  CLI::App* init = witness->add_subcommand("init", "Make a witness's key, and print its public half");
  init->add_option("--name", words.witness_init.name, "The witness's name, an address without scheme")
      ->required();
  init->add_option("--key", words.witness_init.key, "The file for it, which only its owner can read")
      ->required()
      ->type_name("FILE");
  init->callback([&words, chosen] { chosen(words.witness_init); });
  init->footer(
      "\nNo file is ever overwritten. Give the line that is printed to those whose logs are witnessed: they\n"
      "put it into their trust policy.\n"
      "\nExample: duenotice witness init --name witness.example.org --key witness.key > witness.vkey");

  CLI::App* serve = witness->add_subcommand("serve", "Answer logs until SIGTERM or Ctrl-C");
  serve->add_option("--listen", words.witness_serve.listen, "An address with a port")->capture_default_str();
  serve->add_option("--key", words.witness_serve.key, "The witness's key")->required()->type_name("FILE");
  serve
      ->add_option("--state", words.witness_serve.state,
                   "The folder in which it remembers what it has cosigned")
      ->required()
      ->type_name("FOLDER");
  serve
      ->add_option("--log", words.witness_serve.logs,
                   "The public key of a log, as `log init` printed it; for each log")
      ->required()
      ->expected(1)
      ->take_all()
      ->type_name("VKEY");
  serve->callback([&words, chosen] { chosen(words.witness_serve); });
  serve->footer(
      "\nSpeaks HTTP (C2SP tlog-witness): POST /add-checkpoint for logs, and GET /DIGEST/checkpoint for\n"
      "everybody, DIGEST being the SHA-256 of a log's origin in hexadecimal. A cosignature is remembered\n"
      "durably before it is given. Never restore the folder from a backup: it would cosign what it had\n"
      "refused. What it says about itself goes to stderr ([log] in the configuration, if there is one).\n"
      "\nExample: duenotice witness serve --listen 0.0.0.0:8085 --key witness.key --state witnessed \\\n"
      "           --log \"$(cat log.vkey)\"");
}

void add_completeness(CLI::App& app, LogWords& words, const Chosen& chosen) {
  CLI::App* command = add(app, "completeness", "Report numbered requests that never came, or came twice",
                          words.completeness, chosen);
  CLI::Option* source =
      command->add_option("--source", words.completeness.source, "Only those of this publisher");
  CLI::Option* json = command->add_flag("--json", words.completeness.json, "Stable JSON for programs");
  command
      ->add_option("--statement", words.completeness.statement,
                   "Print the signed statement of this day, such as 2026-07-01")
      ->type_name("DATE")
      ->excludes(source)
      ->excludes(json);
  command->footer(
      "\nA publisher numbers its requests with the CloudEvents attributes `sequence` (1, 2, 3 …) and\n"
      "`sequencetype` (`Integer`). Accepted and rejected ones count; a redelivery of the same request is no\n"
      "repeat. Ends with 1 when a number between the first and the last is missing or was given twice.\n"
      "\nWith an evidence log a signed statement of each day stands in it, as an event.\n"
      "\nExample: duenotice completeness --source billing");
}

}  // namespace

void add_log(CLI::App& app, LogWords& words, const Chosen& chosen) {
  CLI::App* log = app.add_subcommand("log", "Keep, show, prove and verify the evidence log");
  log->require_subcommand(1);
  add_witness(app, words, chosen);
  add_completeness(app, words, chosen);
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
  add(*log, "trust", "Print the trust file with which others check what this log has signed", words.trust,
      chosen)
      ->footer(
          "\nThe log's public key and those of its roles, which are derived from it. Hand it over by another "
          "way\n"
          "than exports and bundles, such as an annex of a contract; whoever checks adds the witnesses that "
          "they\n"
          "believe and the root certificates of time-stamping authorities, in PEM.\n"
          "\nExample: duenotice log trust > trust.txt");
  add(*log, "checkpoint", "Print the newest signed checkpoint", words.checkpoint, chosen)
      ->footer("\nExample: duenotice log checkpoint > checkpoint");
  add_proofs(*log, words, chosen);
  add_seals(*log, words, chosen);
  CLI::App* verify = add(*log, "verify", "Recompute the whole log and its seals and name every difference",
                         words.verify, chosen);
  verify
      ->add_option("--key", words.verify.key,
                   "The log's public key, as `log init` printed it; default: that of the key file")
      ->type_name("VKEY");
  verify->add_flag("--json", words.verify.json, "Stable JSON for programs");
  verify->footer(
      "\nSeals are held against the log, stamps and cosignatures against their seals, by the roots and keys\n"
      "that the configuration names. Ends with 0 when all agree, and with 1 when something differs. It\n"
      "may run beside the gateway, and changes nothing.\n"
      "\nExample: duenotice log verify --json");
}

}  // namespace duenotice::app
