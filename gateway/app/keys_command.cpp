#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/operations_client.hpp"
#include "gateway/base/json_members.hpp"

namespace duenotice::app {
namespace {

Json as_json(const std::vector<MasterKeyUse>& keys) {
  Json list = Json::array();
  for (const MasterKeyUse& key : keys)
    list.push_back(Json::Object{{"id", key.id}, {"subjects", key.subjects}, {"at_hand", key.at_hand}});
  return list;
}

void print_rotated(const Terminal& terminal, const Json& answer, std::int64_t wrapped) {
  terminal.out << say(terminal.language,
                      Sentence("Keys now under the new master key: {0}", {std::to_string(wrapped)}))
               << "\n";
  const Json* aside = answer.find("set_aside");
  if (aside == nullptr || aside->as_array() == nullptr) return;
  for (const Json& file : *aside->as_array()) {
    terminal.err << say(terminal.language,
                        Sentence(
                            "The former one is in {0}: a backup of the journal from before needs it. Keep it "
                            "as long as those backups, then remove it.",
                            {visible(*file.as_string())}))
                 << "\n";
  }
}

}  // namespace

int run_keys_show(const Context& context, const KeysShowArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const JournalSettings& settings = context.configuration().journal;
  const auto reader = open_journal(settings);
  if (!reader) return terminal.fail(reader.error());
  const auto keys = (*reader)->master_keys();
  if (!keys) return terminal.fail(keys.error());
  if (arguments.json) {
    terminal.out << pretty_json(as_json(*keys)) << "\n";
    return exit_ok;
  }
  const MasterKeySource source = master_keys_of(settings);
  terminal.err << say(terminal.language, source.text.empty()
                                             ? Sentence("The master key is in {0}.",
                                                        {visible(source.file_of(settings.path).string())})
                                             : Sentence("The master key is in the environment."))
               << "\n";
  for (const MasterKeyUse& key : *keys) {
    terminal.out << key.id << "  "
                 << say(terminal.language,
                        Sentence(key.at_hand
                                     ? "keys of accounts under it: {0}"
                                     : "keys of accounts under it: {0}; it is MISSING, and they cannot be "
                                       "read",
                                 {std::to_string(key.subjects)}))
                 << "\n";
  }
  return exit_ok;
}

int run_keys_rotate(const Context& context, const KeysRotateArguments& arguments) {
  const Terminal& terminal = context.terminal;
  if (const Status reason = check_reason(arguments); !reason) {
    terminal.fail(reason.error());
    return exit_usage;
  }
  const Json order = Json::Object{{"act", "rotate_master_key"},
                                  {"operator", operator_name(arguments.operator_name)},
                                  {"reason", arguments.reason}};
  for (std::int64_t wrapped = 0;;) {
    auto done = perform(context.loaded, order);
    if (!done) return terminal.fail(done.error());
    wrapped += number_at(done->answer, "wrapped");
    if (flag_at(done->answer, "left")) continue;
    done->answer["wrapped"] = wrapped;
    if (arguments.json) {
      terminal.out << pretty_json(done->answer) << "\n";
    } else {
      print_rotated(terminal, done->answer, wrapped);
    }
    return exit_ok;
  }
}

}  // namespace duenotice::app
