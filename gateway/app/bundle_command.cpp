#include <thread>

#include "gateway/app/advice.hpp"
#include "gateway/app/bundle_contents.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/base/new_file.hpp"
#include "gateway/evidence/bundle.hpp"

namespace duenotice::app {

namespace {

Result<NoticeFile> find(JournalReader& reader, const std::vector<std::string>& names) {
  auto file = names.size() == 1 ? reader.show(names[0]) : reader.show(names[0], names[1]);
  if (file) return file;
  return where_notices_are(file.error());
}

/// The seals around the notice, as far as there are any.
Status find_seals(const EvidenceSettings& settings, BundleSource& source) {
  auto store = open_seals(settings, source.log_key);
  if (!store) return store.error();
  if (!*store) return Done{};
  auto after = (*store)->first_with(static_cast<std::uint64_t>(source.file.events.back().sequence - 1));
  if (!after) return after.error();
  source.after = std::move(*after);
  auto before = (*store)->last_without(decisive_index(source.file));
  if (!before) return before.error();
  source.before = std::move(*before);
  return Done{};
}

/// Waits for the seal that has all of the notice's events, stamped.
Status wait_for_seal(const EvidenceSettings& settings, BundleSource& source) {
  if (settings.tsas.empty())
    return Error{ErrorKind::invalid,
                 "no time-stamping authority is configured ([evidence.tsa.NAME]), so there is no stamp to "
                 "wait for: leave out --wait"};
  const auto end = std::chrono::steady_clock::now() + settings.seal_interval + limits::stamp_wait;
  while (!source.after) {
    if (std::chrono::steady_clock::now() >= end)
      return Error{ErrorKind::unavailable,
                   "no stamped seal has come: does a gateway run, and are its time-stamping authorities in "
                   "reach? `duenotice status` says so"};
    std::this_thread::sleep_for(limits::stamp_look);
    if (const Status found = find_seals(settings, source); !found) return found;
  }
  return Done{};
}

Status write(const BundleArguments& arguments, std::string_view bytes) {
  auto file = NewFile::make(arguments.output, arguments.force);
  if (!file) {
    Error error = file.error();
    if (error.kind == ErrorKind::invalid)
      error.message += "; choose another name, or overwrite it with --force";
    return error;
  }
  const Status written = file->write(bytes);
  return written ? file->finish() : written;
}

}  // namespace

int run_bundle(const Context& context, const BundleArguments& arguments) {
  const Terminal& terminal = context.terminal;
  const Configuration& configuration = context.configuration();
  if (const auto files = open_log_files(configuration.evidence); !files) return terminal.fail(files.error());
  const auto key = read_log_key(configuration.evidence);
  if (!key) return terminal.fail(key.error());
  const auto reader = open_journal(configuration.journal);
  if (!reader) return terminal.fail(reader.error());
  const auto file = find(**reader, arguments.names);
  if (!file) return terminal.fail(file.error());
  BundleSource source{configuration, **reader, *file, key->verifier(), std::nullopt, std::nullopt};
  Status ready = find_seals(configuration.evidence, source);
  if (ready && arguments.wait) ready = wait_for_seal(configuration.evidence, source);
  if (!ready) return terminal.fail(ready.error());
  const auto contents = gather_bundle(source);
  if (!contents) return terminal.fail(contents.error());
  const auto bytes = evidence::write_bundle(contents->facts, contents->files, *key);
  if (!bytes) return terminal.fail(bytes.error());
  if (const Status written = write(arguments, *bytes); !written) return terminal.fail(written.error());
  terminal.out << visible(
                      say(terminal.language, Sentence("wrote the bundle to {0} ({1} bytes), SHA-256 {2}",
                                                      {arguments.output.string(),
                                                       std::to_string(bytes->size()), sha256(*bytes).hex()})))
               << "\n";
  for (const std::string& sentence : contents->missing)
    terminal.err << terminal.say("still missing") << ": " << visible(terminal.say(sentence)) << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
