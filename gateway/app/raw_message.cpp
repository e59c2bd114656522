#include "gateway/app/raw_message.hpp"

#include <algorithm>

#include "gateway/app/exit_codes.hpp"
#include "gateway/app/option_words.hpp"
#include "gateway/app/recorded_bytes.hpp"
#include "gateway/base/words.hpp"

namespace duenotice::app {

namespace {

std::vector<const Rendering*> revisions(const NoticeFile& file, Channel channel) {
  std::vector<const Rendering*> found;
  for (const Rendering& rendering : file.renderings) {
    if (rendering.channel == channel) found.push_back(&rendering);
  }
  return found;
}

/// What there is instead.
std::string others(const NoticeFile& file, const std::vector<const Rendering*>& revisions) {
  std::vector<std::string> words;
  for (const Rendering* each : revisions) words.push_back(std::to_string(each->revision));
  if (!words.empty())
    return (words.size() == 1 ? "; there is revision " : "; there are revisions ") + joined(words);
  for (const Rendering& rendering : file.renderings) {
    const std::string channel(to_text(rendering.channel));
    if (std::find(words.begin(), words.end(), channel) == words.end()) words.push_back(channel);
  }
  return words.empty() ? "; it has no message at all" : "; it has one for " + joined(words);
}

/// The attempt that a reader of the record would call the sending on this channel, of this revision unless it
/// is 0.
const Attempt* the_sending(const NoticeFile& file, Channel channel, int revision) {
  const auto& deemed = file.notice.deemed;
  const Attempt* first = nullptr;
  for (const Attempt& attempt : file.attempts) {
    if (attempt.channel != channel || attempt.outcome != Outcome::sent) continue;
    if (revision != 0 && attempt.revision != revision) continue;
    if (deemed && deemed->channel == channel && deemed->attempt == attempt.number) return &attempt;
    if (first == nullptr) first = &attempt;
  }
  return first;
}

/// `revision 2 of 3, sent by attempt 1 at …`
Sentence description(const NoticeFile& file, const Rendering& rendering, std::size_t revisions) {
  std::vector<std::string> facts = {std::to_string(rendering.revision), std::to_string(revisions)};
  const Attempt* sending = the_sending(file, rendering.channel, rendering.revision);
  if (sending == nullptr) return {"revision {0} of {1}, not known to have been sent", facts};
  facts.push_back(std::to_string(sending->number));
  facts.push_back(to_text(sending->ended_at.value_or(sending->started_at)));
  return {sending->sandbox ? "revision {0} of {1}, written to the SANDBOX by attempt {2} at {3}"
                           : "revision {0} of {1}, sent by attempt {2} at {3}",
          facts};
}

}  // namespace

Result<int> revision_meant(const NoticeFile& file, Channel channel, int asked) {
  const auto there = revisions(file, channel);
  const auto is = [](int revision) {
    return [revision](const Rendering* each) { return each->revision == revision; };
  };
  if (asked == 0 && !there.empty()) {
    const Attempt* sending = the_sending(file, channel, 0);
    return sending != nullptr ? sending->revision : there.back()->revision;
  }
  if (std::any_of(there.begin(), there.end(), is(asked))) return asked;
  return Error{ErrorKind::not_found,
               "notice " + file.notice.id + " has no " +
                   (there.empty() ? "" : "revision " + std::to_string(asked) + " of its ") + "message for " +
                   std::string(to_text(channel)) + others(file, there)};
}

int print_raw_message(const Terminal& terminal, JournalReader& reader, const NoticeFile& file,
                      const ShowArguments& arguments) {
  const auto channel = channel_option("--raw", arguments.raw);
  if (!channel) {
    terminal.fail(channel.error());
    return exit_usage;
  }
  const auto revision = revision_meant(file, **channel, arguments.revision);
  if (!revision) return terminal.fail(revision.error());
  const auto there = revisions(file, **channel);
  const auto found = std::find_if(there.begin(), there.end(),
                                  [&](const Rendering* each) { return each->revision == *revision; });
  if (found == there.end())
    return terminal.fail({ErrorKind::broken, "the journal is damaged: an attempt of notice " +
                                                 file.notice.id + " names a revision that is not there"});
  const Rendering& rendering = **found;
  const auto content = reader.rendering_content(file.notice.id, **channel, *revision);
  if (!content) return terminal.fail(content.error());
  return print_recorded(terminal, *content, rendering.digest, arguments.digest,
                        description(file, rendering, there.size()));
}

}  // namespace duenotice::app
