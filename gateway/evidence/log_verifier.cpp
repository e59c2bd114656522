#include "gateway/evidence/log_verifier.hpp"

#include <algorithm>

#include "gateway/base/limits.hpp"
#include "gateway/evidence/log_damage.hpp"
#include "gateway/evidence/log_edge.hpp"
#include "gateway/evidence/log_folder_check.hpp"

namespace duenotice::evidence {

Result<LogVerification> LogVerifier::verify() {
  LogVerification result;
  auto heads = read_heads(result.findings);
  if (!heads) return heads.error();
  compare_heads(*heads, result.findings);
  const auto& target = heads->remembered ? heads->remembered : heads->published;
  if (!target) return result;
  const auto count = leaves_.count();
  if (!count) return count.error();
  result.size = target->size;
  result.unpublished = *count > target->size ? *count - target->size : 0;

  LogFindings tiles;
  const auto same_root = recompute(*target, *heads, tiles);
  if (!same_root) return same_root.error();
  if (*same_root) {
    for (const LogFinding& finding : tiles.named()) result.findings.add(finding);
    result.findings.add_further(tiles.further());
  } else {
    const Status found = find_damage(leaves_, files_, *target, result.findings);
    if (!found) return found.error();
  }
  // What was published meanwhile is not extra.
  LogFindings ignored;
  const auto now = read_heads(ignored);
  if (!now) return now.error();
  std::uint64_t latest = target->size;
  for (const auto& head : {now->published, now->remembered}) {
    if (head) latest = std::max(latest, head->size);
  }
  const Status walked = find_extra_files(files_, target->size, latest, result.findings);
  if (!walked) return walked.error();
  return result;
}

Result<LogVerifier::Heads> LogVerifier::read_heads(LogFindings& findings) const {
  Heads heads;
  const std::string path(checkpoint_path);
  const auto text = files_.read(path, limits::checkpoint_bytes);
  if (!text && text.error().kind == ErrorKind::not_found) {
    findings.add({LogFault::checkpoint_missing, {}, path, "the log has no checkpoint"});
  } else if (!text && text.error().kind != ErrorKind::invalid) {
    return text.error();
  } else {
    const auto checked = text ? verify_checkpoint(*text, key_) : Result<SignedCheckpoint>(text.error());
    if (checked) heads.published = checked->checkpoint;
    if (!checked) findings.add({LogFault::checkpoint_invalid, {}, path, checked.error().message});
  }
  if (heads_ == nullptr) return heads;
  const auto head = heads_->read();
  if (!head) return head.error();
  if (!*head) return heads;
  const auto checked = verify_checkpoint((*head)->checkpoint, key_);
  if (checked && checked->checkpoint.size == (*head)->size && checked->checkpoint.root == (*head)->root) {
    heads.remembered = checked->checkpoint;
  } else {
    findings.add({LogFault::head_invalid,
                  {},
                  "",
                  "the head that was remembered is damaged" +
                      (checked ? std::string() : ": " + checked.error().message)});
  }
  return heads;
}

void LogVerifier::compare_heads(const Heads& heads, LogFindings& findings) const {
  if (!heads.published || !heads.remembered) return;
  const Checkpoint& published = *heads.published;
  const Checkpoint& remembered = *heads.remembered;
  const std::string path(checkpoint_path);
  if (published.size == remembered.size && published.root != remembered.root) {
    findings.add({LogFault::head_forked,
                  {},
                  path,
                  "two different trees of " + std::to_string(published.size) +
                      " leaves were signed: the log has been forked"});
  } else if (published.size < remembered.size) {
    findings.add({LogFault::checkpoint_outdated,
                  {},
                  path,
                  "the published checkpoint has " + std::to_string(published.size) +
                      " leaves, the head of the log " + std::to_string(remembered.size)});
  } else if (published.size > remembered.size) {
    findings.add({LogFault::head_outdated,
                  {},
                  path,
                  "the head that was remembered has " + std::to_string(remembered.size) +
                      " leaves, the published checkpoint " + std::to_string(published.size)});
  }
}

Result<bool> LogVerifier::recompute(const Checkpoint& target, const Heads& heads, LogFindings& findings) {
  const TileReader reader(files_, target.size);
  const TileSink compare = [&](const TileId& tile, std::string_view bytes) -> Status {
    const auto stored = reader.tile(tile);
    if (stored && *stored == bytes) return Done{};
    const bool missing = !stored && stored.error().kind == ErrorKind::not_found;
    findings.add(damaged_file(tile, missing));
    return Done{};
  };
  // An older checkpoint must be a head of the same log.
  const auto& older = heads.published;
  LogEdge edge;
  Status failure = Done{};
  bool fits = true;
  const auto look_at_older = [&] {
    if (!older || older->size != edge.size() || older->size >= target.size) return;
    if (edge.root() == older->root) return;
    findings.add({LogFault::head_forked,
                  {},
                  std::string(checkpoint_path),
                  "the published checkpoint of " + std::to_string(older->size) +
                      " leaves is not an earlier head of this log: it has been forked"});
  };
  look_at_older();
  const Status read = leaves_.read(0, target.size, [&](std::uint64_t index, std::string_view leaf) {
    fits = index == edge.size() && leaf.size() <= limits::evidence_leaf_bytes;
    if (fits) failure = edge.append(leaf, compare);
    if (fits) look_at_older();
    return fits && failure.ok();
  });
  if (!read) return read.error();
  if (!failure) return failure.error();
  if (!fits || edge.size() != target.size) return false;
  const Status partials = edge.partials_since(0, compare);
  if (!partials) return partials.error();
  return edge.root() == target.root;
}

}  // namespace duenotice::evidence
