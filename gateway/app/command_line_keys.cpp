#include <CLI/CLI.hpp>

#include "gateway/app/command_line_operators.hpp"

namespace duenotice::app {

void add_keys(CLI::App& app, OperatorWords& words, const Chosen& chosen) {
  CLI::App* keys = app.add_subcommand("keys", "The master key that what is about persons is sealed with");
  keys->require_subcommand(1);
  CLI::App* show =
      keys->add_subcommand("show", "Show which master keys the journal needs, and where they are");
  show->callback([&words, chosen] { chosen(words.keys_show); });
  show->add_flag("--json", words.keys_show.json, "Stable JSON for programs");
  CLI::App* rotate = keys->add_subcommand("rotate", "Wrap the keys of all accounts under a new master key");
  rotate->callback([&words, chosen] { chosen(words.keys_rotate); });
  add_order(*rotate, words.keys_rotate)->required();
  rotate->footer(
      "\nNothing that is sealed is written again, and both master keys hold until it is done: when it is\n"
      "interrupted, give the command once more. The former key is moved into a file beside the new one;\n"
      "keep it as long as backups of the journal from its time.\n"
      "\nExample: duenotice keys rotate --reason \"yearly change\"");
}

}  // namespace duenotice::app
