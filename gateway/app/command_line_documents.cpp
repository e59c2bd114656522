#include "gateway/app/command_line_documents.hpp"

#include <CLI/CLI.hpp>

namespace duenotice::app {
namespace {

void add_notice(CLI::App& command, std::vector<std::string>& names) {
  command.add_option("NOTICE", names, "NOTICE_ID, or SOURCE and REQUEST_ID")
      ->required()
      ->expected(1, 2)
      ->type_name("");
}

void add_certificate(CLI::App& app, CertificateArguments& arguments, const Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("certificate", "Write one page about a notice (PDF) for people who read paper");
  command->callback([&arguments, chosen] { chosen(arguments); });
  add_notice(*command, arguments.names);
  command->add_option("-o,--output", arguments.output, "The file")->required()->type_name("FILE");
  command->add_flag("--unmasked", arguments.unmasked, "Show addresses as they are");
  command->add_flag("--force", arguments.force, "Overwrite the file that is there");
  command->footer(
      "\nParties, ground, what was written, each channel with its instant, the legal date and the rule that\n"
      "fixed it, and the place in the evidence log; in the language of --lang. The same record gives the "
      "same\n"
      "bytes. Needs the fonts of the Debian package fonts-noto-cjk.\n"
      "\nExample: duenotice --lang zh certificate 01J2Z0V7N3KJ6Q8M4T5W9XYABC -o notice.pdf");
}

void add_bundle(CLI::App& app, BundleArguments& arguments, const Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("bundle", "Write everything that proves one notice into one archive");
  command->callback([&arguments, chosen] { chosen(arguments); });
  add_notice(*command, arguments.names);
  command->add_option("-o,--output", arguments.output, "The file")->required()->type_name("FILE");
  command->add_flag("--wait", arguments.wait, "Wait for the next seal and its time stamp");
  command->add_flag("--force", arguments.force, "Overwrite the file that is there");
  command->footer(
      "\nThe exact messages, the agreement, every event with its proof, what its commitments bind to, the "
      "seals\n"
      "around it with their time stamps, and a script that checks all of it with sha256sum, openssl and "
      "python3.\n"
      "What is still missing stands in it, and on stderr. It shows the recipient's data: who gets it may "
      "read "
      "them.\n"
      "Needs the evidence log and its key. The same record and seals give the same bytes.\n"
      "\nExample: duenotice bundle 01J2Z0V7N3KJ6Q8M4T5W9XYABC -o notice.zip --wait");
}

void add_verify(CLI::App& app, VerifyArguments& arguments, const Chosen& chosen) {
  CLI::App* command =
      app.add_subcommand("verify", "Check a bundle or a signed export, without gateway and network");
  command->callback([&arguments, chosen] { chosen(arguments); });
  CLI::Option* bundle =
      command->add_option("BUNDLE", arguments.bundle, "The archive that `bundle` wrote")->type_name("");
  CLI::Option* exported =
      command->add_option("--export", arguments.exported, "The file of `export --signed`")->type_name("FILE");
  exported->excludes(bundle);
  command->add_option("--manifest", arguments.manifest, "Its signed manifest; default: FILE.manifest.note")
      ->type_name("NOTE")
      ->needs(exported);
  command
      ->add_option("--trust", arguments.trust,
                   "The keys and roots that you believe, from elsewhere than what you check: `log trust`")
      ->type_name("FILE");
  command->add_flag("--json", arguments.json, "Stable JSON for programs");
  command
      ->add_flag("--script", arguments.script,
                 "Print this release's verify.sh, which checks a bundle with sha256sum, openssl and python3")
      ->excludes(bundle)
      ->excludes(exported);
  command->footer(
      "\nEvery check is pass, FAIL or not checked, with a sentence. Ends with 0 when none failed, else with "
      "1.\n"
      "Reads no configuration and no journal.\n"
      "\nExamples: duenotice verify notice.zip --trust trust.txt\n"
      "          duenotice verify --export events.jsonl --trust trust.txt\n"
      "          duenotice verify --script > verify.sh");
}

}  // namespace

void add_documents(CLI::App& app, DocumentWords& words, const Chosen& chosen) {
  add_certificate(app, words.certificate, chosen);
  add_bundle(app, words.bundle, chosen);
  add_verify(app, words.verify, chosen);
}

}  // namespace duenotice::app
