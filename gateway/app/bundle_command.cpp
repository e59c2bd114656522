#include <algorithm>
#include <thread>

#include "gateway/app/bundle_contents.hpp"
#include "gateway/app/commands.hpp"
#include "gateway/app/exit_codes.hpp"
#include "gateway/app/journal_access.hpp"
#include "gateway/app/log_parts.hpp"
#include "gateway/app/log_seal_standing.hpp"
#include "gateway/app/log_trust.hpp"
#include "gateway/app/notice_document.hpp"
#include "gateway/base/limits.hpp"
#include "gateway/evidence/bundle.hpp"

namespace duenotice::app {

namespace {

/// The seals around the notice, as far as there are any. A stamped one says more than a cosigned one.
Status find_seals(const EvidenceSettings& settings, BundleSource& source) {
  auto store = open_seals(settings, source.log_key);
  if (!store) return store.error();
  if (!*store) return Done{};
  const std::uint64_t last = source.leaves.events().rbegin()->first;
  auto after = (*store)->first_with(last);
  if (after && !*after) after = (*store)->first_cosigned_with(last);
  if (!after) return after.error();
  source.after = std::move(*after);
  auto before = (*store)->last_without(source.leaves.decisive());
  if (!before) return before.error();
  source.before = std::move(*before);
  return Done{};
}

bool is_stamped(const std::optional<evidence::Seal>& seal) {
  return seal && std::any_of(seal->stamps.begin(), seal->stamps.end(),
                             [](const evidence::Seal::Stamp& one) { return one.stamp.has_value(); });
}

/// Waits for the seal that has all of the notice's events, stamped.
Status wait_for_seal(const EvidenceSettings& settings, BundleSource& source) {
  if (settings.tsas.empty())
    return Error{ErrorKind::invalid,
                 "no time-stamping authority is configured ([evidence.tsa.NAME]), so there is no stamp to "
                 "wait for: leave out --wait"};
  const auto end = std::chrono::steady_clock::now() + settings.seal_interval + limits::stamp_wait;
  while (!is_stamped(source.after)) {
    if (std::chrono::steady_clock::now() >= end)
      return Error{ErrorKind::unavailable,
                   "no stamped seal has come: does a gateway run, and are its time-stamping authorities in "
                   "reach? `duenotice status` says so"};
    std::this_thread::sleep_for(limits::stamp_look);
    if (const Status found = find_seals(settings, source); !found) return found;
  }
  return Done{};
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
  const auto file = find_notice(**reader, arguments.names);
  if (!file) return terminal.fail(file.error());
  const evidence::NoticeLeaves leaves = leaves_of(*file);
  if (leaves.events().size() != file->events.size())
    return terminal.fail({ErrorKind::broken,
                          "the journal is damaged: an event of this notice is not JSON; `duenotice log "
                          "verify` names every difference"});
  const auto witnesses = read_witness_policy(configuration.evidence, key->verifier());
  if (!witnesses) return terminal.fail(witnesses.error());
  BundleSource source{configuration,   **reader,   *file,        leaves,
                      key->verifier(), *witnesses, std::nullopt, std::nullopt};
  Status ready = find_seals(configuration.evidence, source);
  if (ready && arguments.wait) ready = wait_for_seal(configuration.evidence, source);
  if (!ready) return terminal.fail(ready.error());
  const auto contents = gather_bundle(source);
  if (!contents) return terminal.fail(contents.error());
  const auto bytes = evidence::write_bundle(contents->facts, contents->files, *key);
  if (!bytes) return terminal.fail(bytes.error());
  if (const Status written = write_document(arguments.output, arguments.force, *bytes); !written)
    return terminal.fail(written.error());
  terminal.out << visible(
                      say(terminal.language, Sentence("wrote the bundle to {0} ({1} bytes), SHA-256 {2}",
                                                      {arguments.output.string(),
                                                       std::to_string(bytes->size()), sha256(*bytes).hex()})))
               << "\n";
  for (const Sentence& sentence : contents->missing)
    terminal.err << terminal.say("still missing") << ": " << visible(say(terminal.language, sentence))
                 << "\n";
  return exit_ok;
}

}  // namespace duenotice::app
