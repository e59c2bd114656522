#include <sys/stat.h>

#include "gateway/app/commands.hpp"
#include "gateway/app/data_folders.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/evidence/add_checkpoint.hpp"
#include "gateway/evidence/tile_reader.hpp"

namespace duenotice::app {
namespace {

constexpr const char* already_has_one =
    "; a key is never overwritten: this log has one, and another log needs a key_file of its own";

}  // namespace

int run_log_init(const Context& context) {
  const Terminal& terminal = context.terminal;
  const EvidenceSettings& settings = context.configuration().evidence;
  if (!settings.enabled()) {
    terminal.complain(terminal.say(
        "[evidence] origin is not set: choose the log's name for all time, an address of yours without "
        "scheme such as notices.example.com/log, and set it before the key is made"));
    return exit_usage;
  }
  // As `serve` would make it, which comes later.
  ::umask(0077);
  const Status folder = make_folder(context.loaded, "evidence", "key_file", settings.key_file.parent_path());
  if (!folder) return terminal.fail(folder.error());
  SystemRandom random;
  const auto key = evidence::SigningKey::make(settings.origin, evidence::NoteKeyKind::note, random);
  if (const Status written = key.write_new(settings.key_file); !written) {
    const bool in_the_way = written.error().kind == ErrorKind::invalid;
    return terminal.fail(
        {written.error().kind, written.error().message + (in_the_way ? already_has_one : "")});
  }
  terminal.out << to_vkey(key.verifier()) << "\n";
  terminal.err << say(terminal.language,
                      Sentence(
                          "The key is in {0}: keep a copy apart from the journal. Publish the line above: "
                          "with it anybody can check the log. Then start the gateway again.",
                          {visible(settings.key_file.string())}))
               << "\n";
  return exit_ok;
}

int run_log_checkpoint(const Context& context) {
  const auto files = open_log_files(context.configuration().evidence);
  if (!files) return context.terminal.fail(files.error());
  const auto checkpoint = read_checkpoint(*files);
  if (!checkpoint) return context.terminal.fail(checkpoint.error());
  context.terminal.out << checkpoint->note;
  return exit_ok;
}

int run_log_consistency(const Context& context, const LogConsistencyArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto files = open_log_files(context.configuration().evidence);
  if (!files) return terminal.fail(files.error());
  auto checkpoint = read_checkpoint(*files);
  if (!checkpoint) return terminal.fail(checkpoint.error());
  if (arguments.old_size > checkpoint->size) {
    return terminal.fail(
        {ErrorKind::invalid, "the log has " + std::to_string(checkpoint->size) + " events, and never had " +
                                 std::to_string(arguments.old_size) +
                                 "; a signed checkpoint of that size would prove that it was "
                                 "cut off"});
  }
  evidence::AddCheckpoint request{arguments.old_size, {}, std::move(checkpoint->note)};
  if (arguments.old_size > 0) {
    auto proof = evidence::TileReader(*files, checkpoint->size).prove_consistency(arguments.old_size);
    if (!proof) return terminal.fail(proof.error());
    request.proof = std::move(*proof);
  }
  terminal.out << to_text(request);
  return exit_ok;
}

}  // namespace duenotice::app
