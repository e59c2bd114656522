#include "gateway/app/evidence_file.hpp"

#include "gateway/app/recorded_bytes.hpp"

namespace duenotice::app {

namespace {

/// `the evidence reply.eml, kept with decision 01J… of 2026-… by ann (email)`
Sentence description(const Act& act, std::size_t of_this_channel) {
  std::vector<std::string> facts = {act.evidence_name, act.id, to_text(act.at), act.operator_name};
  if (of_this_channel < 2) return {"{0}, kept with decision {1} of {2} by {3}", facts};
  facts.push_back(std::to_string(of_this_channel));
  return {"{0}, kept with decision {1} of {2} by {3}: the newest of {4}; name a decision to have another",
          facts};
}

Error none(const NoticeFile& file, const std::string& named) {
  std::string others;
  for (const Act& act : file.acts) {
    if (act.evidence_name.empty()) continue;
    others += (others.empty() ? "" : ", ") + act.id +
              (act.channel ? " (" + std::string(to_text(*act.channel)) + ")" : std::string());
  }
  return {ErrorKind::not_found, "no evidence was kept with notice " + file.notice.id + " for '" + named +
                                    "'" +
                                    (others.empty() ? "; there is none at all" : "; there is: " + others)};
}

}  // namespace

int print_evidence(const Terminal& terminal, JournalReader& reader, const NoticeFile& file,
                   const ShowArguments& arguments) {
  const auto channel = parse_channel(*arguments.evidence);
  const Act* meant = nullptr;
  std::size_t fitting = 0;
  for (const Act& act : file.acts) {
    const bool fits = channel ? act.channel == channel : act.id == *arguments.evidence;
    if (fits && act.erased && act.evidence_digest)
      return terminal.fail(
          {ErrorKind::not_found, "the evidence of decision " + act.id + " was erased with its account"});
    if (!fits || act.evidence_name.empty() || !act.evidence_digest) continue;
    meant = &act;  // the newest stands last
    ++fitting;
  }
  if (meant == nullptr) return terminal.fail(none(file, *arguments.evidence));
  const auto bytes = reader.evidence(meant->id);
  if (!bytes) return terminal.fail(bytes.error());
  return print_recorded(terminal, *bytes, *meant->evidence_digest, arguments.digest,
                        description(*meant, fitting));
}

}  // namespace duenotice::app
