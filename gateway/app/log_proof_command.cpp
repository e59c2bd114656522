#include "gateway/app/advice.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/base/new_file.hpp"
#include "gateway/evidence/log_proof.hpp"

namespace duenotice::app {

namespace {

/// Files that are made, or texts that are printed, one for each leaf and each proof.
class Output {
 public:
  Output(const Terminal& terminal, const std::optional<std::filesystem::path>& folder)
      : terminal_(terminal), folder_(folder) {}

  Status make_folder() const {
    std::error_code failed;
    if (folder_) std::filesystem::create_directories(*folder_, failed);
    if (!failed) return Done{};
    return Error{ErrorKind::broken, "cannot make the folder " + folder_->string() + ": " + failed.message()};
  }

  Status put(const std::string& name, std::string_view content) const {
    if (!folder_) {
      terminal_.out << "== " << name << "\n" << content << (content.ends_with('\n') ? "\n" : "\n\n");
      return Done{};
    }
    auto file = NewFile::make(*folder_ / name, true);
    if (!file) return file.error();
    const Status written = file->write(content);
    return written ? file->finish() : written;
  }

 private:
  const Terminal& terminal_;
  const std::optional<std::filesystem::path>& folder_;
};

Result<NoticeFile> find(JournalReader& reader, const std::vector<std::string>& names) {
  auto file = names.size() == 1 ? reader.show(names[0]) : reader.show(names[0], names[1]);
  if (file) return file;
  return where_notices_are(file.error());
}

Error differs(std::uint64_t index) {
  return {ErrorKind::invalid,
          "the event of leaf " + std::to_string(index) +
              " is not the one in the log: `duenotice log verify` names every difference"};
}

/// Proves one event; writes nothing that does not hold.
Status prove(const StoredEvent& event, const PublishedCheckpoint& checkpoint, evidence::TileReader& tiles,
             const Output& output) {
  const auto index = static_cast<std::uint64_t>(event.sequence - 1);
  const auto proof = evidence::make_log_proof(tiles, index, checkpoint.note);
  if (!proof) return proof.error();
  if (!evidence::proves(*proof, event.bytes, checkpoint.size, checkpoint.root)) return differs(index);
  const std::string name = "leaf-" + std::to_string(index);
  const Status leaf = output.put(name + ".json", event.bytes);
  return leaf ? output.put(name + ".tlog-proof", to_text(*proof)) : leaf;
}

}  // namespace

int run_log_proof(const Context& context, const LogProofArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const auto files = open_log_files(context.configuration().evidence);
  if (!files) return terminal.fail(files.error());
  const auto reader = open_journal(context.configuration().journal);
  if (!reader) return terminal.fail(reader.error());
  const auto notice = find(**reader, arguments.names);
  if (!notice) return terminal.fail(notice.error());
  // Read behind the notice, so that nothing of it is missing that could be proved.
  const auto checkpoint = read_checkpoint(*files);
  if (!checkpoint) return terminal.fail(checkpoint.error());
  const Output output(terminal, arguments.output);
  if (const Status made = output.make_folder(); !made) return terminal.fail(made.error());
  evidence::TileReader tiles(*files, checkpoint->size);
  std::size_t proved = 0;
  for (const StoredEvent& event : notice->events) {
    if (static_cast<std::uint64_t>(event.sequence) > checkpoint->size) continue;
    if (const Status done = prove(event, *checkpoint, tiles, output); !done)
      return terminal.fail(done.error());
    ++proved;
  }
  const std::size_t missing = notice->events.size() - proved;
  if (arguments.output) {
    terminal.out << visible(say(terminal.language,
                                Sentence(std::string(plural(proved, "wrote {0} event and its proof into {1}",
                                                            "wrote {0} events and their proofs into {1}")),
                                         {std::to_string(proved), arguments.output->string()})))
                 << "\n";
  }
  if (missing == 0) return exit_ok;
  return terminal.fail({ErrorKind::unavailable,
                        std::to_string(missing) +
                            (missing == 1 ? " event of this notice is" : " events of this notice are") +
                            " not in the log yet: a running gateway adds what is new within seconds, so try "
                            "again; `duenotice status` says how far the log is"});
}

}  // namespace duenotice::app
